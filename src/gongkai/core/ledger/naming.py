"""What an agency is called, and was: its ledger names it from day to day (机关名称、原名)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry
from gongkai.core.ledger.events import AgencyNamed


class Naming(NamedTuple):
    """An entry that names an agency."""

    sequence: int
    recorded: datetime
    event: AgencyNamed


class Former(NamedTuple):
    """A name that is no longer borne (原名): on this day another was taken, for this reason if one was told."""

    called: str
    until: date
    reason: str | None


def namings(entries: Iterable[Entry]) -> list[Naming]:
    """Those of an agency's entries that name it, in their order; the last one holds."""
    return [
        Naming(entry.sequence, entry.recorded, entry.event) for entry in entries if isinstance(entry.event, AgencyNamed)
    ]


def called(named: Sequence[Naming], then: Callable[[Naming], bool]) -> str | None:
    """What an agency was called when ``then`` held of its namings; before the first of them, what that one says.

    ``None`` where its ledger does not name it: it never had another name.
    """
    held = [each for each in named if then(each)] or named[:1]
    return held[-1].event.called if held else None


def former(named: Sequence[Naming]) -> list[Former]:
    """The names that an agency no longer bears, in their order."""
    return [
        Former(before.event.called, after.event.on, after.event.reason)
        for before, after in pairwise(named)
        if before.event.called != after.event.called
    ]
