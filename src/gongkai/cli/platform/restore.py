"""``gongkai restore``: an archive into an empty installation."""

import argparse
from pathlib import Path

from gongkai.cli.installation import Installation, data_folder
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import message


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("archive", metavar="FILE", help="help.restore.archive")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 restored, all whole; 1 restored, but its chains are not, or it lacks its keys; 2 nothing was done."""
    if not Path(args.archive).is_file():
        raise Refused(message("read.missing", file=args.archive))
    installation.restore(Path(args.archive))
    terminal.line(terminal.words("restore.done", folder=str(data_folder())))
    faults = [each for each in installation.examine() if each.severity == "error"]
    if not faults:  # lists that do not follow from the ledger are no backup of ours: the ledger is right
        for _ in installation.rebuild():
            pass
    for each in faults:
        terminal.complain(terminal.render(each.message))
    return 1 if faults else 0
