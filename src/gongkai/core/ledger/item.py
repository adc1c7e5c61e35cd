"""The life of one item of proactive disclosure (主动公开), replayed from its events: published, corrected, withdrawn.

What stands between drafting and publishing is its review (``core.review``), whose events are passed over here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from gongkai.core.ledger.events import Event, ItemCorrected, ItemPublished, ItemWithdrawn, Reviewed, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

State = Literal["unpublished", "public", "withdrawn"]
"""未公开、已公开、已撤回."""


@dataclass(frozen=True, slots=True)
class Version:
    """A content that was public from a day on; ``content`` is its hash, where it was kept. From ``hidden_on`` it is not
    shown any more.
    """

    on: date
    content: str | None
    hidden_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Where an item stands; the last of ``versions`` is the current one."""

    column: str | None = None
    index_number: str | None = None
    versions: tuple[Version, ...] = ()
    withdrawn_on: date | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.withdrawn_on is not None:
            return "withdrawn"
        return "public" if self.versions else "unpublished"

    @property
    def content(self) -> str | None:
        """The hash of what is public now."""
        return self.versions[-1].content if self.state == "public" else None


def item(history: Iterable[Event]) -> Item:
    """The item as far as it came. Raises ``Refused`` for what cannot follow."""
    found = Item()
    for event in history:
        if not isinstance(event, Submitted | Reviewed):
            found = after(found, event)
    return found


def after(before: Item, event: Event) -> Item:
    """The item after one more event.

    Raises:
        Refused: published twice, corrected or withdrawn before it was public, anything after the withdrawal.
    """
    if before.state == "withdrawn":
        raise Refused(message("item.withdrawn"))
    if isinstance(event, ItemPublished):
        if before.state == "public":
            raise Refused(message("item.public-already"))
        return Item(event.column, event.index_number, (Version(event.on, event.content),))
    if before.state != "public":
        raise Refused(message("item.not-public"))
    if isinstance(event, ItemCorrected):
        earlier = before.versions
        if event.earlier_hidden:
            earlier = tuple(replace(each, hidden_on=each.hidden_on or event.on) for each in earlier)
        return replace(before, versions=(*earlier, Version(event.on, event.content)))
    if isinstance(event, ItemWithdrawn):
        return replace(before, withdrawn_on=event.on)
    raise Refused(message("item.no-part", event=event.name))
