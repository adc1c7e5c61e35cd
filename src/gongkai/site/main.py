"""The command ``gongkai``."""

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code (design: 0 good, 1 findings, 2 unreadable or wrong usage)."""
    from gongkai.cli.command_line import run

    return run(argv)
