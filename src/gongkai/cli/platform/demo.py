"""``gongkai demo``: an empty installation becomes the demonstration county, whose agencies and people are invented."""

import argparse

from gongkai.cli.installation import Installation, data_folder
from gongkai.cli.progress import Progress
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import message

CASES = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--cases", type=int, default=CASES, metavar="N", help="help.demo.cases")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 filled; 2 where there is something already."""
    if installation.ledgers.agencies():
        raise Refused(message("terminal.demo.not-empty", folder=str(data_folder())))
    cases = max(0, args.cases)
    with Progress(terminal, lambda: cases) as progress:
        count = installation.demo(cases, progress.step)
    terminal.paragraph(terminal.words("demo.made", count=count, folder=str(data_folder())), kind="good")
    terminal.paragraph(terminal.words("demo.next"))
    return 0
