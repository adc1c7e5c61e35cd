"""An event as it stands in the ledger of an agency: about which thing, and since when it is known."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from gongkai.core.ledger.events import Amended, Event

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Civil time of China: no summer time in any year that a ledger covers."""

Kind = Literal["request", "item", "documents", "report", "worklog", "agency"]
"""What an event can be about; disputes are about requests."""


class Thing(NamedTuple):
    """What an event is about: the kind of thing, and its number in the agency."""

    kind: Kind
    number: str


class Entry(NamedTuple):
    """One line of an agency's ledger. ``sequence`` counts from 1 without gaps; ``recorded`` (UTC) never decreases.

    ``claimed_recorded``: when an imported register says that it was known, where that could not be kept.
    """

    agency: str
    sequence: int
    thing: Thing
    event: Event
    recorded: datetime
    claimed_recorded: datetime | None = None

    @property
    def recorded_on(self) -> date:
        """The civil day on which it became known."""
        return self.recorded.astimezone(SHANGHAI).date()


def known_by(entries: Iterable[Entry], day: date) -> Iterator[Entry]:
    """The entries that were recorded up to the end of a civil day."""
    return (entry for entry in entries if entry.recorded_on <= day)


def amended(entries: Iterable[Entry]) -> list[Entry]:
    """The entries of one thing with its amendments carried out, each in the place of the entry that it amends."""
    standing: dict[int, Entry] = {}
    for entry in entries:
        event = entry.event
        if not isinstance(event, Amended):
            standing[entry.sequence] = entry
        elif event.instead is None:
            standing.pop(event.sequence, None)
        elif event.sequence in standing:
            standing[event.sequence] = entry._replace(sequence=event.sequence, event=event.instead)
    # A corrected date may change the order; on one day the order of the ledger stands.
    return sorted(standing.values(), key=lambda entry: entry.event.on)
