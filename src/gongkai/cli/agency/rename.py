"""``gongkai agency rename``: an agency is called otherwise from a day on."""

import argparse

from gongkai.cli.dates import day
from gongkai.cli.installation import Installation, found_agency
from gongkai.cli.terminal import Terminal
from gongkai.core.ledger.entry import SHANGHAI, Thing
from gongkai.services.agency.founding import RenameAgency
from gongkai.services.ports import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("old", metavar="NAME", help="help.agency.rename.old")
    parser.add_argument("new", metavar="NEW", help="help.agency.rename.new")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="help.agency.rename.reason")
    parser.add_argument("--on", type=day, metavar="DATE", help="help.agency.rename.on")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 renamed; 2 where there is no such agency, one is called so already, or the day cannot be."""
    agency = found_agency(installation.ledgers, args.old)
    on = args.on or installation.now().astimezone(SHANGHAI).date()
    version = len(installation.ledgers.history(agency, Thing("agency", agency.id)))
    command = RenameAgency(agency.id, version, args.new, on, args.reason)
    answer = installation.perform(machine(), "rename_agency", command) or {}
    if terminal.format == "jsonl":
        terminal.record({"agency": agency.id, "name": answer["name"], "before": agency.name, "on": on.isoformat()})
    else:
        terminal.line(terminal.words("agency.renamed", before=agency.name, name=answer["name"], on=on))
    return 0
