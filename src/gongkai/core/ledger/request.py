"""The life of one request: its events replayed, whatever cannot follow refused.

Here stands what holds without a calendar (nothing before the receipt, one correction only, nothing after the end).
What depends on days and periods is the clock's (``law/clock.py``).
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

State = Literal["handling", "awaiting_correction", "awaiting_fee", "closed"]
"""在办、待补正、待缴费、办结."""


@dataclass(slots=True)
class Consultation:
    """A letter that asked for an opinion: when it was sent, when it arrived, when the opinion came."""

    consulted: events.Consulted
    sent_on: date
    received_on: date | None = None
    answered_on: date | None = None


@dataclass(slots=True)
class Dispute:
    """A reconsideration or a suit about the request; ``row`` is its row of table four."""

    row: Literal["reconsideration", "litigation_direct", "litigation_after"]
    filed_on: date
    decided_on: date | None = None
    result: events.Result | None = None
    anew: bool = False
    appeal_of: str | None = None


@dataclass(slots=True)
class Request:
    """A request as far as it has come. ``last_on`` is the day of its last event; nothing may come before it.

    ``released``: its last reply went out from here, reviewed; that of an imported register did not.
    """

    received: events.Received
    state: State = "handling"
    last_on: date = field(init=False)
    correction_sent_on: date | None = None
    corrected_on: date | None = None
    extension: events.ExtensionNotified | None = None
    fee_noticed_on: date | None = None
    consultations: dict[str, Consultation] = field(default_factory=dict)
    disputes: dict[str, Dispute] = field(default_factory=dict)
    closed_on: date | None = None
    replied_on: date | None = None
    released: bool = False
    outcome: str | None = None
    split_into: tuple[str, ...] = ()
    served_on: date | None = None

    def __post_init__(self) -> None:
        self.last_on = self.received.on

    @property
    def counts(self) -> bool:
        """Whether table three counts it: not a wish to correct a record (Art. 41), nor a letter that was split."""
        return not self.received.own_record and not self.split_into

    def copy(self) -> "Request":
        """The same request, to be carried on without this one."""
        other = copy(self)
        other.consultations = {ref: copy(letter) for ref, letter in self.consultations.items()}
        other.disputes = {ref: copy(dispute) for ref, dispute in self.disputes.items()}
        return other

    def apply(self, event: Event) -> None:
        """Carry the request on by one event. Raises ``Refused``, and is then as it was."""
        if event.on < self.last_on:
            id = "ledger.before-receipt" if event.on < self.received.on else "ledger.out-of-order"
            raise Refused(message(id, event=event.name, on=event.on, last=self.last_on, received=self.received.on))
        step = _STEPS.get(type(event))
        if step is None:
            raise Refused(message("ledger.not-of-a-request", event=event.name))
        if self.state == "closed" and type(event) not in _AFTER_THE_END:
            raise Refused(message("ledger.closed", event=event.name, on=event.on, closed=self.closed_on))
        step(self, event)
        self.last_on = event.on

    def _close(self, on: date, outcome: str | None) -> None:
        self.state, self.closed_on, self.outcome = "closed", on, outcome


def replay(history: Iterable[Event]) -> Request:
    """A request from its events, the receipt first. Raises ``Refused`` for the first that cannot follow."""
    request: Request | None = None
    for event in history:
        if request is not None:
            request.apply(event)
        elif isinstance(event, events.Received):
            request = Request(event)
        else:
            raise Refused(message("ledger.no-receipt", event=event.name, on=event.on))
    if request is None:
        raise Refused(message("ledger.no-events"))
    return request


def _received(request: Request, event: Event) -> None:
    raise Refused(message("ledger.received-twice", on=event.on))


def _noted(request: Request, event: Event) -> None:
    """It stands in the history and changes nothing."""


def _correction_notice(request: Request, event: events.CorrectionNoticeSent) -> None:
    if request.correction_sent_on is not None:
        raise Refused(message("ledger.second-correction", on=event.on, first=request.correction_sent_on))
    request.correction_sent_on = event.on
    request.state = "awaiting_correction"


def _correction(request: Request, event: events.CorrectionReceived) -> None:
    if request.state != "awaiting_correction":
        raise Refused(message("ledger.no-notice", event=event.name, on=event.on))
    request.corrected_on = event.on
    request.state = "handling"


def _consultation(request: Request, event: events.ConsultationSent) -> None:
    if event.ref in request.consultations:
        raise Refused(message("ledger.ref-twice", event=event.name, ref=event.ref, on=event.on))
    request.consultations[event.ref] = Consultation(event.consulted, event.on)


def _letter(request: Request, ref: str, event: Event) -> Consultation:
    if ref not in request.consultations:
        raise Refused(message("ledger.no-letter", event=event.name, ref=ref, on=event.on))
    return request.consultations[ref]


def _consultation_received(request: Request, event: events.ConsultationReceived) -> None:
    letter = _letter(request, event.ref, event)
    if letter.received_on or letter.answered_on:
        raise Refused(message("ledger.letter-twice", event=event.name, ref=event.ref, on=event.on))
    letter.received_on = event.on


def _consultation_answered(request: Request, event: events.ConsultationAnswered) -> None:
    letter = _letter(request, event.ref, event)
    if letter.answered_on:
        raise Refused(message("ledger.letter-twice", event=event.name, ref=event.ref, on=event.on))
    letter.answered_on = event.on


def _extension(request: Request, event: events.ExtensionNotified) -> None:
    if request.extension is not None:
        raise Refused(message("ledger.second-extension", on=event.on, first=request.extension.on))
    if event.working_days < 1:
        raise Refused(message("ledger.no-days", event=event.name, found=event.working_days))
    if request.state != "handling":
        raise Refused(message("ledger.no-period", event=event.name, on=event.on, state=request.state))
    request.extension = event


def _fee_notice(request: Request, event: events.FeeNoticeReceived) -> None:
    if request.state != "handling":
        raise Refused(message("ledger.no-period", event=event.name, on=event.on, state=request.state))
    request.state = "awaiting_fee"
    request.fee_noticed_on = event.on


def _fee(request: Request, event: events.FeePaid) -> None:
    if request.state != "awaiting_fee":
        raise Refused(message("ledger.no-notice", event=event.name, on=event.on))
    request.state = "handling"


def _delay(request: Request, event: events.DelayedUntil) -> None:
    if request.state != "handling":
        raise Refused(message("ledger.no-period", event=event.name, on=event.on, state=request.state))
    if event.date < event.on:
        raise Refused(message("ledger.delay-backwards", on=event.on, date=event.date))


def _reply(request: Request, event: events.Replied) -> None:
    if event.after is None:
        if request.state == "closed":
            raise Refused(message("ledger.closed", event=event.name, on=event.on, closed=request.closed_on))
        request._close(event.on, event.outcome)
    elif event.after not in request.disputes or not request.disputes[event.after].anew:
        raise Refused(message("ledger.not-ordered", on=event.on, ref=event.after))
    request.replied_on, request.served_on, request.released = event.on, None, event.content is not None


def _lapse(request: Request, event: events.Lapsed) -> None:
    awaited = {"other.no_correction": "awaiting_correction", "other.unpaid": "awaiting_fee"}[event.outcome]
    if request.state != awaited:
        raise Refused(message("ledger.nothing-awaited", on=event.on, outcome=event.outcome))
    request._close(event.on, event.outcome)


def _withdrawal(request: Request, event: events.Withdrawn) -> None:
    request._close(event.on, "other.other")


def _split(request: Request, event: events.Split) -> None:
    if len(event.parts) < 2:
        raise Refused(message("ledger.one-part", on=event.on))
    request.split_into = event.parts
    request._close(event.on, None)


def _served(request: Request, event: events.Served) -> None:
    if request.state != "closed":
        raise Refused(message("ledger.nothing-to-serve", on=event.on))
    request.served_on = event.on


def _service_failed(request: Request, event: events.ServiceFailed) -> None:
    if request.served_on is None:
        raise Refused(message("ledger.nothing-served", on=event.on))
    request.served_on = None


def _file(request: Request, ref: str, dispute: Dispute, event: Event) -> None:
    if ref in request.disputes:
        raise Refused(message("ledger.ref-twice", event=event.name, ref=ref, on=event.on))
    if dispute.appeal_of is not None and dispute.appeal_of not in request.disputes:
        raise Refused(message("ledger.no-case", event=event.name, ref=dispute.appeal_of, on=event.on))
    request.disputes[ref] = dispute


def _reconsideration(request: Request, event: events.ReconsiderationFiled) -> None:
    _file(request, event.ref, Dispute("reconsideration", event.on), event)


def _litigation(request: Request, event: events.LitigationFiled) -> None:
    row: Literal["litigation_after", "litigation_direct"]
    row = "litigation_after" if event.after_reconsideration else "litigation_direct"
    _file(request, event.ref, Dispute(row, event.on, appeal_of=event.appeal_of), event)


def _decision(request: Request, event: events.ReconsiderationDecided | events.LitigationDecided) -> None:
    dispute = request.disputes.get(event.ref)
    is_reconsideration = isinstance(event, events.ReconsiderationDecided)
    if dispute is None or (dispute.row == "reconsideration") != is_reconsideration:
        raise Refused(message("ledger.no-case", event=event.name, ref=event.ref, on=event.on))
    if dispute.decided_on is not None:
        raise Refused(message("ledger.decided-twice", event=event.name, ref=event.ref, on=event.on))
    dispute.decided_on, dispute.result, dispute.anew = event.on, event.result, event.anew


_STEPS: dict[type[Event], Callable[[Request, Any], None]] = {
    events.Received: _received,
    events.IdentityShown: _noted,
    events.ContactAttempted: _noted,
    events.CorrectionNoticeSent: _correction_notice,
    events.CorrectionReceived: _correction,
    events.ConsultationSent: _consultation,
    events.ConsultationReceived: _consultation_received,
    events.ConsultationAnswered: _consultation_answered,
    events.ExtensionNotified: _extension,
    events.ReasonsDemanded: _noted,
    events.DelayedUntil: _delay,
    events.FeeNoticeReceived: _fee_notice,
    events.FeePaid: _fee,
    events.Submitted: _noted,
    events.Reviewed: _noted,
    events.Replied: _reply,
    events.Served: _served,
    events.ServiceFailed: _service_failed,
    events.Lapsed: _lapse,
    events.Withdrawn: _withdrawal,
    events.Split: _split,
    events.ReconsiderationFiled: _reconsideration,
    events.ReconsiderationDecided: _decision,
    events.LitigationFiled: _litigation,
    events.LitigationDecided: _decision,
}
"""Which function carries a request on by which event: the program of a request's life."""

_OURS = (events.Received, events.Submitted, events.Reviewed)
"""The receipt stands first; a review counts only where it was made here."""

FOLLOWING_EVENTS: dict[str, type[Event]] = {kind.name: kind for kind in _STEPS if kind not in _OURS}
"""What can follow the receipt of a request in somebody else's register, by the names in ledgers."""

_AFTER_THE_END = frozenset(
    (
        *(events.Served, events.ServiceFailed, events.Replied, events.ContactAttempted),
        *(events.ReconsiderationFiled, events.ReconsiderationDecided),
        *(events.LitigationFiled, events.LitigationDecided),
    )
)
"""What may still happen once a request is closed: service, disputes, and the answer that a decision orders."""
