"""``gongkai doctor``: what the installation lacks."""

import argparse

from gongkai.cli.installation import Installation
from gongkai.cli.progress import Progress
from gongkai.cli.terminal import Terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--rebuild", action="store_true", help="help.doctor.rebuild")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 well, warnings told; 1 something is wrong."""
    agencies = installation.ledgers.agencies()  # opens the database, or says why it cannot
    if args.rebuild:
        _rebuild(terminal, installation, len(agencies))
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


def _rebuild(terminal: Terminal, installation: Installation, agencies: int) -> None:
    differed = 0
    with Progress(terminal, lambda: agencies) as progress:
        for agency, count in installation.rebuild():
            progress.step(agency.name)
            differed += count
    if terminal.format == "jsonl":
        terminal.record({"rebuilt": agencies, "differed": differed})
    else:
        terminal.paragraph(terminal.words("doctor.rebuilt", agencies=agencies, differed=differed), kind="good")
