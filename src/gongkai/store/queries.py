"""What pages read. Every question names who asks, and gets what that actor may see."""

from datetime import date
from typing import NamedTuple

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from gongkai.core.law.clock import Reckoning, reckoned
from gongkai.core.law.periods import Periods, replayed
from gongkai.core.law.risk import Risk, risk, risk_of
from gongkai.core.law.strip import Day, drawn
from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import AccessChanged, CorrectionReceived, Reviewed
from gongkai.core.ledger.naming import Former, former
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Relation, refusal
from gongkai.core.review.review import Review, review
from gongkai.services import ports
from gongkai.services.outgoing.mail import TO_APPLICANT
from gongkai.services.ports import Actor, Draft, Outside, Rules
from gongkai.store import models
from gongkai.store.ledgers import Ledgers, Remark, Said
from gongkai.store.naming import namings_of
from gongkai.store.outbox import Sent
from gongkai.store.people import member_of
from gongkai.store.prepared import Given, Prepared
from gongkai.store.rows import agency_of
from gongkai.store.unit import code_hash

LIMIT = 25

_PERSON = Prepared(
    models.Person.objects.filter(id=Given("id"), epoch=Given("epoch"), ended=None).values_list(
        "name", "agency_id", "agency__name", "agency__algorithm", "holdings__role"
    )
)
_URGENT = (Coalesce("due_on", "provisional_on").asc(nulls_last=True), "received_on", "number")
_OUTSIDE = models.Outside.objects.filter(agency_id=OuterRef("agency_id"), kind="request", number=OuterRef("number"))
_FIRST = (
    models.Standing.objects.filter(agency_id=Given("agency"))
    .exclude(state="closed")
    .order_by(*_URGENT)
    .values("id")[: LIMIT + 1]
)
_OPEN = Prepared(
    models.Standing.objects.filter(id__in=_FIRST)
    .annotate(outside=Subquery(_OUTSIDE.values("sealed")))
    .order_by(*_URGENT)
    .values_list("number", "applicant", "state", "due_on", "provisional_on", "outside")
)


class Row(NamedTuple):
    """An open request in a list; ``risk`` is as of the day asked for."""

    number: str
    subject: str | None
    applicant: str
    state: str
    due_on: date | None
    provisional_on: date | None
    risk: Risk


class Open(NamedTuple):
    """What is open; ``more``: there is more than is listed."""

    rows: tuple[Row, ...]
    more: bool


class Person(NamedTuple):
    """Somebody at the desk: a name, an agency, and the actor that they are."""

    name: str
    agency: ports.Agency
    actor: Actor


class Staff(NamedTuple):
    """Somebody who works in an agency, with their roles."""

    id: str
    name: str
    agency: str
    roles: tuple[str, ...]
    epoch: int


class Case(NamedTuple):
    """A request with all that its page shows; ``periods``: its history replayed, days beyond the known years too."""

    agency: ports.Agency
    number: str
    version: int
    outside: Outside | None
    history: tuple[Entry, ...]
    reckoning: Reckoning
    days: tuple[Day, ...]
    days_left: int | None
    periods: Periods
    draft: Draft | None
    review: Review
    under_review: dict[str, str] | None
    above: ports.Agency | None
    remarks: tuple[Remark, ...]
    people: dict[str, str]
    letters: tuple[Sent, ...]


class Tracked(NamedTuple):
    """What an applicant sees of their own request; ``letters``: those to the applicant."""

    agency: ports.Agency
    number: str
    history: tuple[Entry, ...]
    reckoning: Reckoning
    days: tuple[Day, ...]
    days_left: int | None
    outside: Outside | None
    above: ports.Agency | None
    letters: tuple[Sent, ...]


def agencies(actor: Actor) -> list[ports.Agency]:
    """All agencies, by name: anybody may know them."""
    return [agency_of(row) for row in models.Agency.objects.order_by("name")]


def agency(actor: Actor, id: str) -> ports.Agency | None:
    """The agency of an id."""
    row = models.Agency.objects.filter(id=id).first()
    return agency_of(row) if row else None


def former_names(actor: Actor, agency: str) -> list[Former]:
    """What the agency of an id was called before, the newest first."""
    return former(namings_of(agency).get(agency, []))[::-1]


def agency_called(actor: Actor, name: str) -> ports.Agency | None:
    """The agency of a name or an id."""
    row = models.Agency.objects.filter(Q(name=name) | Q(id=name)).first()
    return agency_of(row) if row else None


def agency_by_code(ledgers: Ledgers, number: str, code: str) -> str | None:
    """Whose request of this number is opened by the code; agencies number each for themselves."""
    rows = models.Code.objects.filter(number=number).values_list("agency_id", "hash")
    return next((agency for agency, hash in rows if hash == code_hash(ledgers.sealer, agency, number, code)), None)


def person(id: str, epoch: int = 0) -> Person | None:
    """Who this is; ``None`` where nobody has this id, or their access ended or began anew since ``epoch``."""
    rows = _PERSON(id=id, epoch=epoch)
    if not rows:
        return None
    name, *agency, _ = rows[0]
    own = ports.Agency(*agency)
    return Person(name, own, Actor(id, own.id, frozenset(role for *_, role in rows if role)))


def people() -> list[Staff]:
    """Everybody who works here, agency by agency: only a demonstration shows them."""
    people = models.Person.objects.filter(ended=None).select_related("agency").prefetch_related("holdings")
    return [
        Staff(row.id, row.name, row.agency.name, tuple(each.role for each in row.holdings.all()), row.epoch)
        for row in people.order_by("agency__name", "id")
    ]


def members(actor: Actor) -> list[ports.Member]:
    """The people of the actor's agency, those whose access has ended last."""
    if said := refusal("invite_person", actor.roles, "own"):
        raise Refused(said)
    rows = models.Person.objects.filter(agency_id=actor.agency).prefetch_related("holdings")
    return [member_of(row) for row in rows.order_by(F("ended").asc(nulls_first=True), "login")]


def access(actor: Actor, ledgers: Ledgers, person: str) -> list[AccessChanged]:
    """How the access of somebody of the actor's agency changed, the newest first."""
    if said := refusal("invite_person", actor.roles, "own"):
        raise Refused(said)
    own = agency(actor, actor.agency)
    told = [entry.event for entry in ledgers.history(own, Thing("agency", own.id))] if own else []
    return [event for event in reversed(told) if isinstance(event, AccessChanged) and event.whom == person]


def open_requests(actor: Actor, ledgers: Ledgers, rules: Rules, today: date, agency: str) -> Open:
    """The open requests of an agency below the actor's, or of the own, those due first; one query for all of them."""
    found = _OPEN(agency=_looked_at(actor, agency))
    listed = []
    for number, applicant, state, due_on, provisional_on, outside in found[:LIMIT]:
        subject = None if outside is None else ledgers.subject(outside)
        risk = risk_of(state, due_on, provisional_on, today, rules.calendar)
        listed.append(Row(number, subject, applicant, state, due_on, provisional_on, risk))
    return Open(tuple(listed), len(found) > LIMIT)


def case(
    actor: Actor, ledgers: Ledgers, number: str, rules: Rules, today: date, agency: str | None = None
) -> Case | None:
    """A request of the actor's agency, or of one below; ``None`` where there is none of this number.

    The office above watches terms and outcomes: it sees neither who asked nor what is still being written.
    """
    asked = _looked_at(actor, agency)
    filed = ledgers.filed(asked, Thing("request", number))
    history = ledgers.history(filed.agency, Thing("request", number)) if filed else []
    if filed is None or not history:
        return None
    own = filed.agency
    standing = amended(history)
    told = [entry.event for entry in standing]
    periods = replayed(told, rules.calendar.provisional(), rules.values)
    reckoning = reckoned(periods, today)
    state = review(told, rules.chains["reply"])
    content = None if state.content is None else dict(ledgers.frozen(own, state.content))
    spoken = any(isinstance(event, Reviewed | CorrectionReceived) for event in told)
    said = ledgers.said(own, Thing("request", number)) if spoken else Said({}, ())
    found = Case(
        own,
        number,
        len(history),
        filed.outside,
        tuple(standing),
        reckoning,
        drawn(periods),
        _left(reckoning, rules, today),
        periods,
        filed.draft,
        state,
        content,
        filed.above,
        said.remarks,
        said.people,
        ledgers.outbox.of(own, number),
    )
    return found if asked == actor.agency else _from_above(found)


def _from_above(case: Case) -> Case:
    subject = case.outside and Outside(None, case.outside.subject)
    return case._replace(outside=subject, draft=None, under_review=None, remarks=())


def tracked(ledgers: Ledgers, agency_id: str, number: str, code: str, rules: Rules, today: date) -> Tracked | None:
    """What the applicant with this code sees; ``None`` alike for an unknown number and a wrong code."""
    known = models.Code.objects.filter(agency_id=agency_id, number=number).values_list("hash", flat=True).first()
    if known is None or known != code_hash(ledgers.sealer, agency_id, number, code):
        return None
    filed = ledgers.filed(agency_id, Thing("request", number))
    if filed is None:
        return None
    own = filed.agency
    standing = amended(ledgers.history(own, Thing("request", number)))
    told = [entry.event for entry in standing]
    periods = replayed(told, rules.calendar.provisional(), rules.values)
    reckoning, days = reckoned(periods, today), drawn(periods)
    left = _left(reckoning, rules, today)
    letters = tuple(each for each in ledgers.outbox.of(own, number) if each.letter in TO_APPLICANT)
    return Tracked(own, number, tuple(standing), reckoning, days, left, filed.outside, filed.above, letters)


def _left(reckoning: Reckoning, rules: Rules, today: date) -> int | None:
    return risk(reckoning, today, rules.calendar).days_left


def _looked_at(actor: Actor, agency: str | None) -> str:
    """The id of the agency that the actor looks at, by default the own. Raises ``Refused`` for what is not below."""
    if agency is None or agency == actor.agency:
        _refuse(actor, "own")
        return actor.agency
    _refuse(actor, "below" if models.Place.objects.filter(agency_id=agency, parent_id=actor.agency) else "other")
    return agency


def _refuse(actor: Actor, relation: Relation) -> None:
    if said := refusal("look", actor.roles, relation):
        raise Refused(said)
