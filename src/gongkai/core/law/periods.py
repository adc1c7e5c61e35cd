"""The periods that the events of a request begin, stop and end (Arts. 30–35 of the Regulation).

What happened is taken event by event; at any place it can be asked which days do not count and when the running
period ends. The sentences about it are in ``steps``.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.core.calendar.days import Calendar, UnknownDay
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import Consultation, Request, State
from gongkai.core.message import Message, message

DAY = timedelta(days=1)

PRESENT_REGULATION = date(2019, 5, 15)
"""Requests received before this day follow the former Regulation (Order 492); its articles are other ones."""


_Stopping = events.CorrectionNoticeSent | events.FeeNoticeReceived
STOPPING = (events.CorrectionNoticeSent, events.FeeNoticeReceived)
"""With these the period ends until the applicant has done their part."""

_AWAITING = frozenset((*STOPPING, events.CorrectionReceived, events.FeePaid))


_AWAITED = ("awaiting_correction", "awaiting_fee")


class Pause(NamedTuple):
    """Days that do not count, both included (Art. 33(3)); ``last`` is ``None`` while nobody knows when it ends."""

    first: date
    last: date | None


@dataclass(slots=True)
class Period:
    """``wanted`` working days from ``start`` on, the day itself not counted; ``fixed`` is a date set under Art. 35.

    ``stopped`` is the day of the notice with which it ended, for a correction or a payment. ``ended`` is the last
    day of one that was over when such a notice, or a date under Art. 35, came: nothing begins or moves it any more.
    """

    start: date
    wanted: int
    fixed: date | None = None
    stopped: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An event, and what held when it came: the place of its period, the date ``fixed`` for it (Art. 35), the ``state``
    of the request after it, whether the fee measures held, and the day on which the period had ``ended``
    before a letter, a notice or a date under Art. 35.
    """

    event: Event
    at: int
    fixed: date | None
    state: State
    measured: bool
    ended: date | None

    @property
    def awaited(self) -> bool:
        """Whether the applicant's correction or payment is awaited."""
        return self.state in _AWAITED


class Periods:
    """The history so far: the request, and the periods that it has begun."""

    def __init__(self, received: Event, calendar: Calendar, values: Values) -> None:
        """Begin with the receipt. Raises ``Refused`` for another event, or a day before any law set a period."""
        if not isinstance(received, events.Received):
            raise Refused(message("ledger.no-receipt", event=received.name, on=received.on))
        if not values.has("reply_working_days", received.on):
            raise Refused(message("clock.before-the-law", on=received.on))
        self.request = Request(received)
        self.calendar = calendar
        self.all: list[Period] = []
        self.noted: list[Noted] = []
        self.values = values
        self._measured = False
        self._sent_too_late: dict[str, Noted] = {}
        self._begin(received.on)
        self._note(received, None)

    @property
    def running(self) -> Period:
        """The last period that was begun."""
        return self.all[-1]

    @property
    def awaited(self) -> bool:
        """Whether the applicant's correction or payment is awaited: no reply is due."""
        return self.request.state in _AWAITED

    def copy(self) -> "Periods":
        """The same history, to be carried on without this one: of the periods an event changes the last alone."""
        other = copy(self)
        other.request = self.request.copy()
        other.all = [*self.all[:-1], replace(self.running)]
        other.noted = list(self.noted)
        other._sent_too_late = dict(self._sent_too_late)
        return other

    def take(self, event: Event) -> None:
        """Carry on by one event. Raises ``Refused`` for what cannot follow."""
        if isinstance(event, events.ExtensionNotified) and self.request.extension is None and not self.awaited:
            self._refuse_late_extension(event)
        ended = self._ended(event)
        self.request.apply(event)
        if ended is not None:
            self.running.ended = ended
        elif isinstance(event, events.CorrectionReceived | events.FeePaid):
            self._begin(event.on)
        elif isinstance(event, events.ExtensionNotified):
            self.running.wanted += event.working_days
        elif isinstance(event, events.DelayedUntil):
            self.running.fixed = event.date
        elif isinstance(event, STOPPING):
            self.running.stopped = event.on
        self._note(event, ended)

    def _note(self, event: Event, ended: date | None) -> None:
        if isinstance(event, events.FeeNoticeReceived):
            self._measured = self.values.has("fee_payment_working_days", event.on)
        noted = Noted(event, len(self.all) - 1, self.running.fixed, self.request.state, self._measured, ended)
        self.noted.append(noted)
        if isinstance(event, events.ConsultationSent) and ended is not None:
            self._sent_too_late[event.ref] = noted

    def _begin(self, on: date) -> None:
        self.all.append(Period(on, self.law("reply_working_days")))

    def law(self, id: str) -> int:
        """A number of the law that holds for this request. Raises ``MissingValue``."""
        return self.values.at(id, self.request.received.on).number

    def lawful(self, id: str) -> bool:
        """Whether the law that holds for this request has such a number."""
        return self.values.has(id, self.request.received.on)

    def _ended(self, event: Event) -> date | None:
        """The certain last day of the period, where the event, or what it answers, came after it.

        A period that is over is not held, begun anew or moved by what is sent afterwards: an agency could else make any
        late reply timely.
        """
        if isinstance(event, events.ConsultationSent | events.DelayedUntil | _Stopping):
            try:
                due = self.due()
            except UnknownDay:
                return None
            return due if due is not None and event.on > due and self.settled(due) else None
        if isinstance(event, events.ConsultationReceived | events.ConsultationAnswered):
            sent = self._sent_too_late.get(event.ref)
            return sent.ended if sent is not None and sent.at == len(self.all) - 1 else None
        if isinstance(event, events.CorrectionReceived | events.FeePaid):
            return self.running.ended if self.running.stopped is None else None
        return None

    def _refuse_late_extension(self, event: events.ExtensionNotified) -> None:
        """Art. 33(2): by at most so many working days, told before the period is over."""
        limit = self.law("extension_working_days")
        if event.working_days > limit:
            raise Refused(self.cited("clock.extension-too-long", found=event.working_days, limit=limit, on=event.on))
        if self.running.fixed is not None:
            raise Refused(self.cited("clock.extension-of-fixed", on=event.on, date=self.running.fixed))
        due = self.due()
        if due is not None and event.on > due and self.settled(due):
            raise Refused(self.cited("clock.extension-too-late", on=event.on, due=due))

    def pauses(self) -> list[Pause]:
        """The times in which the period does not run, in order, none touching another."""
        return _merged(self.pause(letter) for letter in self.request.consultations.values())

    def pause(self, letter: Consultation) -> Pause:
        """Of one letter. An end that is not known yet is put after all known days, where counting raises."""
        ends = [letter.answered_on] if letter.answered_on else []
        if letter.received_on and (days := self.answered_within(letter.consulted)):
            last = self.last_for_an_opinion(letter.received_on, days)
            ends.append(last or max(letter.received_on, self.calendar.until + DAY))
        return Pause(letter.sent_on, min(ends) if ends else None)

    def last_for_an_opinion(self, arrived: date, days: int) -> date | None:
        """``None`` where nobody knows the working days so far."""
        try:
            return self.calendar.after(arrived, days)
        except UnknownDay:
            if arrived < self.calendar.first:
                raise
            return None

    def answered_within(self, consulted: events.Consulted) -> int | None:
        """How many working days somebody has for an opinion (Arts. 32, 34); nothing is fixed for other organs."""
        id = f"{consulted}_working_days"
        return self.law(id) if self.lawful(id) else None

    def due(self) -> date | None:
        """When the running period ends; ``None`` while that is not known. Raises ``UnknownDay``."""
        period = self.running
        if period.ended is not None:
            return period.ended
        if self.awaited:
            return None
        if period.fixed is not None:
            return period.fixed
        day, left = period.start, period.wanted
        for pause in self.pauses():
            if pause.last is not None and pause.last <= day:
                continue
            run = 0
            if pause.first - DAY > day:
                if pause.first - DAY > self.calendar.until:
                    break
                run = self.calendar.count(day, pause.first - DAY)
            if run >= left:
                break
            if pause.last is None:
                return None
            left -= run
            day = max(day, pause.last)
        return self.calendar.after(day, left)

    def due_at_the_end(self) -> date | None:
        """The date that binds; for a request that ended while something was awaited there is none."""
        last = [noted.event for noted in self.noted if type(noted.event) in _AWAITING]
        stopped = last and isinstance(last[-1], STOPPING) and self.running.ended is None
        if self.request.state == "closed" and stopped:
            return None
        return self.due()

    def settled(self, due: date) -> bool:
        """Whether a due date is certain: one that was notified (Art. 35) needs no calendar."""
        return due in (self.running.fixed, self.running.ended) or self.calendar.certain(due)

    def cited(self, id: str, **facts: object) -> Message:
        """A sentence, with the articles of the Regulation that the request follows."""
        if self.request.received.on < PRESENT_REGULATION and id in CITING:
            id = id.replace("clock.", "clock.former.", 1)
        return message(id, **facts)


CITING = frozenset(
    f"clock.{name}"
    for name in (
        *("received", "identity_shown", "contact_attempted", "correction_notice_sent", "correction_received"),
        *("consultation_sent.third_party", "consultation_sent.joint_organ", "consultation_sent.other_organ"),
        *("consultation_received_by_third_party.third_party", "consultation_received_by_third_party.joint_organ"),
        *("letter-received-among-others.third_party", "letter-received-among-others.joint_organ", "extension_notified"),
        *("reasons_demanded", "delayed_until", "fee_notice_received", "fee_paid", "lapsed", "due", "due-fixed"),
        *("extension-too-long", "extension-too-late", "extension-of-fixed"),
    )
)
"""Sentences that cite the Regulation of 2019; each has another below ``clock.former``."""


def replayed(history: Sequence[Event], calendar: Calendar, values: Values) -> Periods:
    """The periods of a request's events in order, the receipt first. Raises ``Refused`` for what cannot be."""
    if not history:
        raise Refused(message("ledger.no-events"))
    received, *rest = history
    periods = Periods(received, calendar, values)
    for event in rest:
        periods.take(event)
    return periods


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
