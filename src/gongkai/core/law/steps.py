"""The reckoning of a due date, sentence by sentence, as a clerk could read it aloud to the applicant."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.periods import DAY, Noted, Pause, Period, Periods
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.message import Message, message


class Step(NamedTuple):
    """One line of the reckoning: working days ``counted`` since the step before, ``total`` of the running period.

    ``event``: what it tells of; ``None`` of the due date.
    """

    on: date
    message: Message
    counted: int
    total: int
    event: Event | None = None


class _Line(NamedTuple):
    on: date
    at: int
    said: Message
    event: Event | None


def steps(periods: Periods, due: date | None) -> Iterator[Step]:
    """What happened and what it means for the period, in order, with the due date at its place.

    Each step says by which article, how many working days were counted since the step before, and how many so far.
    """
    lines = [
        _Line(noted.event.on, noted.at, said, noted.event) for noted in periods.noted for said in _said(periods, noted)
    ]
    if due is not None:
        place = next((n for n, line in enumerate(lines) if line.on > due), len(lines))
        lines.insert(place, _Line(due, len(periods.all) - 1, _said_of_the_end(periods, due), None))
    pauses = periods.pauses()
    period, total = -1, 0
    closed = periods.request.closed_on
    for on, at, said, event in lines:
        if at != period:
            period, total = at, 0
        until = min(on, due) if due is not None and at == len(periods.all) - 1 else on
        if closed is not None and not said.id.startswith(_END):
            until = min(until, closed)  # what follows the reply counts nothing
        now = max(total, _counted(periods, periods.all[at], until, pauses))
        yield Step(on, said, now - total, now, event)
        total = now


def _counted(periods: Periods, period: Period, until: date, pauses: Sequence[Pause]) -> int:
    """Working days of a period up to a day, pauses left out, never more than the period has.

    A period that a notice ended counts up to the notice. Days beyond all that are known are left out: a date that
    needs them has raised before, and one notified under Art. 35, or a period that ended before all of them, needs none.
    """
    calendar = periods.calendar
    until = min(until, period.stopped or until, calendar.until)
    if until <= period.start or period.start < calendar.first:
        return 0
    counted = calendar.count(period.start, until)
    for pause in pauses:
        first, last = max(pause.first - DAY, period.start), min(pause.last or until, until)
        if last > first:
            counted -= calendar.count(first, last)
    return min(counted, period.wanted)


_END = ("clock.due", "clock.former.due")


def _said_of_the_end(periods: Periods, due: date) -> Message:
    """The due date itself. Days of a year without notice may change, and with them the last ones of the year before."""
    days = periods.running.wanted
    if periods.running.fixed is not None:
        return periods.cited("clock.due-fixed", on=due, days=days)
    if periods.settled(due):
        return periods.cited("clock.due", on=due, days=days)
    known = periods.calendar.last.year
    id = "clock.due-provisional-december" if due.year == known else "clock.due-provisional"
    return message(id, on=due, days=days, year=known + 1)


def _said(periods: Periods, noted: Noted) -> Iterator[Message]:
    """What an event means, and what else is to be known of it."""
    event, days = noted.event, periods.law("reply_working_days")
    if isinstance(event, events.Received):
        yield periods.cited("clock.received", on=event.on, days=days, channel=event.channel)
    elif isinstance(event, _LETTERS):
        yield _said_of_a_consultation(periods, event, noted)
    elif noted.ended is not None:
        yield message(f"clock.{event.name}.ended", on=event.on, date=noted.ended)
        return
    elif isinstance(event, events.ExtensionNotified):
        total = days + event.working_days
        yield periods.cited("clock.extension_notified", on=event.on, days=event.working_days, total=total)
    elif isinstance(event, events.DelayedUntil):
        yield periods.cited("clock.delayed_until", on=event.on, date=event.date)
    elif isinstance(event, events.FeeNoticeReceived | events.FeePaid) and not noted.measured:
        yield message(f"clock.former.{event.name}", on=event.on, days=days)
    elif isinstance(event, _BESIDE) and not _runs(periods, noted):
        yield message(f"clock.{event.name}.beside", on=event.on)
    else:
        yield periods.cited(f"clock.{event.name}", on=event.on, days=days)
    if isinstance(event, events.CorrectionNoticeSent):
        yield from _said_of_a_late_notice(periods, event)
    before = periods.all[noted.at - 1].fixed if noted.at else None
    if isinstance(event, events.CorrectionReceived | events.FeePaid) and before is not None:
        yield message("clock.fixed-no-longer", date=before)


_BESIDE = (
    *(events.IdentityShown, events.ContactAttempted, events.ReasonsDemanded),
    *(events.Submitted, events.Reviewed),
)
"""What the period runs on through, where one runs."""


def _runs(periods: Periods, noted: Noted) -> bool:
    """Whether the day of an event is one on which the period runs."""
    on = noted.event.on
    if noted.state != "handling" or any(pause.first <= on <= (pause.last or date.max) for pause in periods.pauses()):
        return False
    ends = periods.all[noted.at].ended or noted.fixed
    if ends is None and noted.at == len(periods.all) - 1:
        try:
            ends = periods.due_at_the_end()
        except UnknownDay:
            return True
    return ends is None or on <= ends


def _said_of_a_late_notice(periods: Periods, event: events.CorrectionNoticeSent) -> Iterator[Message]:
    """Art. 30: a correction is asked for within seven working days of the receipt."""
    if periods.lawful("correction_notice_working_days"):
        days = periods.law("correction_notice_working_days")
        try:
            until = periods.calendar.after(periods.request.received.on, days)
        except UnknownDay:
            return
        if event.on > until and periods.calendar.certain(until):
            yield message("clock.correction-notice-late", days=days, until=until)


_LETTERS = (events.ConsultationSent, events.ConsultationReceived, events.ConsultationAnswered)
_Letter = events.ConsultationSent | events.ConsultationReceived | events.ConsultationAnswered


def _said_of_a_consultation(periods: Periods, event: _Letter, noted: Noted) -> Message:
    """A letter holds the period only while one runs: not after its end, nor where a date was notified (Art. 35)."""
    if noted.ended is not None:
        return message(f"clock.{event.name}.ended", on=event.on, date=noted.ended)
    if noted.fixed is not None and not noted.awaited:
        return message(f"clock.{event.name}.fixed", on=event.on, date=noted.fixed)
    if isinstance(event, events.ConsultationSent):
        return periods.cited(f"clock.consultation_sent.{event.consulted}", on=event.on)
    if isinstance(event, events.ConsultationReceived):
        return _said_of_a_letter(periods, event, noted.awaited)
    return _said_of_an_opinion(periods, event, noted.awaited)


def _said_of_a_letter(periods: Periods, event: events.ConsultationReceived, awaited: bool) -> Message:
    """When the period runs again at the latest, where this letter alone decides it and the day is certain."""
    consulted = periods.request.consultations[event.ref].consulted
    days = periods.answered_within(consulted)
    if not days:
        return message("clock.letter-received", on=event.on)
    last = periods.last_for_an_opinion(event.on, days)
    if last is None or awaited or not periods.calendar.certain(last) or _held_by_another(periods, event.ref, last):
        return periods.cited(f"clock.letter-received-among-others.{consulted}", on=event.on, days=days)
    return periods.cited(f"clock.{event.name}.{consulted}", on=event.on, date=last, days=days)


def _held_by_another(periods: Periods, ref: str, last: date) -> bool:
    """Whether another letter keeps the period from running on the day after ``last``."""
    others = (periods.pause(letter) for name, letter in periods.request.consultations.items() if name != ref)
    return any(other.first <= last + DAY and (other.last is None or other.last > last) for other in others)


def _said_of_an_opinion(periods: Periods, event: events.ConsultationAnswered, awaited: bool) -> Message:
    if awaited:
        return message("clock.answered-nothing-runs", on=event.on)
    pauses = periods.pauses()
    if any(pause.first <= event.on and (pause.last is None or pause.last > event.on) for pause in pauses):
        return message("clock.answered-others-awaited", on=event.on)
    own = periods.pause(periods.request.consultations[event.ref])
    since = next((pause.last for pause in pauses if pause.first <= own.first <= (pause.last or date.max)), None)
    if since is not None and since < event.on and since <= periods.calendar.until:
        id = "clock.answered-late" if periods.calendar.certain(since + DAY) else "clock.answered-late-provisional"
        return message(id, on=event.on, since=since + DAY)
    if _held_by_another(periods, event.ref, event.on):
        return message("clock.answered", on=event.on)
    return message("clock.consultation_answered", on=event.on)
