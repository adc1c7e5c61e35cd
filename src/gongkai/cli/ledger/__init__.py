"""``gongkai ledger …``: a register in, where its requests stand, everything out, whether it is whole.

One file a command. Each has ``arguments(parser)`` and ``run(args, terminal, installation) -> exit code``.
"""

COMMANDS = ("import", "cases", "export", "verify")
"""Commands of this package; ``import`` is the module ``import_``, since Python keeps the word."""
