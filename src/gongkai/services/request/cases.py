"""An agency's requests and where each stands on a day: what is due, what is late, what may be done next.

A day in the past is seen as it was: what happened later does not count (what was recorded later does).
"""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from gongkai.core.calendar.days import Calendar, UnknownDay
from gongkai.core.law.acts import Act, admissible
from gongkai.core.law.clock import Reckoning, reckon
from gongkai.core.law.risk import Risk, risk
from gongkai.core.law.values import Values
from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message
from gongkai.services.ports import Agency, Ledgers


class Standing(NamedTuple):
    """A request on a day. ``reckoning`` is a message where its history does not hold with this calendar."""

    number: str
    reckoning: Reckoning | Message
    risk: Risk | None = None


def cases(ledgers: Ledgers, agency: Agency, today: date, *, calendar: Calendar, values: Values) -> list[Standing]:
    """Every request of an agency, those first that are due first, then those without a date, then the closed ones."""
    histories: dict[str, list[Entry]] = defaultdict(list)
    for entry in ledgers.entries(agency):
        if entry.thing.kind == "request":
            histories[entry.thing.number].append(entry)
    found = [_standing(number, history, today, calendar, values) for number, history in histories.items()]
    return sorted((each for each in found if each is not None), key=_urgency)


def case(
    ledgers: Ledgers, agency: Agency, number: str, today: date, *, calendar: Calendar, values: Values
) -> tuple[Standing, list[Act]] | None:
    """One request with all acts on it, admissible today or not; ``None`` where the ledger has none of this number."""
    history = ledgers.history(agency, Thing("request", number))
    standing = _standing(number, history, today, calendar, values)
    if standing is None:
        return None
    if isinstance(standing.reckoning, Message):
        return standing, []
    told = _until(today, history)
    return standing, admissible(told, today, calendar=calendar, values=values)


def _standing(number: str, history: list[Entry], today: date, calendar: Calendar, values: Values) -> Standing | None:
    told = _until(today, history)
    if not told:
        return None
    try:
        found = reckon(told, calendar=calendar, values=values, as_of=today, provisional=True)
        return Standing(number, found, risk(found, today, calendar))
    except (Refused, UnknownDay) as refused:
        return Standing(number, refused.message)


def _until(today: date, history: list[Entry]) -> list[Event]:
    return [entry.event for entry in amended(history) if entry.event.on <= today]


def _urgency(standing: Standing) -> tuple[int, date]:
    """What does not hold comes first: somebody must look at it."""
    found = standing.reckoning
    if isinstance(found, Message):
        return 0, date.min
    due = found.due_on or found.provisional_on
    if found.state == "closed":
        return 3, found.request.received.on
    return (1, due) if due else (2, found.request.received.on)
