"""``gongkai demo``, ``serve``, ``mail``, ``backup``, ``restore``, ``doctor``: the platform itself. One file a command.

Each has ``arguments(parser)`` and ``run(args, terminal, installation) -> exit code``.
"""

COMMANDS = ("demo", "serve", "mail", "backup", "restore", "doctor")
"""Commands of this package; they stand by themselves, without a group."""
