"""An item is judged grade by grade before it is published (先审查、后公开、逐项).

Source: Secrecy Law (2024) Art. 35, Implementing Regulation (2024) Art. 42, Regulation (Order 711) Art. 17.
"""

from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.review import Grade
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.review import judgement
from gongkai.services.ports import Actor, Agency, New, Rules, Unit
from gongkai.services.publish.item import drafted, of, refuse_withdrawn


@dataclass(frozen=True)
class JudgeItem:
    """One grade approves or returns; ``content`` is the hash of what was read."""

    agency: str
    number: str
    version: int
    content: str
    approved: bool
    remark: str
    key: str | None = None


def judge_item(
    grade: Grade, unit: Unit, agency: Agency, actor: Actor, command: JudgeItem, rules: Rules, now: datetime
) -> None:
    """Approve or return what is under review; a return says why."""
    drafted(unit, agency, command.number)
    history = unit.history(agency, of(command.number))
    refuse_withdrawn(history)
    remark = command.remark.strip()
    if not command.approved and not remark:
        raise Refused(message("item.missing", item_field="remark"))
    chain = rules.chains["item"]
    event = judgement(history, chain, actor, grade, command.content, command.approved, today(now))
    unit.append(agency, [New(of(command.number), event, now)])
    if remark:
        unit.remark(agency, of(command.number), actor.person, remark, now)
