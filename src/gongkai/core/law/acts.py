"""What may be done next on a request, until when, and where not, why not: buttons and refusals ask the same."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.core.calendar.days import Calendar, UnknownDay
from gongkai.core.law.periods import Periods, replayed
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message


class Act(NamedTuple):
    """An act by the name of its event. ``refusal`` says why it is not admissible today, ``until`` its last day."""

    name: str
    refusal: Message | None
    until: date | None = None


def admissible(history: Sequence[Event], today: date, *, calendar: Calendar, values: Values) -> list[Act]:
    """Every act on a request, as of ``today``. Raises ``Refused`` for a history that cannot be."""
    return admitted(replayed(history, calendar.provisional(), values), today)


def admitted(now: Periods, today: date, names: Iterable[str] | None = None) -> list[Act]:
    """The same of a history that was replayed, days beyond the known years too; only the acts of these names."""
    due = now.due_at_the_end()
    settled = due if due is not None and now.settled(due) else None
    acts, then = [], now.copy()
    for name in _PROBES if names is None else names:
        until = _until(name, now, settled)
        refusal = _refused(name, then, today) or _too_late(name, today, until) or _too_soon(name, today, now)
        acts.append(Act(name, refusal, until))
        if len(then.noted) > len(now.noted):  # it was carried on by this act
            then = now.copy()
    return acts


def cannot_follow(
    name: str, history: Sequence[Event], today: date, calendar: Calendar, values: Values
) -> Message | None:
    """Why the event of an act cannot follow a history today; ``None`` where it can."""
    return _refused(name, replayed(history, calendar.provisional(), values), today)


def _refused(name: str, then: Periods, today: date) -> Message | None:
    """The same of a history that was replayed, which carries on by the act where it can."""
    if name == "served" and then.request.served_on is not None:  # other registers may note it twice, the desk does not
        return message("acts.served-already", on=then.request.served_on)
    try:
        then.take(_PROBES[name](today))
        then.due_at_the_end()
    except (Refused, UnknownDay) as refused:
        return refused.message
    return None


_PROBES: dict[str, Callable[[date], Event]] = {
    "correction_notice_sent": events.CorrectionNoticeSent,
    "correction_received": events.CorrectionReceived,
    "consultation_sent": lambda on: events.ConsultationSent(on, "third_party", "\0"),
    "extension_notified": lambda on: events.ExtensionNotified(on, 1),
    "reasons_demanded": events.ReasonsDemanded,
    "delayed_until": lambda on: events.DelayedUntil(on, on),
    "fee_notice_received": events.FeeNoticeReceived,
    "fee_paid": events.FeePaid,
    "replied": lambda on: events.Replied(on, "other.other"),
    "lapsed.other.no_correction": lambda on: events.Lapsed(on, "other.no_correction"),
    "lapsed.other.unpaid": lambda on: events.Lapsed(on, "other.unpaid"),
    "withdrawn": events.Withdrawn,
    "split": lambda on: events.Split(on, ("\0", "\1")),
    "served": lambda on: events.Served(on, "post"),
    "service_failed": events.ServiceFailed,
    "reconsideration_filed": lambda on: events.ReconsiderationFiled(on, "\0"),
    "litigation_filed": lambda on: events.LitigationFiled(on, "\0", after_reconsideration=False),
}
"""For each act an event that would be the act."""


def _until(name: str, now: Periods, due: date | None) -> date | None:
    """The last day on which an act is in time; ``None`` where nothing is fixed or known."""
    if name == "correction_notice_sent" and now.lawful("correction_notice_working_days"):
        try:
            return now.calendar.after(now.request.received.on, now.law("correction_notice_working_days"))
        except UnknownDay:
            return None
    if name in ("extension_notified", "replied"):
        return due
    return None


def _too_late(name: str, today: date, until: date | None) -> Message | None:
    """Art. 30: a correction is asked for within seven working days of the first receipt. A late reply is still owed."""
    if name == "correction_notice_sent" and until is not None and today > until:
        return message("acts.correction-too-late", until=until)
    return None


def _too_soon(name: str, today: date, now: Periods) -> Message | None:
    """The applicant has so many working days after the notice to pay (国办函〔2020〕109号, Art. 6)."""
    noticed, id = now.request.fee_noticed_on, "fee_payment_working_days"
    if name != "lapsed.other.unpaid" or noticed is None or not now.values.has(id, noticed):
        return None
    try:
        last = now.calendar.after(noticed, now.values.at(id, noticed).number)
    except UnknownDay as unknown:
        return unknown.message
    return message("acts.still-payable", until=last) if today <= last else None
