"""``gongkai person leave``: somebody's access ends at once, their sessions too."""

import argparse

from gongkai.cli.installation import Installation, found_member
from gongkai.cli.terminal import Terminal
from gongkai.services.agency.people import EndPerson
from gongkai.services.ports import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("login", metavar="LOGIN", help="help.person.login")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 ended; 2 where nobody has this login."""
    who = found_member(installation.ledgers, args.login)
    installation.perform(machine(who.agency), "end_person", EndPerson(who.agency, who.id))
    if terminal.format == "jsonl":
        terminal.record({"login": args.login, "ended": True})
    else:
        terminal.line(terminal.words("person.ended", login=args.login))
    return 0
