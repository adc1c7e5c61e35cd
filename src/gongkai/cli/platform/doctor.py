"""``gongkai doctor``: what the installation lacks."""

import argparse

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 well, warnings told; 1 something is wrong."""
    installation.ledgers.agencies()  # opens the database, or says why it cannot
    found = list(installation.examine())
    for each in found:
        said = terminal.render(each.message)
        if terminal.format == "jsonl":
            terminal.record({"severity": each.severity, "message": said})
        else:
            word = terminal.words(each.severity)
            terminal.paragraph(f"{word}  {said}", kind="error" if each.severity == "error" else None)
    if not found and terminal.format == "text":
        terminal.paragraph(terminal.words("doctor.well"), kind="good")
    return 1 if any(each.severity == "error" for each in found) else 0
