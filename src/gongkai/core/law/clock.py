"""The statutory clock of a request (Arts. 30–35 of the Regulation): when the reply is due, and the reckoning of it.

The due date is a pure function of the events, the calendar and the law. Each step of the reckoning says what happened,
by which article, how many working days were counted since the step before and how many of the period that is running,
so that a clerk could read it aloud to the applicant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.core.calendar.days import Calendar, UnknownDay
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import Consultation, Request, State
from gongkai.core.message import Message, message

_DAY = timedelta(days=1)

PRESENT_REGULATION = date(2019, 5, 15)
"""Requests received before this day follow the former Regulation (Order 492); its articles are other ones."""


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
    reckoned with statutory holidays alone because the notice of a year is not known. A date notified under Art. 35 is
    certain in any year.
    """

    due_on: date | None
    provisional_on: date | None
    state: State
    overdue: bool
    steps: tuple[Step, ...]
    request: Request


@dataclass(slots=True)
class _Period:
    """``wanted`` working days from ``start`` on, the day itself not counted; ``fixed`` is a date set under Art. 35.

    ``stopped`` is the day of the notice with which it ended, for a correction or a payment.
    """

    start: date
    wanted: int
    fixed: date | None = None
    stopped: date | None = None


class _Noted(NamedTuple):
    """An event with its period's place, whether something is ``awaited``, and whether the fee measures held."""

    event: Event
    at: int
    awaited: bool
    measured: bool


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
        self._noted: list[_Noted] = []
        self._measured = False

    def take(self, event: Event) -> None:
        """Carry on by one event. Raises ``Refused`` for what cannot follow."""
        if self.request is None:
            if not isinstance(event, events.Received):
                raise Refused(message("ledger.no-receipt", event=event.name, on=event.on))
            if not self._values.has("reply_working_days", event.on):
                raise Refused(message("clock.before-the-law", on=event.on))
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
            elif isinstance(event, _STOPPING) and self._periods[-1].stopped is None:
                self._periods[-1].stopped = event.on
        if isinstance(event, events.FeeNoticeReceived):
            self._measured = self._values.has("fee_payment_working_days", event.on)
        awaited = self.request.state in ("awaiting_correction", "awaiting_fee")
        self._noted.append(_Noted(event, len(self._periods) - 1, awaited, self._measured))

    def _begin(self, on: date) -> None:
        self._periods.append(_Period(on, self._law("reply_working_days")))

    def _law(self, id: str) -> int:
        assert self.request is not None
        return self._values.at(id, self.request.received.on).number

    def _refuse_late_extension(self, event: events.ExtensionNotified) -> None:
        """Art. 33(2): by at most so many working days, told before the period is over."""
        limit = self._law("extension_working_days")
        if event.working_days > limit:
            raise Refused(self._cited("clock.extension-too-long", found=event.working_days, limit=limit, on=event.on))
        if self._periods[-1].fixed is not None:
            raise Refused(self._cited("clock.extension-of-fixed", on=event.on, date=self._periods[-1].fixed))
        due = self._due()
        if due is not None and event.on > due:
            raise Refused(self._cited("clock.extension-too-late", on=event.on, due=due))

    def pauses(self) -> list[Pause]:
        """The times in which the period does not run, in order, none touching another."""
        assert self.request is not None
        return _merged(self._pause(letter) for letter in self.request.consultations.values())

    def _pause(self, letter: Consultation) -> Pause:
        """Of one letter. An end that is not known yet is put after all known days, where counting raises."""
        ends = [letter.answered_on] if letter.answered_on else []
        if letter.received_on and (days := self._answered_within(letter.consulted)):
            last = self._last_for_an_opinion(letter.received_on, days)
            ends.append(last or max(letter.received_on, self._calendar.until + _DAY))
        return Pause(letter.sent_on, min(ends) if ends else None)

    def _last_for_an_opinion(self, arrived: date, days: int) -> date | None:
        """``None`` where nobody knows the working days so far."""
        try:
            return self._calendar.after(arrived, days)
        except UnknownDay:
            if arrived < self._calendar.first:
                raise
            return None

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
            if pause.first - _DAY > self._calendar.until:
                break
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
        known = due is None or self._settled(due)
        late = False
        if due is not None and known:
            if request.state == "closed":
                late = request.closed_on is not None and request.closed_on > due
            else:
                late = as_of is not None and as_of > due
        return Reckoning(
            due if known else None, None if known else due, request.state, late, tuple(self._steps(due)), request
        )

    def _settled(self, due: date) -> bool:
        """Whether a due date is certain: one that was notified (Art. 35) needs no calendar."""
        return self._periods[-1].fixed is not None or self._calendar.certain(due)

    def _due_at_the_end(self) -> date | None:
        """The date that binds; for a request that ended while something was awaited there is none."""
        assert self.request is not None
        last = [noted.event for noted in self._noted if type(noted.event) in _AWAITING]
        if self.request.state == "closed" and last and isinstance(last[-1], _STOPPING):
            return None
        return self._due()

    def _steps(self, due: date | None) -> Iterable[Step]:
        pauses = self.pauses()
        period, total = -1, 0
        lines: list[tuple[date, int, Message]] = [
            (noted.event.on, noted.at, self._said(noted)) for noted in self._noted
        ]
        if due is not None:
            fixed = self._periods[-1].fixed is not None
            said = self._cited("clock.due-fixed" if fixed else "clock.due", on=due, days=self._periods[-1].wanted)
            if not self._settled(due):
                said = message("clock.due-provisional", on=due, days=self._periods[-1].wanted)
            place = next((n for n, line in enumerate(lines) if line[0] > due), len(lines))
            lines.insert(place, (due, len(self._periods) - 1, said))
        for on, at, said in lines:
            if at != period:
                period, total = at, 0
            until = min(on, due) if due is not None and at == len(self._periods) - 1 else on
            now = max(total, self._counted(self._periods[at], until, pauses))
            yield Step(on, said, now - total, now)
            total = now

    def _counted(self, period: _Period, until: date, pauses: Sequence[Pause]) -> int:
        """Working days of a period up to a day, pauses left out, never more than the period has.

        A period that a notice ended counts up to the notice. Days beyond all that are known are left out: a date that
        needs them has raised before, and one notified under Art. 35 needs none.
        """
        until = min(until, period.stopped or until, self._calendar.until)
        if until <= period.start:
            return 0
        counted = self._calendar.count(period.start, until)
        for pause in pauses:
            first, last = max(pause.first - _DAY, period.start), min(pause.last or until, until)
            if last > first:
                counted -= self._calendar.count(first, last)
        return min(counted, period.wanted)

    def _cited(self, id: str, **facts: object) -> Message:
        """A sentence, with the articles of the Regulation that the request follows."""
        assert self.request is not None
        if self.request.received.on < PRESENT_REGULATION and id in _CITING:
            id = id.replace("clock.", "clock.former.", 1)
        return message(id, **facts)

    def _said(self, noted: _Noted) -> Message:
        event, days = noted.event, self._law("reply_working_days")
        if isinstance(event, events.Received):
            return self._cited("clock.received", on=event.on, days=days, channel=event.channel)
        if isinstance(event, events.ExtensionNotified):
            return self._cited("clock.extension_notified", on=event.on, days=event.working_days)
        if isinstance(event, events.DelayedUntil):
            return self._cited("clock.delayed_until", on=event.on, date=event.date)
        if isinstance(event, events.FeeNoticeReceived | events.FeePaid) and not noted.measured:
            return message(f"clock.former.{event.name}", on=event.on, days=days)
        if isinstance(event, events.ConsultationSent):
            return self._cited(f"clock.consultation_sent.{event.consulted}", on=event.on)
        if isinstance(event, events.ConsultationReceived):
            return self._said_of_a_letter(event, noted.awaited)
        if isinstance(event, events.ConsultationAnswered):
            return self._said_of_an_opinion(event, noted.awaited)
        return self._cited(f"clock.{event.name}", on=event.on, days=days)

    def _said_of_a_letter(self, event: events.ConsultationReceived, awaited: bool) -> Message:
        """When the period runs again at the latest, where this letter alone decides it."""
        assert self.request is not None
        days = self._answered_within(self.request.consultations[event.ref].consulted)
        if not days:
            return message("clock.letter-received", on=event.on)
        last = self._last_for_an_opinion(event.on, days)
        if last is None or awaited or self._held_by_another(event.ref, last):
            return self._cited("clock.letter-received-among-others", on=event.on, days=days)
        return self._cited(f"clock.{event.name}", on=event.on, date=last, days=days)

    def _held_by_another(self, ref: str, last: date) -> bool:
        """Whether another letter keeps the period from running on the day after ``last``."""
        assert self.request is not None
        others = (self._pause(letter) for name, letter in self.request.consultations.items() if name != ref)
        return any(other.first <= last + _DAY and (other.last is None or other.last > last) for other in others)

    def _said_of_an_opinion(self, event: events.ConsultationAnswered, awaited: bool) -> Message:
        assert self.request is not None
        if awaited:
            return message("clock.answered-nothing-runs", on=event.on)
        pauses = self.pauses()
        if any(pause.first <= event.on and (pause.last is None or pause.last > event.on) for pause in pauses):
            return message("clock.answered-others-awaited", on=event.on)
        own = self._pause(self.request.consultations[event.ref])
        since = next((pause.last for pause in pauses if pause.first <= own.first <= (pause.last or date.max)), None)
        if since is not None and since < event.on and since <= self._calendar.until:
            return message("clock.answered-late", on=event.on, since=since + _DAY)
        return message("clock.consultation_answered", on=event.on)


_STOPPING = (events.CorrectionNoticeSent, events.FeeNoticeReceived)
_AWAITING = frozenset((*_STOPPING, events.CorrectionReceived, events.FeePaid))
_CITING = frozenset(
    f"clock.{name}"
    for name in (
        *("received", "identity_shown", "contact_attempted", "correction_notice_sent", "correction_received"),
        *("consultation_sent.third_party", "consultation_sent.joint_organ", "consultation_sent.other_organ"),
        *("consultation_received_by_third_party", "letter-received-among-others", "extension_notified"),
        *("reasons_demanded", "delayed_until", "fee_notice_received", "fee_paid", "lapsed", "due", "due-fixed"),
        *("extension-too-long", "extension-too-late", "extension-of-fixed"),
    )
)
"""Sentences that cite the Regulation of 2019; each has another below ``clock.former``."""


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
