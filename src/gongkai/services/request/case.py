"""What every step of a request shares: its history carried on by events that the law admits."""

from collections.abc import Sequence
from datetime import date, datetime

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.clock import Reckoning, reckon
from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Agency, New, Rules, Unit


def of(number: str) -> Thing:
    """The request of this number."""
    return Thing("request", number)


def known(unit: Unit, agency: Agency, number: str) -> list[Entry]:
    """The entries of a request. Raises ``Refused`` where there is none of this number."""
    history = unit.history(agency, of(number))
    if not history:
        raise Refused(message("act.no-request", number=number))
    return history


def carry_on(
    unit: Unit, agency: Agency, number: str, history: Sequence[Entry], new: Sequence[Event], rules: Rules, now: datetime
) -> Reckoning:
    """Append events to a request, if the law admits them; where it stands then. Raises ``Refused``."""
    for event in new:
        if event.on > today(now):
            raise Refused(message("act.not-yet", on=event.on, today=today(now)))
    reckoning = standing(history, rules, today(now), new)
    unit.append(agency, [New(of(number), event, now) for event in new])
    unit.stand(agency, number, reckoning)
    return reckoning


def standing(history: Sequence[Entry], rules: Rules, on: date, new: Sequence[Event] = ()) -> Reckoning:
    """Where a request stands on a day after its history and what is new. Raises ``Refused`` where that cannot be."""
    told = [*(entry.event for entry in amended(history)), *new]
    try:
        return reckon(told, calendar=rules.calendar, values=rules.values, as_of=on, provisional=True)
    except UnknownDay as unknown:
        raise Refused(unknown.message) from unknown
