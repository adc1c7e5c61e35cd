"""The command ``gongkai``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.cli.installation import Installation
    from gongkai.core.message import Message


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code (design: 0 good, 1 findings, 2 unreadable or wrong usage)."""
    from gongkai.cli.command_line import run

    return run(argv, open=_open, explain=_explain)


def _open() -> "Installation":
    from gongkai.site.wiring import open_installation

    return open_installation()


def _explain(error: Exception) -> "Message | None":
    from gongkai.site.wiring import trouble

    return trouble(error)
