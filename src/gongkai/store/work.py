"""What there is to do in an agency (我的工作): its requests, what each awaits, and the reviews that wait for somebody.

Each question takes one query, however much there is.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any, Literal, NamedTuple, cast, get_args

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from gongkai.core.law.clock import Awaited
from gongkai.core.law.risk import Risk, near, risk_of
from gongkai.core.ledger.entry import Kind
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.review.review import Grade, is_own
from gongkai.core.review.review import State as ReviewState
from gongkai.core.review.turn import turn_of
from gongkai.services.ports import Actor, Rules
from gongkai.services.report.annual import FIGURES
from gongkai.store import models
from gongkai.store.ledgers import Ledgers
from gongkai.store.prepared import Given, Prepared
from gongkai.store.unit import content_of

LIMIT = 25


class Place(NamedTuple):
    """Where the list goes on: after the request of this rank, date, day of receipt and number."""

    rank: int
    due: date
    received_on: date
    number: str


FIRST = Place(-1, date.min, date.min, "")
"""Before all."""


class Turn(NamedTuple):
    """Where the review of a thing stands; ``unchanged``: its draft is still what was submitted."""

    state: ReviewState = "none"
    grade: Grade | None = None
    unchanged: bool = False


class Row(NamedTuple):
    """A request with something to do; ``risk`` is as of the day asked for."""

    number: str
    subject: str | None
    applicant: str
    received_on: date
    due_on: date | None
    provisional_on: date | None
    closed_on: date | None
    risk: Risk
    awaits: Awaited
    drafted: bool
    turn: Turn

    @property
    def place(self) -> Place:
        """Where a list that ends here goes on."""
        due = self.due_on or self.provisional_on
        rank = 1 if self.awaits == "service" else 2 if due is None else 0
        return Place(rank, due or date.max, self.received_on, self.number)


class Listed(NamedTuple):
    """Requests, what is due first in front; ``after``: where the list goes on, if it does. ``further``: items and
    reports, what was submitted first in front, and ``beyond`` where that list goes on.
    """

    rows: tuple[Row, ...]
    after: Place | None
    further: tuple["Further", ...]
    beyond: int | None


class Waiting(NamedTuple):
    """Something whose turn it is at a grade; ``title`` is what is asked for, or what an item is called."""

    kind: Kind
    number: str
    grade: Grade
    title: str | None
    due_on: date | None
    provisional_on: date | None
    risk: Risk


class Reviews(NamedTuple):
    """What waits for somebody's review; ``after``: where the list goes on, if it does."""

    rows: tuple[Waiting, ...]
    after: int | None


Ended = Literal["complete", "returned", "changed", "published"]


class Further(NamedTuple):
    """An item or a report whose review has ended: approved it waits to be published, returned to be mended,
    changed since to be submitted anew; a report that was published, to be submitted above (报送).
    """

    kind: Kind
    number: str
    state: Ended
    title: str | None


FURTHER: tuple[tuple[Kind, Ended, Act], ...] = (
    ("item", "complete", "publish_item"),
    ("item", "returned", "draft_item"),
    ("item", "changed", "submit_item"),
    ("report", "complete", "publish_report"),
    ("report", "returned", "draft_report"),
    ("report", "changed", "submit_report"),
    ("report", "published", "submit_above"),
)
"""By which act each goes on."""


class _Pending(NamedTuple):
    """A row of the projection of that name, with what was submitted, the draft as it is now and the office above."""

    id: int
    kind: Kind
    number: str
    state: str
    grade: str
    authors: list[str]
    content: str
    draft: bytes | None
    frozen: bytes | None
    above: str | None


_DUE = Coalesce("due_on", "provisional_on", Value(date.max, DateField()))
_RANK = Case(When(awaits="service", then=1), When(due_on=None, provisional_on=None, then=2), default=0)
"""What has a date, then what is only to be noted as served, then what waits for others."""
_ORDER = ("rank", "due", "received_on", "number")
_OPEN = ~Q(awaits="service")
SHOWN: dict[str, Q] = {
    "all": Q(),
    "overdue": _OPEN & (Q(due_on__lt=Given("today")) | Q(due_on=None, provisional_on__lt=Given("today"))),
    "near": _OPEN
    & (
        Q(due_on__gte=Given("today"), due_on__lt=Given("certain"))
        | Q(due_on=None, provisional_on__gte=Given("today"), provisional_on__lt=Given("provisional"))
    ),
    **{awaits: Q(awaits=awaits) for awaits in ("correction", "fee", "opinion", "service")},
}
"""To what the list is narrowed, by its name: what is counted of a name is what the list of that name shows."""

_TO_DO = models.Standing.objects.filter(agency_id=Given("agency"), awaits__in=get_args(Awaited))
_AFTER = Q(rank__gt=Given("rank")) | Q(rank=Given("rank")) & (
    Q(due__gt=Given("due"))
    | Q(due=Given("due"))
    & (Q(received_on__gt=Given("received")) | Q(received_on=Given("received"), number__gt=Given("number")))
)
_ITS = {"agency_id": OuterRef("agency_id"), "kind": "request", "number": OuterRef("number")}
_ITS_ALL = {**_ITS, "kind": OuterRef("kind")}


def _listing(shown: Q) -> Prepared:
    first = _TO_DO.filter(shown).annotate(rank=_RANK, due=_DUE).filter(_AFTER).order_by(*_ORDER)
    return Prepared(
        models.Standing.objects.filter(id__in=first.values("id")[: LIMIT + 1])
        .annotate(
            rank=_RANK,
            due=_DUE,
            outside=Subquery(models.Outside.objects.filter(**_ITS).values("sealed")),
            drafted=Exists(models.Draft.objects.filter(**_ITS)),
        )
        .order_by(*_ORDER)
        .values_list(
            *("number", "applicant", "received_on", "state", "due_on", "provisional_on", "closed_on", "awaits"),
            *("drafted", "outside"),
        )
    )


def _settled(sealed: QuerySet[Any]) -> Case:
    """What is sealed, where the review has ended: there it matters whether the draft was changed since."""
    return Case(When(state__in=("returned", "complete"), then=Subquery(sealed.values("sealed"))), default=None)


_LISTS = {name: _listing(shown) for name, shown in SHOWN.items()}
_COUNTS = Prepared(
    _TO_DO.order_by()
    .values("agency_id")
    .annotate(**{f"of_{name}": Count("id", filter=shown) for name, shown in SHOWN.items()})
    .values_list(*(f"of_{name}" for name in SHOWN))
)
_REVIEWS = models.Pending.objects.filter(agency_id=Given("agency"))
_PENDING = Prepared(
    _REVIEWS.annotate(
        draft=_settled(models.Draft.objects.filter(**_ITS_ALL)),
        submitted=_settled(models.Frozen.objects.filter(**_ITS_ALL, hash=OuterRef("content"))),
        above=F("agency__place__parent_id"),
    )
    .order_by("id")
    .values_list("id", "kind", "number", "state", "grade", "authors", "content", "draft", "submitted", "above")
)
_TURNS = Prepared(_REVIEWS.exclude(grade="").values_list("kind", "grade", "authors"))


def work(
    actor: Actor,
    ledgers: Ledgers,
    rules: Rules,
    today: date,
    shown: str = "all",
    after: Place = FIRST,
    beyond: int = 0,
) -> Listed:
    """The requests of the actor's agency with something to do, narrowed to a name of ``SHOWN``, and beside them the
    items and reports that this person takes further; two queries.
    """
    _refuse(actor)
    rank, due, received_on, number = after
    place = {"due": due.isoformat(), "received": received_on.isoformat(), "number": number}
    found = _LISTS[shown](agency=actor.agency, rank=rank, **place, **_days(rules, today))
    pending = [_Pending(*row) for row in _PENDING(agency=actor.agency)]
    turns = _turns(ledgers, pending)
    listed = []
    for number, applicant, received_on, state, due_on, provisional_on, *more, outside in found[:LIMIT]:
        closed_on, awaits, drafted = more
        risk = risk_of(state, due_on, provisional_on, today, rules.calendar)
        subject = None if outside is None else ledgers.subject(outside)
        told = (number, subject, applicant, received_on, due_on, provisional_on, closed_on, risk, awaits, drafted)
        listed.append(Row(*told, turns.get(number, _NONE)))
    after_last = listed[-1].place if len(found) > LIMIT else None
    further = list(islice(_further(actor, ledgers, (row for row in pending if row.id > beyond)), LIMIT + 1))
    taken = tuple(Further(row.kind, row.number, state, _title(ledgers, row)) for row, state in further[:LIMIT])
    return Listed(tuple(listed), after_last, taken, further[LIMIT - 1][0].id if len(further) > LIMIT else None)


_NONE = Turn()


def counts(actor: Actor, rules: Rules, today: date) -> Mapping[str, int]:
    """How many requests of the actor's agency there are of each name of ``SHOWN``."""
    _refuse(actor)
    found = _COUNTS(agency=actor.agency, **_days(rules, today))
    return dict(zip(SHOWN, found[0] if found else [0] * len(SHOWN), strict=True))


def to_review(actor: Actor) -> int:
    """How many things wait for this person's review: at a grade that they hold, and not their own."""
    found = _TURNS(agency=actor.agency)
    return sum(turn_of(actor.person, actor.roles, kind, grade, authors) for kind, grade, authors in found)


def reviews(actor: Actor, ledgers: Ledgers, rules: Rules, today: date, after: int = 0) -> Reviews:
    """What waits for this person's review, what was submitted first in front."""
    _refuse(actor)
    its = {"agency_id": OuterRef("agency_id"), "number": OuterRef("number")}
    standing = models.Standing.objects.filter(**its).annotate(kind=Value("request")).filter(kind=OuterRef("kind"))
    rows = (
        models.Pending.objects.filter(agency_id=actor.agency, id__gt=after)
        .exclude(grade="")
        .annotate(
            outside=Subquery(models.Outside.objects.filter(**its, kind=OuterRef("kind")).values("sealed")),
            frozen=Subquery(
                models.Frozen.objects.filter(**its, kind=OuterRef("kind"), hash=OuterRef("content")).values("sealed")
            ),
            of_request=Subquery(standing.values("state")),
            due_on=Subquery(standing.values("due_on")),
            provisional_on=Subquery(standing.values("provisional_on")),
        )
        .order_by("id")
    )
    found = [row for row in rows if turn_of(actor.person, actor.roles, row.kind, row.grade, row.authors)]
    shown = tuple(_waiting(ledgers, rules, today, row) for row in found[:LIMIT])
    return Reviews(shown, found[LIMIT - 1].id if len(found) > LIMIT else None)


def _further(actor: Actor, ledgers: Ledgers, pending: Iterable[_Pending]) -> Iterator[tuple[_Pending, Ended]]:
    """The items and reports that this person takes further; nobody publishes their own."""
    able = {(kind, state) for kind, state, act in FURTHER if refusal(act, actor.roles, "own") is None}
    for row in pending:
        state = _ended(ledgers, row)
        barred = state == "complete" and is_own(row.authors, actor.person)
        if (row.kind, state) in able and not barred and not (state == "published" and row.above is None):
            yield row, cast("Ended", state)


def _ended(ledgers: Ledgers, row: _Pending) -> str:
    return row.state if _unchanged(ledgers, row) else "changed"


def _title(ledgers: Ledgers, row: Any) -> str | None:
    """What an item is called in the content that was submitted."""
    return content_of(ledgers.sealer, row.content, row.frozen)["title"] if row.kind == "item" else None


def _turns(ledgers: Ledgers, pending: list[_Pending]) -> dict[str, Turn]:
    """Where the reviews of replies stand that have not left."""
    found = {}
    for row in pending:
        if row.kind == "request":
            turn = cast("ReviewState", row.state), cast("Grade", row.grade) or None
            found[row.number] = Turn(*turn, _unchanged(ledgers, row))
    return found


def _unchanged(ledgers: Ledgers, row: _Pending) -> bool:
    """Whether what was written is still what was submitted, where the review has ended."""
    if row.frozen is None or row.draft is None:
        return True
    content = {**content_of(ledgers.sealer, row.content, row.frozen)}
    content.pop(FIGURES, None)  # those of a report follow the ledger: its page tells when they moved
    return content == ledgers.sealer.unpack(bytes(row.draft))


def _waiting(ledgers: Ledgers, rules: Rules, today: date, row: Any) -> Waiting:
    title = _title(ledgers, row)
    if row.kind == "request" and row.outside is not None:
        title = ledgers.subject(row.outside)
    dates = row.due_on, row.provisional_on
    risk = risk_of(row.of_request or "handling", *dates, today, rules.calendar)
    return Waiting(row.kind, row.number, row.grade, title, *dates, risk)


def _days(rules: Rules, today: date) -> dict[str, str]:
    certain, provisional = near(today, rules.calendar)
    return {"today": today.isoformat(), "certain": certain.isoformat(), "provisional": provisional.isoformat()}


def _refuse(actor: Actor) -> None:
    if said := refusal("look", actor.roles, "own"):
        raise Refused(said)
