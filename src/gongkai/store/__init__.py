"""Keeps what the ports promise, with Django's models on SQLite or PostgreSQL."""
