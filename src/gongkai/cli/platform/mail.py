"""``gongkai mail``: the mail that waits is sent, once."""

import argparse

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 nothing was kept or refused; 1 something was; 2 mail is not configured."""
    installation.ledgers.agencies()  # opens the database
    done = installation.mail()
    if terminal.format == "jsonl":
        terminal.record(done._asdict())
    else:
        terminal.paragraph(terminal.words("mail.done", **done._asdict()))
    return 1 if done.kept or done.refused else 0
