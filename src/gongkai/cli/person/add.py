"""``gongkai person add``: somebody new in an agency, and the link by which they enrol."""

import argparse

from gongkai.cli.installation import Installation, found_agency
from gongkai.cli.person.link import show
from gongkai.cli.terminal import Terminal
from gongkai.services.agency.people import ROLES, InvitePerson
from gongkai.services.ports import machine


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("name", metavar="NAME", help="help.person.add.name")
    parser.add_argument("--agency", required=True, metavar="NAME", help="help.person.add.agency")
    parser.add_argument("--login", required=True, metavar="LOGIN", help="help.person.login")
    parser.add_argument(
        "--role", required=True, nargs="+", choices=ROLES, metavar="ROLE", dest="roles", help="help.person.add.role"
    )


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 added, the link is said; 2 where there is no such agency, or the login is taken."""
    agency = found_agency(installation.ledgers, args.agency)
    command = InvitePerson(agency.id, args.name, args.login, tuple(dict.fromkeys(args.roles)))
    answer = installation.perform(machine(agency.id), "invite_person", command)
    return show(terminal, installation, args.login, answer)
