"""The period is extended once, with the consent of the head of the disclosure office (延期答复, Art. 33(2))."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.events import ExtensionNotified
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.request.case import carry_on, known, of


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
    event = ExtensionNotified(on, command.working_days)
    reckoning = carry_on(unit, agency, command.number, history, [event], rules, now)
    content = {
        "reason": command.reason.strip(),
        "working_days": str(command.working_days),
        "on": on.isoformat(),
        "due_on": reckoning.due_on.isoformat() if reckoning.due_on else "",
        "provisional_on": reckoning.provisional_on.isoformat() if reckoning.provisional_on else "",
    }
    unit.send(agency, of(command.number), "extension", content)
