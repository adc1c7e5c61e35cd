"""The strip of days: every civil day from the receipt to the due date, and what it is to the period.

The reckoning (``clock``, ``steps``) tells what happened; the strip shows the days between, so that anybody can count
them with a finger. Both replay the same history through ``Periods``; the number on the due day is that of the period.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from gongkai.core.calendar.days import Calendar
from gongkai.core.law.periods import PRESENT_REGULATION, STOPPING, Period, Periods, replayed
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.request import Consultation
from gongkai.core.message import Message, message

Kind = Literal["received", "counted", "rest", "paused", "extension", "beyond", "due"]
"""What a day is to the period. ``received``: it begins, or begins anew, after this day. ``paused``: an opinion, a
correction or a payment is awaited. ``beyond``: the period is full already, or nobody knows whether the day is worked.
"""


class Day(NamedTuple):
    """One civil day. ``number``: which working day of the running period it is. ``certain``: no notice of a year to
    come can change what is said of it. ``reason`` says why, without repeating the date.
    """

    on: date
    kind: Kind
    number: int | None
    certain: bool
    reason: Message


def strip(history: Sequence[Event], *, calendar: Calendar, values: Values) -> tuple[Day, ...]:
    """Each day from the receipt to the due date; where none is due, to the end of the request or its last event.

    Args:
        history: the request's events in order, the receipt first.
        calendar: which days are working days; ``calendar.provisional()`` shows days beyond the known years too.
        values: the law's numbers; those in force on the day of receipt hold for the whole request.

    Raises:
        Refused: a history that cannot be, or that the law does not allow.
        UnknownDay: the due date lies in a year whose notice is not known.
    """
    return drawn(replayed(history, calendar, values))


def drawn(periods: Periods) -> tuple[Day, ...]:
    """The same of a history that was replayed."""
    return tuple(_Strip(periods).days())


_BEGINNING = (events.Received, events.CorrectionReceived, events.FeePaid)


class _Strip:
    """What is asked for every day: the periods with the events that began and stopped them, the pauses, the end."""

    def __init__(self, periods: Periods) -> None:
        self.periods, self.calendar, self.request = periods, periods.calendar, periods.request
        self.due = periods.due_at_the_end()
        self.pauses = periods.pauses()
        self.reply = periods.law("reply_working_days")
        heeded = [noted for noted in periods.noted if noted.ended is None]
        self.begun = {noted.at: noted.event for noted in heeded if isinstance(noted.event, _BEGINNING)}
        self.stopped = {noted.at: noted.event for noted in heeded if isinstance(noted.event, STOPPING)}

    def days(self) -> Iterator[Day]:
        """Day by day, the number carried on within a period and begun anew with the next."""
        first, last = self.request.received.on, self.due or self.request.closed_on or self.request.last_on
        at, number = 0, 0
        for passed in range((last - first).days + 1):
            on = first + timedelta(passed)
            while at + 1 < len(self.periods.all) and self.periods.all[at + 1].start <= on:
                at, number = at + 1, 0
            day = self._day(on, at, number)
            number = day.number or number
            yield self._last(day) if on == self.due else day

    def _day(self, on: date, at: int, number: int) -> Day:
        period = self.periods.all[at]
        if on == period.start:
            return Day(on, "received", None, True, self._said(_BEGUN[self.begun[at].name]))
        if period.stopped is not None and on > period.stopped:
            return Day(on, "paused", None, True, self._said(_AWAITED[self.stopped[at].name]))
        if any(pause.first <= on and (pause.last is None or on <= pause.last) for pause in self.pauses):
            return self._paused(on)
        if period.start < self.calendar.first or on > self.calendar.until:
            return Day(on, "beyond", None, False, message("strip.unknown"))
        known, special = self.calendar.certain(on), self._called(on)
        if not self.calendar.is_working(on):
            return Day(on, "rest", None, known, message("strip.rest", day=special))
        if number == period.wanted:
            return Day(on, "beyond", None, known, self._full(period))
        number += 1
        if number > self.reply:
            said = self._said("strip.extension", day=special, number=number, days=period.wanted)
            return Day(on, "extension", number, known, said)
        said = message("strip.counted", day=special, number=number, days=period.wanted)
        return Day(on, "counted", number, known, said)

    def _last(self, day: Day) -> Day:
        """The due day, with the number that it has as a day of the period."""
        if self.due == self.periods.running.fixed:
            said = self._said("strip.due-fixed")
        elif self.periods.settled(day.on):
            said = message("strip.due", number=day.number)
        else:
            said = message("strip.due-provisional", number=day.number, year=self.calendar.last.year + 1)
        return day._replace(kind="due", certain=self.periods.settled(day.on), reason=said)

    def _paused(self, on: date) -> Day:
        """A day held by letters; it is certain if a letter holds it whatever the calendar of a year to come."""
        letters = [letter for letter in self.request.consultations.values() if self._holds(letter, on)]
        certain = self.calendar.certain(on) or any(self._waits(letter, on) for letter in letters)
        return Day(on, "paused", None, certain, self._said(f"strip.paused.{letters[0].consulted}"))

    def _holds(self, letter: Consultation, on: date) -> bool:
        pause = self.periods.pause(letter)
        return pause.first <= on and (pause.last is None or on <= pause.last)

    def _waits(self, letter: Consultation, on: date) -> bool:
        """Whether no silence can have ended the letter's time yet."""
        arrived = letter.received_on
        return arrived is None or on <= arrived or self.periods.answered_within(letter.consulted) is None

    def _full(self, period: Period) -> Message:
        if period.fixed is not None:
            return self._said("strip.until-fixed", date=period.fixed)
        return message("strip.full", days=period.wanted)

    def _called(self, on: date) -> Message:
        """What a day is by the calendar: a weekday, a weekend, a holiday, a make-up day, a region's own day."""
        special = self.calendar.special.get(on)
        if special is None:
            return message("strip.day.weekday") if self.calendar.is_working(on) else message("strip.day.weekend")
        kind = special.kind if special.kind != "region" else "region-worked" if special.working else "region-off"
        return message(f"strip.day.{kind}", name=special.name)

    def _said(self, id: str, **facts: object) -> Message:
        """A sentence with an article; the former Regulation had other ones."""
        former = self.request.received.on < PRESENT_REGULATION
        return message(id.replace("strip.", "strip.former.", 1) if former else id, **facts)


_BEGUN = {
    "received": "strip.received",
    "correction_received": "strip.begun-anew.correction",
    "fee_paid": "strip.begun-anew.fee",
}

_AWAITED = {"correction_notice_sent": "strip.awaited.correction", "fee_notice_received": "strip.awaited.fee"}
