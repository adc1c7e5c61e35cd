"""What every step of an item shares: its history carried on by events that may follow, and its draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.item import Item, after, item
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.ports import Agency, New, Unit


def of(number: str) -> Thing:
    """The item of this number, given with its first draft. Its index number (索引号) comes with the publication."""
    return Thing("item", number)


def standing(history: Sequence[Entry]) -> Item:
    """Where an item stands."""
    return item(entry.event for entry in amended(history))


def drafted(unit: Unit, agency: Agency, number: str) -> Mapping[str, str]:
    """What is being written. Raises ``Refused`` where there is no item of this number."""
    draft = unit.draft(agency, of(number))
    if draft is None:
        raise Refused(message("item.unknown", number=number))
    return draft.content


def refuse_withdrawn(history: Sequence[Entry]) -> None:
    """Raises ``Refused`` for an item that was withdrawn: nothing more is done about it."""
    if standing(history).state == "withdrawn":
        raise Refused(message("item.withdrawn"))


def carry_on(unit: Unit, agency: Agency, number: str, history: Sequence[Entry], event: Event, now: datetime) -> None:
    """Append what becomes of an item, if it can follow. Raises ``Refused``."""
    after(standing(history), event)
    unit.append(agency, [New(of(number), event, now)])
