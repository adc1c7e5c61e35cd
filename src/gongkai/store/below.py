"""The level below as its competent office sees it: every agency at a glance, its requests, its published reports."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from gongkai.core.checks.finding import Case, Finding
from gongkai.core.checks.run import run
from gongkai.core.law.risk import Level, risk_of
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import refusal
from gongkai.core.tables.fill import Figure
from gongkai.core.tables.report import Report
from gongkai.rulebook.load.words import words
from gongkai.services.ports import Actor, Agency, Rules
from gongkai.services.report.annual import report_of
from gongkai.services.report.frozen import form_frozen, held
from gongkai.store import models
from gongkai.store.ledgers import Ledgers
from gongkai.store.naming import NAMED
from gongkai.store.reports import OF_REPORTS, Year, stands
from gongkai.store.rows import agency_of

MONTHS = 12
"""So many months, the present one among them, show how an agency keeps its terms."""


class Kept(NamedTuple):
    """Requests by how their term was kept: answered in time, late (answered or not), not answered yet and not late."""

    on_time: int
    late: int
    open: int

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self)


class Child(NamedTuple):
    """An agency at a glance. ``received``: this year; ``items``: published this year and still public; ``levels``: its
    open requests by urgency.
    """

    agency: Agency
    received: int
    levels: Mapping[Level, int]
    kept: Kept
    items: int
    stand: Year
    findings: tuple[Finding, ...]

    @property
    def open(self) -> int:
        """How many requests are open."""
        return sum(self.levels.values())


class Board(NamedTuple):
    """All agencies below, those that ask for attention first; and all their requests by the month of receipt."""

    children: tuple[Child, ...]
    months: tuple[tuple[date, Kept], ...]


class Published(NamedTuple):
    """A published report: as it was published, what the checks find in it, and what each figure counted then."""

    agency: Agency
    report: Report
    findings: tuple[Finding, ...]
    figures: Mapping[str, Figure]
    previous: Report | None
    stand: Year


def board(actor: Actor, ledgers: Ledgers, year: int, rules: Rules, today: date) -> Board:
    """Every agency below the actor's office, with its report of a year; five queries, however much there is."""
    _refuse(actor)
    public = models.Item.objects.filter(agency_id=OuterRef("agency_id"), withdrawn_on=None)
    published = public.filter(published_on__gte=today.replace(month=1, day=1))
    counted = published.order_by().values("agency_id").annotate(count=Count("id")).values("count")
    places = list(
        models.Place.objects.select_related("agency")
        .filter(parent_id=actor.agency)
        .annotate(items=Coalesce(Subquery(counted), 0))
        .order_by("agency__name")
    )
    ids = [place.agency_id for place in places]
    months, levels = _months(ids, today), _levels(ids, rules, today)
    reports = stands(models.Entry.objects.filter(_of_years(year), agency_id__in=ids))
    contents = ledgers.contents(each.content for each in reports.values() if each.content)
    children = []
    for place in places:
        agency, own = agency_of(place.agency), months.get(place.agency_id, {})
        stand, last = (reports.get((agency.id, str(each)), Year(str(each))) for each in (year, year - 1))
        report, previous = (_report(agency, each, contents) for each in (stand, last))
        findings = _check(report, previous) if report else ()
        received = sum(kept.all for month, kept in own.items() if month.year == today.year)
        kept = _sum(own.values())
        children.append(Child(agency, received, levels[agency.id], kept, place.items, stand, findings))
    every = sorted({month for own in months.values() for month in own})
    total = tuple((month, _sum(own[month] for own in months.values() if month in own)) for month in every)
    return Board(tuple(sorted(children, key=_urgency)), total)


def published(actor: Actor, ledgers: Ledgers, agency: Agency, year: int) -> Published | None:
    """A published report of an agency below; ``None`` where none is published."""
    child(actor, agency.id)
    found = stands(models.Entry.objects.filter(_of_years(year), agency_id=agency.id))
    stand, last = (found.get((agency.id, str(each)), Year(str(each))) for each in (year, year - 1))
    contents = ledgers.contents(each.content for each in (stand, last) if each.content)
    report, previous = _report(agency, stand, contents), _report(agency, last, contents)
    if report is None:
        return None
    assert stand.frozen is not None and stand.content is not None
    counted = held(tuple(ledgers.entries(agency)), stand.frozen, contents[stand.content]).figures
    return Published(agency, report, _check(report, previous), counted, previous, stand)


def child(actor: Actor, id: str) -> Agency | None:
    """The agency of an id, if it stands below the actor's office; ``None`` for any other."""
    _refuse(actor)
    place = models.Place.objects.select_related("agency").filter(agency_id=id, parent_id=actor.agency).first()
    return agency_of(place.agency) if place else None


def years(actor: Actor, agency: Agency) -> list[Year]:
    """The reports that an agency below has begun, the newest first."""
    _refuse(actor)
    found = stands(models.Entry.objects.filter(OF_REPORTS, agency_id=agency.id))
    return [stand for _, stand in sorted(found.items(), reverse=True)]


def _months(ids: list[str], today: date) -> dict[str, dict[date, Kept]]:
    """By agency and month of receipt, how the requests of the last months were answered."""
    count = today.year * 12 + today.month - MONTHS
    since = date(count // 12, count % 12 + 1, 1)
    overdue = ~Q(state="closed") & (Q(due_on__lt=today) | Q(due_on=None, provisional_on__lt=today))
    rows = (
        models.Standing.objects.filter(agency_id__in=ids, received_on__gte=min(since, today.replace(month=1, day=1)))
        .annotate(month=TruncMonth("received_on"))
        .values("agency_id", "month")
        .annotate(all=Count("id"), closed=Count("id", filter=Q(state="closed")))
        .annotate(late=Count("id", filter=Q(state="closed", closed_on__gt=F("due_on"))))
        .annotate(overdue=Count("id", filter=overdue))
    )
    found: dict[str, dict[date, Kept]] = defaultdict(dict)
    for row in rows:
        kept = Kept(
            row["closed"] - row["late"], row["late"] + row["overdue"], row["all"] - row["closed"] - row["overdue"]
        )
        found[row["agency_id"]][row["month"]] = kept
    return found


def _levels(ids: list[str], rules: Rules, today: date) -> dict[str, Counter[Level]]:
    """The open requests of each agency by urgency."""
    rows = models.Standing.objects.filter(agency_id__in=ids).exclude(state="closed")
    found: dict[str, Counter[Level]] = {id: Counter() for id in ids}
    for row in rows.values("agency_id", "state", "due_on", "provisional_on").annotate(count=Count("id")):
        level = risk_of(row["state"], row["due_on"], row["provisional_on"], today, rules.calendar).level
        found[row["agency_id"]][level] += row["count"]
    return found


def _report(agency: Agency, stand: Year, contents: Mapping[str, Mapping[str, str]]) -> Report | None:
    content = contents.get(stand.content or "")
    if content is None or stand.frozen is None:
        return None
    return report_of(content, stand.called or agency.name, stand.frozen.year, form_frozen(stand.frozen))


def _of_years(year: int) -> Q:
    """The entries about the reports of a year and the one before, with those that name their agencies."""
    return Q(kind="report", number__in=[str(year - 1), str(year)]) | NAMED


def _check(report: Report, previous: Report | None) -> tuple[Finding, ...]:
    return tuple(run(Case(report, previous=previous, words=words())))


def _sum(each: Iterable[Kept]) -> Kept:
    columns = list(zip(*each, strict=True))
    return Kept(*map(sum, columns)) if columns else Kept(0, 0, 0)


def _urgency(each: Child) -> tuple[object, ...]:
    """What asks for attention comes first: a report that is missing, a finding, what is overdue."""
    levels = each.levels
    return (
        each.stand.submitted_on is not None,
        -len(each.findings),
        -levels["overdue"],
        -levels["today"] - levels["urgent"],
    )


def _refuse(actor: Actor) -> None:
    if said := refusal("look", actor.roles, "below"):
        raise Refused(said)
