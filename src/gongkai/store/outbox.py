"""The outbox (发件箱): what must leave because of an act, claimed by one sender at a time, listed for the desk."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.permissions import refusal
from gongkai.services import ports
from gongkai.services.outgoing.mail import address, way
from gongkai.services.ports import Actor
from gongkai.store import models
from gongkai.store.prepared import ABOUT, Prepared
from gongkai.store.rows import agency_of
from gongkai.store.sealing import Sealer

PAUSE, DOUBLINGS = timedelta(minutes=5), 6
"""The pause after a first attempt, longer than any attempt takes, and how often it doubles: up to some five hours."""
LATE = timedelta(days=1)
"""What waits for longer somebody must look at."""
LIMIT = 25
SERVED = "reply"
"""The letter whose posting is its service (送达), which is an event of the request."""
ORGAN, ABOVE = "organ", "above"
"""By these a letter holds the names of its agency and of the office above it."""

_SENT = Prepared(
    models.Outgoing.objects.filter(**ABOUT)
    .order_by("id")
    .values_list("id", "letter", "sequence", "sealed", "way", "sent")
)


class Sent(NamedTuple):
    """A letter of the outbox: its id, which letter, to which entry it belongs, what it says, sealed, which way it goes
    (mail or paper), and when it left, if it has.
    """

    id: int
    letter: str
    sequence: int
    sealed: bytes
    way: str
    left: datetime | None


class Claimed(NamedTuple):
    """A letter that this sender alone may mail now. ``address``: ``None`` where it has been erased."""

    id: int
    agency: ports.Agency
    letter: str
    content: Mapping[str, str]
    address: str | None


class Waiting(NamedTuple):
    """A letter that somebody must post; ``fault``: what the mail server said, where it was to be mailed."""

    id: int
    number: str
    letter: str
    made: datetime
    way: str
    fault: str


class Listed(NamedTuple):
    """Letters that wait, the oldest first; ``after``: where the list goes on, if it does."""

    rows: tuple[Waiting, ...]
    after: int | None


class Outbox:
    """The letters of all agencies that left or must leave."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def put(self, agency: ports.Agency, thing: Thing, letter: str, content: Mapping[str, str]) -> None:
        """A letter that belongs to the last entry about a thing; it is of that instant, and names whose it is and who
        stands above as they are called then.
        """
        about = {"agency_id": agency.id, "kind": thing.kind, "number": thing.number}
        last = models.Entry.objects.filter(**about).order_by("-sequence").only("sequence", "recorded")[0]
        outside = models.Outside.objects.filter(**about).first()
        details = self._sealer.open(bytes(outside.sealed)).details if outside else {}
        own, above = models.Agency.objects.values_list("name", "place__parent__name").get(id=agency.id)
        models.Outgoing.objects.create(
            **about,
            letter=letter,
            sealed=self._sealer.pack({**content, ORGAN: own, ABOVE: above or ""}),
            sequence=last.sequence,
            made=last.recorded,
            again=last.recorded,
            way=way(letter, content, details),
        )

    def posted(self, agency: ports.Agency, letter: int, person: str, at: datetime) -> None:
        """Note who posted a letter that the list gives to post. Raises ``Refused`` where it has left already, leaves by
        itself, is served rather than posted, or is none of this agency.
        """
        rows = _by_hand(at).exclude(letter=SERVED).filter(agency_id=agency.id, id=letter)
        if not rows.update(sent=at, posted_by_id=person):
            raise Refused(message("outbox.left-already"))

    def served(self, agency: ports.Agency, thing: Thing, person: str, at: datetime, mailed: bool) -> None:
        """The reply about a thing was handed over: it need not be posted. Where it was ``mailed``, the mail about it
        still leaves by itself, however late.
        """
        rows = _waiting().filter(way="paper") if mailed else _waiting()
        about = {"agency_id": agency.id, "kind": thing.kind, "number": thing.number}
        rows.filter(**about, letter=SERVED).update(sent=at, posted_by_id=person)

    def returned(self, agency: ports.Agency, thing: Thing) -> None:
        """The last reply about a thing came back: it waits to be posted, on paper however it went before."""
        about = {"agency_id": agency.id, "kind": thing.kind, "number": thing.number}
        last = models.Outgoing.objects.filter(**about, letter=SERVED).order_by("-id")[:1]
        models.Outgoing.objects.filter(id__in=last.values("id")).update(sent=None, posted_by=None, way="paper")

    def of(self, agency: ports.Agency, number: str) -> tuple[Sent, ...]:
        """Every letter about a request, in order."""
        return tuple(Sent(*row) for row in _SENT(agency=agency.id, kind="request", number=number))

    def content(self, sent: Sent) -> dict[str, str]:
        """What a letter says."""
        said: dict[str, str] = self._sealer.unpack(bytes(sent.sealed))
        return said

    def due(self, now: datetime, limit: int = 100) -> list[int]:
        """The ids of letters to be mailed now, the oldest first."""
        rows = _waiting().filter(way="mail", again__lte=now).order_by("id")
        return list(rows.values_list("id", flat=True)[:limit])

    def claim(self, id: int, now: datetime) -> Claimed | None:
        """A letter to be mailed by the caller and nobody else; ``None`` where another claimed it or it has left.

        A claim is itself the pause before the next attempt: whoever falls after it leaves a letter that is tried again.
        """
        row = models.Outgoing.objects.select_related("agency").filter(id=id).first()
        if row is None:
            return None
        pause = PAUSE * 2 ** min(row.tries, DOUBLINGS)
        free = _waiting().filter(id=id, way="mail", again__lte=now, tries=row.tries)
        if not free.update(tries=F("tries") + 1, again=now + pause):
            return None
        outside = models.Outside.objects.filter(agency_id=row.agency_id, kind=row.kind, number=row.number).first()
        to = address(self._sealer.open(bytes(outside.sealed)).details) if outside else None
        return Claimed(id, agency_of(row.agency), row.letter, self._sealer.unpack(bytes(row.sealed)), to)

    def mailed(self, id: int, at: datetime) -> None:
        """The mail server took it; what came back meanwhile waits to be posted all the same."""
        _waiting().filter(id=id, way="mail").update(sent=at, fault=None)

    def kept(self, id: int, reason: str) -> None:
        """It could not be mailed now; it is tried again after its pause."""
        _waiting().filter(id=id).update(fault=self._sealer.pack(reason))

    def refused(self, id: int, reason: str) -> None:
        """The mail server will never take it: it has to leave on paper."""
        _waiting().filter(id=id).update(way="paper", fault=self._sealer.pack(reason))

    def waiting(self, actor: Actor, now: datetime, after: int | None = None, limit: int = LIMIT) -> Listed:
        """What the actor's agency must print and post: on paper from the beginning, refused by mail, or in vain for
        longer than a day.
        """
        if said := refusal("note_posting", actor.roles, "own"):
            raise Refused(said)
        rows = _by_hand(now).filter(agency_id=actor.agency)
        found = list(rows.filter(id__gt=after or 0).order_by("id")[: limit + 1])
        listed = tuple(
            Waiting(row.id, row.number, row.letter, row.made, row.way, self._fault(row)) for row in found[:limit]
        )
        return Listed(listed, listed[-1].id if len(found) > limit else None)

    def late(self, now: datetime) -> int:
        """How many letters have waited for longer than a day, in all agencies."""
        return _waiting().filter(made__lt=now - LATE).count()

    def to_mail(self) -> int:
        """How many letters wait to be mailed, in all agencies."""
        return _waiting().filter(way="mail").count()

    def _fault(self, row: models.Outgoing) -> str:
        return self._sealer.unpack(bytes(row.fault)) if row.fault else ""


def _waiting() -> QuerySet[models.Outgoing]:
    return models.Outgoing.objects.filter(sent=None)


def _by_hand(now: datetime) -> QuerySet[models.Outgoing]:
    return _waiting().filter(Q(way="paper") | Q(made__lt=now - LATE))
