"""The statutory clock of a request (Arts. 30–35 of the Regulation): when the reply is due, and the reckoning of it.

The due date is a pure function of the events, the calendar and the law. Each step of the reckoning says what happened,
by which article, how many working days were counted since the step before and how many of the period that is running,
so that a clerk could read it aloud to the applicant.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.calendar.days import Calendar
from gongkai.core.law.periods import Periods, replayed
from gongkai.core.law.steps import Step, steps
from gongkai.core.law.values import Values
from gongkai.core.ledger.events import Event, Replied
from gongkai.core.ledger.request import Request, State

Awaited = Literal["reply", "correction", "fee", "opinion", "service"]
"""答复、补正、缴费、第三方意见、送达登记."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a request stands. ``due_on`` is certain or ``None``; beside a ``None`` there may be a ``provisional_on``,
    reckoned with statutory holidays alone because the notice of a year is not known. A date notified under Art. 35 is
    certain in any year. ``overdue``: replied later, or open on a later day; withdrawn or lapsed ones are not.
    """

    due_on: date | None
    provisional_on: date | None
    state: State
    overdue: bool
    steps: tuple[Step, ...]
    request: Request

    @property
    def awaits(self) -> Awaited | None:
        """What has to come next; ``None`` where nothing more has. An opinion is awaited as long as the period is held
        and nobody knows until when; service only of a reply that went out from here.
        """
        if self.state == "closed":
            return "service" if self.request.released and self.request.served_on is None else None
        if self.state != "handling":
            return "correction" if self.state == "awaiting_correction" else "fee"
        return "opinion" if self.due_on is None and self.provisional_on is None else "reply"


def reckon(
    history: Sequence[Event],
    *,
    calendar: Calendar,
    values: Values,
    as_of: date | None = None,
    provisional: bool = False,
) -> Reckoning:
    """The due date of a request and its reckoning.

    Args:
        history: the request's events in order, the receipt first.
        calendar: which days are working days where the agency is.
        values: the law's numbers; those in force on the day of receipt hold for the whole request.
        as_of: an open request that was due before this day is overdue too.
        provisional: beyond the known years give ``provisional_on`` instead of raising.

    Raises:
        Refused: a history that cannot be, or that the law does not allow.
        UnknownDay: the date lies in a year whose notice is not known.
    """
    return reckoned(replayed(history, calendar.provisional() if provisional else calendar, values), as_of)


def reckoned(periods: Periods, as_of: date | None) -> Reckoning:
    """The same of a history that was replayed."""
    request, due = periods.request, periods.due_at_the_end()
    known = due is None or periods.settled(due)
    late = False
    if due is not None and known:
        replied = any(isinstance(noted.event, Replied) for noted in periods.noted)
        ended = as_of if request.state != "closed" else request.closed_on if replied else None
        late = ended is not None and ended > due
    return Reckoning(
        due if known else None,
        None if known else due,
        request.state,
        late,
        tuple(steps(periods, due)),
        request,
    )
