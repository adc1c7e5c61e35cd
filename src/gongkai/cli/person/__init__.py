"""``gongkai person …``: the people of an installation and their access. One file a command.

Each has ``arguments(parser)`` and ``run(args, terminal, installation) -> exit code``.
"""

COMMANDS = ("add", "reset", "leave")
"""Commands of this package."""
