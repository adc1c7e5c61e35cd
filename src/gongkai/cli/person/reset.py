"""``gongkai person reset``: a new link for somebody who lost telephone or password, or comes back."""

import argparse

from gongkai.cli.installation import Installation, found_member
from gongkai.cli.person.link import show
from gongkai.cli.terminal import Terminal
from gongkai.services.agency.people import ResetPerson
from gongkai.services.ports import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("login", metavar="LOGIN", help="help.person.login")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 the link is said; 2 where nobody has this login."""
    who = found_member(installation.ledgers, args.login)
    answer = installation.perform(machine(who.agency), "reset_person", ResetPerson(who.agency, who.id))
    return show(terminal, installation, args.login, answer)
