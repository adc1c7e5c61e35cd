"""What a step needs from outside. ``site`` hands in what keeps these promises; a step never knows what that is."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import NamedTuple, Protocol

from gongkai.core.law.clock import Reckoning
from gongkai.core.ledger.chain import Link
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import Event


class Agency(NamedTuple):
    """An agency: its ``id`` never changes and its chain follows it. ``algorithm`` is the hash with which it began."""

    id: str
    name: str
    algorithm: str = "sha256"


class Outside(NamedTuple):
    """What a request says of a person and of its subject: kept encrypted outside the ledger, erased on schedule."""

    name: str | None
    subject: str | None


class Commitments(NamedTuple):
    """Salted hashes of what stands outside, for the event that it belongs to."""

    name: str | None
    subject: str | None


class New(NamedTuple):
    """An event to be appended. ``recorded`` is when it became known, ``claimed`` when a register says so."""

    thing: Thing
    event: Event
    recorded: datetime
    claimed: datetime | None = None


class Unit(Protocol):
    """All that one act changes. It is committed as a whole when the unit is left, and not at all where it fails."""

    def agency(self, name: str) -> Agency:
        """The agency of this name, made where there is none. Another act on it waits until this unit is left: what is
        asked after this call stays true until then.
        """
        ...

    def last_recorded(self, agency: Agency) -> datetime | None:
        """When the last entry was recorded; ``None`` where the chain is empty."""
        ...

    def history(self, agency: Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        ...

    def keep(self, agency: Agency, thing: Thing, outside: Outside) -> Commitments:
        """Store what stands outside, encrypted. Raises ``Refused`` where something is kept of that thing already: the
        act is then over, nothing more can be asked of the unit.
        """
        ...

    def append(self, agency: Agency, new: Sequence[New]) -> list[Entry]:
        """Append events to the agency's chain, in this order. ``recorded`` never decreases: one that was overtaken by
        the entry before it becomes that one's.
        """
        ...

    def stand(self, agency: Agency, number: str, reckoning: Reckoning) -> None:
        """Note where a request stands, for lists: a projection, never an authority."""
        ...


class Ledgers(Protocol):
    """The ledgers of all agencies. ``algorithm`` is the hash with which a new installation begins: sha256, or sm3."""

    algorithm: str

    def agencies(self) -> list[Agency]:
        """All agencies, by name."""
        ...

    def agency(self, name: str) -> Agency | None:
        """The agency of exactly this name."""
        ...

    def last_recorded(self, agency: Agency) -> datetime | None:
        """When the last entry was recorded; ``None`` where the chain is empty."""
        ...

    def entries(self, agency: Agency, known_by: date | None = None) -> Iterator[Entry]:
        """The agency's entries in order; with ``known_by`` those recorded up to the end of that day."""
        ...

    def history(self, agency: Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        ...

    def outside(self, agency: Agency, thing: Thing) -> Outside | None:
        """What stands outside the ledger about a thing; ``None`` where it was never there or has been erased."""
        ...

    def erase(self, agency: Agency, thing: Thing) -> None:
        """Erase what stands outside about a thing. The ledger stays as it is, and so does every figure."""
        ...

    def links(self, agency: Agency) -> Iterator[Link]:
        """The agency's chain as it is stored, in the order stored, without judging it."""
        ...

    def orphans(self) -> list[str]:
        """The ids of agencies that entries name and that are not there: none, unless somebody tampered."""
        ...

    def unit(self) -> AbstractContextManager[Unit]:
        """Begin an act."""
        ...
