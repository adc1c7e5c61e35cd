"""The statutory clock of a request (Arts. 30–35 of the Regulation): when the reply is due, and the reckoning of it.

The due date is a pure function of the events, the calendar and the law. Each step of the reckoning says what happened,
by which article, how many working days were counted since the step before and how many of the period that is running,
so that a clerk could read it aloud to the applicant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.core.calendar.days import Calendar
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import Request, State
from gongkai.core.message import Message, message

_DAY = timedelta(days=1)


class Step(NamedTuple):
    """One line of the reckoning: working days ``counted`` since the step before, ``total`` of the running period."""

    on: date
    message: Message
    counted: int
    total: int


class Pause(NamedTuple):
    """Days that do not count, both included (Art. 33(3)); ``last`` is ``None`` while nobody knows when it ends."""

    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a request stands. ``due_on`` is certain or ``None``; beside a ``None`` there may be a ``provisional_on``,
    reckoned with statutory holidays alone because the notice of a year is not known.
    """

    due_on: date | None
    provisional_on: date | None
    state: State
    overdue: bool
    steps: tuple[Step, ...]
    request: Request


@dataclass(slots=True)
class _Period:
    """``wanted`` working days from ``start`` on, the day itself not counted; ``fixed`` is a date set under Art. 35."""

    start: date
    wanted: int
    fixed: date | None = None


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
    days = calendar.provisional() if provisional else calendar
    clock = _Clock(days, values)
    for event in history:
        clock.take(event)
    if clock.request is None:
        raise Refused(message("ledger.no-events"))
    return clock.reckoning(as_of)


class _Clock:
    """The history so far: the request, and the periods that it has begun."""

    def __init__(self, calendar: Calendar, values: Values) -> None:
        self.request: Request | None = None
        self._calendar = calendar
        self._values = values
        self._periods: list[_Period] = []
        self._noted: list[tuple[Event, int]] = []

    def take(self, event: Event) -> None:
        """Carry on by one event. Raises ``Refused`` for what cannot follow."""
        if self.request is None:
            if not isinstance(event, events.Received):
                raise Refused(message("ledger.no-receipt", event=event.name, on=event.on))
            self.request = Request(event)
            self._begin(event.on)
        else:
            if isinstance(event, events.ExtensionNotified):
                self._refuse_late_extension(event)
            self.request.apply(event)
            if isinstance(event, events.CorrectionReceived | events.FeePaid):
                self._begin(event.on)
            elif isinstance(event, events.ExtensionNotified):
                self._periods[-1].wanted += event.working_days
            elif isinstance(event, events.DelayedUntil):
                self._periods[-1].fixed = event.date
        self._noted.append((event, len(self._periods) - 1))

    def _begin(self, on: date) -> None:
        self._periods.append(_Period(on, self._law("reply_working_days")))

    def _law(self, id: str) -> int:
        assert self.request is not None
        return self._values.at(id, self.request.received.on).number

    def _refuse_late_extension(self, event: events.ExtensionNotified) -> None:
        """Art. 33(2): by at most so many working days, told before the period is over."""
        limit = self._law("extension_working_days")
        if event.working_days > limit:
            raise Refused(message("clock.extension-too-long", found=event.working_days, limit=limit, on=event.on))
        if self._periods[-1].fixed is not None:
            raise Refused(message("clock.extension-of-fixed", on=event.on, date=self._periods[-1].fixed))
        due = self._due()
        if due is not None and event.on > due:
            raise Refused(message("clock.extension-too-late", on=event.on, due=due))

    def pauses(self) -> list[Pause]:
        """The times in which the period does not run, in order, none touching another."""
        assert self.request is not None
        found = []
        for letter in self.request.consultations.values():
            ends = [letter.answered_on] if letter.answered_on else []
            if letter.received_on and (days := self._answered_within(letter.consulted)):
                ends.append(self._calendar.after(letter.received_on, days))
            found.append(Pause(letter.sent_on, min(ends) if ends else None))
        return _merged(found)

    def _answered_within(self, consulted: events.Consulted) -> int | None:
        """How many working days somebody has for an opinion (Arts. 32, 34); nothing is fixed for other organs."""
        assert self.request is not None
        id = f"{consulted}_working_days"
        return self._law(id) if self._values.has(id, self.request.received.on) else None

    def _due(self) -> date | None:
        """When the running period ends; ``None`` while that is not known."""
        assert self.request is not None
        period = self._periods[-1]
        if period.fixed is not None:
            return period.fixed
        if self.request.state in ("awaiting_correction", "awaiting_fee"):
            return None
        day, left = period.start, period.wanted
        for pause in self.pauses():
            if pause.last is not None and pause.last <= day:
                continue
            run = self._calendar.count(day, pause.first - _DAY) if pause.first - _DAY > day else 0
            if run >= left:
                break
            if pause.last is None:
                return None
            left -= run
            day = max(day, pause.last)
        return self._calendar.after(day, left)

    def reckoning(self, as_of: date | None) -> Reckoning:
        """The result of everything taken so far."""
        request = self.request
        assert request is not None
        due = self._due_at_the_end()
        known = due is None or self._calendar.certain(due)
        late = False
        if due is not None and known:
            if request.state == "closed":
                late = request.closed_on is not None and request.closed_on > due
            else:
                late = as_of is not None and as_of > due
        return Reckoning(
            due if known else None, None if known else due, request.state, late, tuple(self._steps(due)), request
        )

    def _due_at_the_end(self) -> date | None:
        """The date that binds; for a request that ended while something was awaited there is none."""
        assert self.request is not None
        last = [event for event, _ in self._noted if type(event) in _AWAITING]
        if self.request.state == "closed" and last and isinstance(last[-1], _STOPPING):
            return None
        return self._due()

    def _steps(self, due: date | None) -> Iterable[Step]:
        pauses = self.pauses()
        period, total = -1, 0
        lines: list[tuple[date, int, Message]] = [(event.on, at, self._said(event)) for event, at in self._noted]
        if due is not None:
            fixed = self._periods[-1].fixed is not None
            said = message("clock.due-fixed" if fixed else "clock.due", on=due, days=self._periods[-1].wanted)
            if not self._calendar.certain(due):
                said = message("clock.due-provisional", on=due, days=self._periods[-1].wanted)
            place = next((n for n, line in enumerate(lines) if line[0] > due), len(lines))
            lines.insert(place, (due, len(self._periods) - 1, said))
        for on, at, said in lines:
            if at != period:
                period, total = at, 0
            now = max(total, self._counted(self._periods[at], on, pauses))
            yield Step(on, said, now - total, now)
            total = now

    def _counted(self, period: _Period, until: date, pauses: Sequence[Pause]) -> int:
        """Working days of a period up to a day, pauses left out, never more than the period has."""
        if until <= period.start:
            return 0
        counted = self._calendar.count(period.start, until)
        for pause in pauses:
            first, last = max(pause.first - _DAY, period.start), min(pause.last or until, until)
            if last > first:
                counted -= self._calendar.count(first, last)
        return min(counted, period.wanted)

    def _said(self, event: Event) -> Message:
        facts: dict[str, object] = {"on": event.on, "days": self._periods[-1].wanted}
        if isinstance(event, events.Received):
            return message("clock.received", on=event.on, days=self._law("reply_working_days"), channel=event.channel)
        if isinstance(event, events.ExtensionNotified):
            facts["days"] = event.working_days
        if isinstance(event, events.DelayedUntil):
            facts["date"] = event.date
        if isinstance(event, events.CorrectionReceived | events.FeePaid):
            facts["days"] = self._law("reply_working_days")
        if isinstance(event, events.ConsultationReceived) and self.request is not None:
            letter = self.request.consultations[event.ref]
            if days := self._answered_within(letter.consulted):
                facts |= {"date": self._calendar.after(event.on, days), "days": days}
                return message(f"clock.{event.name}", **facts)
            return message("clock.letter-received", **facts)
        if isinstance(event, events.ConsultationAnswered) and any(
            pause.first <= event.on and (pause.last is None or pause.last > event.on) for pause in self.pauses()
        ):
            return message("clock.answered-others-awaited", **facts)
        if isinstance(event, events.ConsultationSent):
            return message(f"clock.consultation_sent.{event.consulted}", **facts)
        return message(f"clock.{event.name}", **facts)


_STOPPING = (events.CorrectionNoticeSent, events.FeeNoticeReceived)
_AWAITING = frozenset((*_STOPPING, events.CorrectionReceived, events.FeePaid))


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Overlapping pauses as one: no day is taken off twice."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.first):
        before = merged[-1] if merged else None
        if before and (before.last is None or pause.first <= before.last):
            last = None if before.last is None or pause.last is None else max(before.last, pause.last)
            merged[-1] = Pause(before.first, last)
        else:
            merged.append(pause)
    return merged
