"""What commands that need a database are given. ``site`` makes it; nothing here knows how."""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from gongkai.cli.terminal import Lang, Refused
from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act
from gongkai.services.ports import Actor, Agency, Ledgers, Member


class Complaint(NamedTuple):
    """Something that an installation lacks."""

    severity: Literal["error", "warning"]
    message: Message


class Mailed(NamedTuple):
    """What became of the mail that was due: sent, kept to be tried again, refused for good."""

    sent: int
    kept: int
    refused: int


class Installation(NamedTuple):
    """An installation: its ledgers, its clock, and the folder of calendars that its administrator added."""

    ledgers: Ledgers
    now: Callable[[], datetime]
    calendars: Path
    demo: Callable[[int, Callable[[str], None]], int]
    """Fills an empty installation with a demonstration county of so many requests; how many it has then.

    At each it tells its agency.
    """
    serve: Callable[[str, int, Lang, Callable[[str], None]], None]
    """Serves the pages at an address until it is ended; tells what to open first, once it is there."""
    backup: Callable[[Path, bool], None]
    """Writes an archive, with the keys or without."""
    restore: Callable[[Path], None]
    """Lays an archive into an empty installation."""
    rebuild: Callable[[], Iterable[tuple[Agency, int]]]
    """Makes the projections anew, agency by agency; how many rows of each were not as its ledger says."""
    examine: Callable[[], Iterable[Complaint]]
    """What the installation lacks."""
    mail: Callable[[], Mailed]
    """Sends the mail that is due."""
    perform: Callable[[Actor, Act, Any], Mapping[str, str] | None]
    """Does an act through the one door."""
    link: Callable[[str], str]
    """The address at which somebody enrols with a token."""


def found_agency(ledgers: Ledgers, name: str) -> Agency:
    """The agency of a name. Raises ``Refused``."""
    if (agency := ledgers.agency(name.strip())) is None:
        known = [each.name for each in ledgers.agencies()]
        raise Refused(message("terminal.ledger.no-agency", agency=name, known=known or "—"))
    return agency


def found_member(ledgers: Ledgers, login: str) -> Member:
    """Whoever has a login. Raises ``Refused``."""
    if (member := ledgers.member(login)) is None:
        raise Refused(message("act.no-login", login=login))
    return member


def data_folder() -> Path:
    """The folder that holds everything of an installation."""
    return Path(os.environ.get("GONGKAI_DATA") or Path.home() / ".local" / "share" / "gongkai")


def added_calendars() -> Path:
    """The folder of calendars that an administrator adds without a release."""
    return data_folder() / "calendar"
