"""``gongkai agency add``: an agency takes its place in the tree."""

import argparse

from gongkai.cli.installation import Installation, found_agency
from gongkai.cli.terminal import Terminal
from gongkai.services.agency.founding import FoundAgency
from gongkai.services.ports import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", metavar="NAME", help="help.agency.add.name")
    parser.add_argument("--above", metavar="NAME", help="help.agency.add.above")
    parser.add_argument("--region", metavar="CODE", help="help.agency.add.region")
    parser.add_argument("--line", metavar="LINE", help="help.agency.add.line")
    parser.add_argument("--competent", action="store_true", help="help.agency.add.competent")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 added; 2 where it is there already, or none is above."""
    above = found_agency(installation.ledgers, args.above).id if args.above else None
    command = FoundAgency(args.name.strip(), above, args.region, args.line, args.competent)
    answer = installation.perform(machine(), "found_agency", command) or {}
    if terminal.format == "jsonl":
        terminal.record({"agency": answer["agency"], "name": command.name})
    else:
        terminal.line(terminal.words("agency.added", name=command.name))
    return 0
