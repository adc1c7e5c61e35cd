"""Wiring and the entry point: the only place that knows every face."""
