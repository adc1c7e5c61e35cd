"""An item is published, corrected, withdrawn (发布、更正、撤回): Regulation (Order 711) Arts. 6, 19, 23, 26.

Only what passed its review goes out, and it is released by another person than its author.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.entry import Entry
from gongkai.core.ledger.events import ItemCorrected, ItemPublished, ItemWithdrawn
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.review import refuse_unreviewed
from gongkai.services.outgoing.review import standing as reviewed
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.publish.documents import abolished, made
from gongkai.services.publish.item import carry_on, drafted, of, standing

SERIES = "item"
"""Of index numbers (索引号)."""


@dataclass(frozen=True)
class PublishItem:
    """The item becomes public today."""

    agency: str
    number: str
    version: int
    key: str | None = None


@dataclass(frozen=True)
class CorrectItem:
    """What was drafted and reviewed anew takes the place of what is public; the earlier versions stay listed, and can
    be read unless ``hide_earlier``, for a reason that is kept.
    """

    agency: str
    number: str
    version: int
    hide_earlier: bool = False
    reason: str = ""
    key: str | None = None


@dataclass(frozen=True)
class WithdrawItem:
    """The item is public no more, for a reason that is kept."""

    agency: str
    number: str
    version: int
    reason: str
    key: str | None = None


def publish_item(unit: Unit, agency: Agency, actor: Actor, command: PublishItem, rules: Rules, now: datetime) -> None:
    """Publish what stands in the draft, if exactly that passed the review; it gets the next index number. A document
    that part two of the report counts is noted as made.
    """
    history = unit.history(agency, of(command.number))
    content = drafted(unit, agency, command.number)
    hash = _released(unit, agency, actor, command.number, history, content, rules)
    on = today(now)
    index = f"{on.year}-{unit.serial(agency, SERIES, on.year):05}"
    carry_on(unit, agency, command.number, history, ItemPublished(on, content["column"], hash, index), now)
    made(unit, agency, command.number, content, now)


def correct_item(unit: Unit, agency: Agency, actor: Actor, command: CorrectItem, rules: Rules, now: datetime) -> None:
    """Publish the corrected item, if exactly what stands in the draft passed the review.

    A document that is in force no more is noted as abolished. Raises ``Refused``, also where earlier versions shall be
    hidden and no reason is given.
    """
    reason = command.reason.strip()
    if command.hide_earlier and not reason:
        raise Refused(message("item.missing", item_field="hide_earlier"))
    history = unit.history(agency, of(command.number))
    content = drafted(unit, agency, command.number)
    hash = _released(unit, agency, actor, command.number, history, content, rules)
    if hash == standing(history).content:
        raise Refused(message("item.unchanged"))
    carry_on(unit, agency, command.number, history, ItemCorrected(today(now), hash, command.hide_earlier), now)
    abolished(unit, agency, command.number, content, now)
    if reason:
        unit.remark(agency, of(command.number), actor.person, reason, now)


def withdraw_item(unit: Unit, agency: Agency, actor: Actor, command: WithdrawItem, rules: Rules, now: datetime) -> None:
    """Withdraw what is public: from here on no page, list or search has it. Raises ``Refused``."""
    history = unit.history(agency, of(command.number))
    drafted(unit, agency, command.number)
    reason = command.reason.strip()
    if not reason:
        raise Refused(message("item.missing", item_field="reason"))
    carry_on(unit, agency, command.number, history, ItemWithdrawn(today(now)), now)
    unit.remark(agency, of(command.number), actor.person, reason, now)


def _released(
    unit: Unit,
    agency: Agency,
    actor: Actor,
    number: str,
    history: list[Entry],
    content: Mapping[str, str],
    rules: Rules,
) -> str:
    """The hash of what may go out by this person's hand."""
    hash = refuse_unreviewed(unit, agency, of(number), history, rules.chains["item"], content)
    if actor.person in reviewed(history, rules.chains["item"]).authors:
        raise Refused(message("item.own-release"))
    return hash
