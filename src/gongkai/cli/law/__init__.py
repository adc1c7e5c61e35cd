"""``gongkai law …``: the law engine alone, without a database. One file a command."""

COMMANDS = ("clock", "workdays", "fee")
"""Modules of this package; one is imported when its name stands on the line."""
