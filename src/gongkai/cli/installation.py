"""What commands that need a database are given. ``site`` makes it; nothing here knows how."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from gongkai.core.message import Message
from gongkai.services.ports import Agency, Ledgers


class Complaint(NamedTuple):
    """Something that an installation lacks."""

    severity: Literal["error", "warning"]
    message: Message


class Installation(NamedTuple):
    """An installation: its ledgers, its clock, and the folder of calendars that its administrator added."""

    ledgers: Ledgers
    now: Callable[[], datetime]
    calendars: Path
    demo: Callable[[int], int]
    """Fills an empty installation with a demonstration county of so many requests; how many it has then."""
    serve: Callable[[str, int], None]
    """Serves the pages at an address until it is ended."""
    backup: Callable[[Path, bool], None]
    """Writes an archive, with the keys or without."""
    restore: Callable[[Path], None]
    """Lays an archive into an empty installation."""
    rebuild: Callable[[], Iterable[tuple[Agency, int]]]
    """Makes the projections anew, agency by agency; how many rows of each were not as its ledger says."""
    examine: Callable[[], Iterable[Complaint]]
    """What the installation lacks."""


def data_folder() -> Path:
    """The folder that holds everything of an installation."""
    return Path(os.environ.get("GONGKAI_DATA") or Path.home() / ".local" / "share" / "gongkai")


def added_calendars() -> Path:
    """The folder of calendars that an administrator adds without a release."""
    return data_folder() / "calendar"
