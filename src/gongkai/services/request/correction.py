"""A request that is unclear is corrected once (补正, Art. 30)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.ledger.events import CorrectionNoticeSent, CorrectionReceived
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.numbering import document_number
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.request.case import carry_on, known, of

LONGEST = timedelta(365)
"""So long at most may a correction be awaited. The Regulation says "a reasonable period" (合理的补正期限) alone."""


@dataclass(frozen=True)
class AskCorrection:
    """All that must be corrected, in words, and the day until which it is awaited. The notice leaves today."""

    agency: str
    number: str
    version: int
    items: str
    until: date
    key: str | None = None


@dataclass(frozen=True)
class NoteCorrection:
    """The corrected request arrived."""

    agency: str
    number: str
    version: int
    on: date
    text: str
    key: str | None = None


def ask_correction(
    unit: Unit, agency: Agency, actor: Actor, command: AskCorrection, rules: Rules, now: datetime
) -> None:
    """Within seven working days of receipt, once and for all. Raises ``Refused`` afterwards (Art. 30)."""
    history = known(unit, agency, command.number)
    on = today(now)
    if not command.items.strip():
        raise Refused(message("act.missing", field="items"))
    received = history[0].event.on
    days = rules.values.at("correction_notice_working_days", received).number
    try:
        last = rules.calendar.provisional().after(received, days)
    except UnknownDay as unknown:
        raise Refused(unknown.message) from unknown
    if on > last:
        raise Refused(message("acts.correction-too-late", until=last))
    if not on < command.until <= on + LONGEST:
        raise Refused(message("acts.correction-until", on=on, last=on + LONGEST))
    carry_on(unit, agency, command.number, history, [CorrectionNoticeSent(on)], rules, now)
    content = {
        "document": document_number(unit, agency, "correction", on),
        "items": command.items.strip(),
        "until": command.until.isoformat(),
        "on": on.isoformat(),
    }
    unit.send(agency, of(command.number), "correction", content)


def note_correction(
    unit: Unit, agency: Agency, actor: Actor, command: NoteCorrection, rules: Rules, now: datetime
) -> None:
    """The period begins anew on the day the corrected request arrived."""
    history = known(unit, agency, command.number)
    carry_on(unit, agency, command.number, history, [CorrectionReceived(command.on)], rules, now)
    if command.text.strip():
        unit.remark(agency, of(command.number), actor.person, command.text.strip(), now)
