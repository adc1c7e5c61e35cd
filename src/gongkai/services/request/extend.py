"""The period is extended once, with the consent of the head of the disclosure office (延期答复, Art. 33(2))."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.events import ExtensionNotified
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.numbering import document_number
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.request.case import carry_on, known, of, standing
from gongkai.services.request.letters import dates


@dataclass(frozen=True)
class Extend:
    """By how many working days, and why. The applicant is told today."""

    agency: str
    number: str
    version: int
    working_days: int
    reason: str
    key: str | None = None


def extend(unit: Unit, agency: Agency, actor: Actor, command: Extend, rules: Rules, now: datetime) -> None:
    """Extend and tell the applicant. Raises ``Refused`` for a second time, too many days, or after the end."""
    history = known(unit, agency, command.number)
    on = today(now)
    if not command.reason.strip():
        raise Refused(message("act.missing", field="reason"))
    before = standing(history, rules, on)
    event = ExtensionNotified(on, command.working_days)
    after = carry_on(unit, agency, command.number, history, [event], rules, now)
    content = {
        "document": document_number(unit, agency, "extension", on),
        "reason": command.reason.strip(),
        "working_days": str(command.working_days),
        "on": on.isoformat(),
        **{f"old_{name}": value for name, value in dates(before).items()},
        **dates(after),
    }
    unit.send(agency, of(command.number), "extension", content)
