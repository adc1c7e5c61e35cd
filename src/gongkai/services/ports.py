"""What a step needs from outside. ``site`` hands in what keeps these promises; a step never knows what that is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple, Protocol

from gongkai.core.calendar.days import Calendar
from gongkai.core.law.clock import Reckoning
from gongkai.core.law.outcomes import Outcomes
from gongkai.core.law.values import Values
from gongkai.core.ledger.chain import Link
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import Event
from gongkai.core.message import Told, message
from gongkai.core.review.permissions import Role
from gongkai.core.review.review import Chain


class Stale(Told):
    """Somebody else changed the thing meanwhile: ``found`` is its version now."""

    def __init__(self, found: int, expected: int) -> None:
        super().__init__(message("act.stale", found=found, expected=expected))
        self.found, self.expected = found, expected


class StaleDraft(Stale):
    """Somebody else wrote on the draft meanwhile; the versions are those of the draft."""


class Agency(NamedTuple):
    """An agency: its ``id`` never changes and its chain follows it. ``algorithm`` is the hash with which it began."""

    id: str
    name: str
    algorithm: str = "sha256"


class Actor(NamedTuple):
    """Who acts: a person of an agency with the roles held there."""

    person: str
    agency: str
    roles: frozenset[Role]


def machine(agency: str = "") -> Actor:
    """Whoever has the command line of the machine: the operator (运维) of every agency, and of none yet."""
    return Actor("", agency, frozenset(("operator",)))


CITIZEN = Actor("", "", frozenset(("citizen",)))
"""Whoever asks for information: no account, no name."""


class Rules(NamedTuple):
    """The law as it stands where the agency is: what a step asks beside the ledger."""

    calendar: Calendar
    values: Values
    outcomes: Outcomes
    chains: Mapping[str, Chain]


class Outside(NamedTuple):
    """What a request says of a person and of its subject: kept encrypted outside the ledger, erased on schedule.

    ``details``: whatever else stands in the form, by field (address, telephone, the form that is wished …).
    """

    name: str | None
    subject: str | None
    details: Mapping[str, str] = MappingProxyType({})


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


class Draft(NamedTuple):
    """What is being written about a thing. ``version`` counts its changes from 1, ``writers`` are all who made them."""

    content: Mapping[str, str]
    version: int
    writers: tuple[str, ...] = ()


class Member(NamedTuple):
    """Somebody who works in an agency. ``ended``: their access has ended; ``invited``: they have not enrolled yet."""

    id: str
    agency: str
    name: str
    login: str
    roles: tuple[Role, ...]
    invited: bool
    ended: bool


class Unit(Protocol):
    """All that one act changes. It is committed as a whole when the unit is left, and not at all where it fails."""

    def own(self, agency: str) -> Agency:
        """The agency of this id, locked as by ``agency``. Raises ``Refused`` where there is none."""
        ...

    def parent(self, agency: Agency) -> str | None:
        """The id of the agency above."""
        ...

    def serial(self, agency: Agency, series: str, year: int) -> int:
        """The next number of a series of the year, from 1 and without a gap."""
        ...

    def draft(self, agency: Agency, thing: Thing) -> Draft | None:
        """What is being written about a thing."""
        ...

    def write(self, agency: Agency, thing: Thing, content: Mapping[str, str], expected: int, writer: str) -> Draft:
        """Put another content in the place of draft ``expected`` (0: there is none). Raises ``StaleDraft``."""
        ...

    def freeze(self, agency: Agency, thing: Thing, content: Mapping[str, str]) -> str:
        """Keep a content, sealed, by its salted hash, which is given back; the same content has the same one."""
        ...

    def frozen(self, agency: Agency, hash: str) -> Mapping[str, str]:
        """The content of a hash. Raises ``Refused`` where it was never frozen or has been erased."""
        ...

    def kept(self, hash: str) -> bool:
        """Whether a file of this hash was kept (``Files``)."""
        ...

    def take_error(self, agency: Agency, thing: Thing, told: Mapping[str, str], at: datetime) -> None:
        """Keep what a reader reports of a thing, sealed."""
        ...

    def open_error(self, agency: Agency, report: int) -> Mapping[str, str]:
        """What a report says that is not closed. Raises ``Refused`` where there is none."""
        ...

    def close_error(self, agency: Agency, report: int, told: Mapping[str, str], person: str, at: datetime) -> None:
        """Close a report, another text in the place of its own."""
        ...

    def open_by_code(self, agency: Agency, number: str, code: str) -> None:
        """Let whoever knows the code follow a request."""
        ...

    def answered(self, key: str) -> Mapping[str, str] | None:
        """What was answered when this key was used before."""
        ...

    def answer(self, key: str, answer: Mapping[str, str]) -> None:
        """Remember an answer by its key, so that the same act sent twice is done once."""
        ...

    def remark(self, agency: Agency, thing: Thing, person: str, text: str, at: datetime) -> None:
        """Keep what a reviewer wrote, sealed."""
        ...

    def send(self, agency: Agency, thing: Thing, letter: str, content: Mapping[str, str]) -> None:
        """Put a letter into the outbox: it leaves if, and only if, this act is committed. It belongs to the last event
        about the thing.
        """
        ...

    def posted(self, agency: Agency, letter: int, person: str, at: datetime) -> None:
        """Note who posted a letter of the outbox. Raises ``Refused`` where nobody has to post it, or it has left."""
        ...

    def served(self, agency: Agency, thing: Thing, person: str, at: datetime, mailed: bool) -> None:
        """The reply about a thing was handed over: nobody has to post it. Where it was ``mailed``, the mail
        about it still leaves by itself, however late.
        """
        ...

    def returned(self, agency: Agency, thing: Thing) -> None:
        """The last reply about a thing came back: somebody has to post it again, on paper."""
        ...

    def agency(self, name: str) -> Agency:
        """The agency of this name, made where there is none. Another act on it waits until this unit is left: what is
        asked after this call stays true until then.
        """
        ...

    def member(self, agency: Agency, person: str) -> Member:
        """Somebody of the agency. Raises ``Refused`` where nobody there has this id."""
        ...

    def admit(self, agency: Agency, name: str, login: str) -> Member:
        """Somebody new, without a role. Raises ``Refused`` where the login is taken."""
        ...

    def assign(self, member: Member, roles: Collection[Role]) -> None:
        """Let somebody hold these roles and no others."""
        ...

    def enrol(self, member: Member) -> str:
        """A token by which somebody enrols, once; whatever they signed in with before ends now."""
        ...

    def end(self, member: Member, at: datetime) -> None:
        """End somebody's access, their sessions too. Their name stays with what they did."""
        ...

    def last_recorded(self, agency: Agency) -> datetime | None:
        """When the last entry was recorded; ``None`` where the chain is empty."""
        ...

    def history(self, agency: Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        ...

    def entries(self, agency: Agency) -> Iterator[Entry]:
        """All entries of the agency, in order."""
        ...

    def keep(self, agency: Agency, thing: Thing, outside: Outside) -> Commitments:
        """Store what stands outside, encrypted. Raises ``Refused`` where something is kept of that thing already: the
        act is then over, nothing more can be asked of the unit.
        """
        ...

    def append(self, agency: Agency, new: Sequence[New]) -> list[Entry]:
        """Append events to the agency's chain, in this order. ``recorded`` never decreases: one that was overtaken by
        the entry before it becomes that one's. Raises ``Refused`` where it would call the agency as another is called.
        """
        ...

    def stand(self, agency: Agency, number: str, reckoning: Reckoning) -> None:
        """Note where a request stands, for lists: a projection, never an authority."""
        ...


class Files(Protocol):
    """Files outside the database, sealed, by the SHA-256 of their bytes; kept before the act that names them."""

    def keep(self, data: bytes) -> str:
        """Keep a file whole, and give its hash; the same bytes are kept once."""
        ...

    def read(self, hash: str) -> bytes:
        """The bytes of a hash, held against it again. Raises ``Refused``."""
        ...


class Ledgers(Protocol):
    """The ledgers of all agencies. ``algorithm`` is the hash with which a new installation begins: sha256, or sm3."""

    algorithm: str

    @property
    def files(self) -> Files:
        """The files that stand outside the database."""
        ...

    def agencies(self) -> list[Agency]:
        """All agencies, by name."""
        ...

    def agency(self, name: str) -> Agency | None:
        """The agency of exactly this name."""
        ...

    def renamed(self) -> Mapping[str, str]:
        """By each name that one agency bore, and none bears now, what that agency is called (原名到现名)."""
        ...

    def member(self, login: str) -> Member | None:
        """Whoever has this login."""
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
