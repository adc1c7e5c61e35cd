"""``gongkai report …``: one file a command, each with ``arguments(parser)`` and ``run(args, terminal) -> exit code``.

Neither database nor web: these commands need files and the rulebook alone, ``fill`` excepted.
"""

COMMANDS = ("read", "check", "repair", "write", "fill", "rules")
"""Modules of this package; one is imported when its name stands on the line."""
