"""``gongkai agency …``: the agencies of an installation. One file a command.

Each has ``arguments(parser)`` and ``run(args, terminal, installation) -> exit code``.
"""

COMMANDS = ("add", "rename")
"""Commands of this package."""
