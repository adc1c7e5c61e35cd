"""Gongkai 公开: open government information as a ledger of dated events and the law in force on a day."""

__version__ = "0.1.0"
