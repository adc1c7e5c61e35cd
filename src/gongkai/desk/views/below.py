"""The level below (下级单位): a board of agencies, their open requests, their published reports, down to a reckoning.

The competent office looks and changes nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.core.checks.finding import Finding
from gongkai.core.tables.fill import REQUESTS, REVIEW
from gongkai.desk.staff import frame, staff
from gongkai.desk.views.case import facts, moments
from gongkai.desk.views.work import due_cell
from gongkai.pages.addresses import address
from gongkai.pages.language import day, month, short_day, words
from gongkai.pages.naming import cell_name, row_name, state_name
from gongkai.pages.printed import TONES, Beside, show
from gongkai.pages.shapes import Answer, Badge, Cell, Column, Table
from gongkai.rulebook.load.forms import forms
from gongkai.services.ports import Agency
from gongkai.services.report.fill import form_of
from gongkai.services.report.findings import SEVERITIES
from gongkai.store import below as level
from gongkai.store import queries
from gongkai.store.below import Child, Kept
from gongkai.store.reports import Year

WIDTH, HEIGHT = 52, 96
"""Of a month of the chart, and of its tallest column, in its own units."""
MONTHS = 12
"""The chart is as wide as a year, so that a few months are no giants."""
BAR = 80
"""The width of the bar that shows how an agency keeps its terms."""


class Row(NamedTuple):
    """A line of the board."""

    child: Child
    overdue: int
    near: int
    share: str
    bar: int
    report: Badge
    term: str
    findings: Cell | None


class Stack(NamedTuple):
    """A column of the chart: a month, and where its pieces begin and end from the top."""

    x: int
    name: str
    kept: Kept
    open: tuple[int, int]
    late: tuple[int, int]
    on_time: tuple[int, int]
    label: int


@require_safe
@staff
def board(request: HttpRequest) -> HttpResponse:
    """Who is late, whose report is missing, which child breaks a sum."""
    gongkai, today = request.gongkai, request.gongkai.today
    year = today.year - 1
    found = level.board(request.actor, gongkai.ledgers, year, gongkai.rules, today)
    due = date(today.year, *gongkai.rules.values.at("annual_report_submission_deadline", today).month_day)
    rows = [_row(each, due, today) for each in found.children]
    kept = (
        Kept(*(sum(column) for column in zip(*(each.kept for each in found.children), strict=True))) if rows else None
    )
    total = [
        ("received", sum(row.child.received for row in rows), ""),
        ("open", sum(row.child.open for row in rows), ""),
        ("overdue", sum(row.overdue for row in rows), "due"),
        ("near", sum(row.near for row in rows), "warning"),
        ("on-time", _share(kept) if kept else "", ""),
        ("submitted", f"{sum(row.child.stand.submitted_on is not None for row in rows)}/{len(rows)}", ""),
        ("broken", sum(bool(row.child.findings) for row in rows), "warning"),
    ]
    more = {
        "year": year,
        "due": day(due),
        "rows": rows,
        "total": [
            (words(f"below.total.{name}", year=year), count, tone if count else "") for name, count, tone in total
        ],
        "stacks": _stacks(found.months),
        "width": WIDTH * max(MONTHS, len(found.months)),
    }
    return render(request, "desk/below.html", frame(request, **more))


@require_safe
@staff
def agency(request: HttpRequest, agency_id: str) -> HttpResponse:
    """An agency below: its open requests, the most urgent first, and its reports."""
    seen, gongkai = _child(request, agency_id), request.gongkai
    found = queries.open_requests(request.actor, gongkai.ledgers, gongkai.rules, gongkai.today, seen.id)
    reports = [_year(seen, each) for each in level.years(request.actor, seen)]
    columns = [Column(words(f"report.column.{each}")) for each in ("year", "published", "submitted")]
    more = {
        "below": seen,
        "table": _open(seen, found.rows) if found.rows else None,
        "more": found.more,
        "reports": Table(words("report.years"), columns, reports) if reports else None,
    }
    return render(request, "desk/below_agency.html", frame(request, **more))


@require_safe
@staff
def report(request: HttpRequest, agency_id: str, year: int) -> HttpResponse:
    """A published report with its findings; each figure leads to the requests that it counts."""
    seen = _published(request, agency_id, year)
    address = reverse("below-cell", args=[seen.agency.id, year])
    counted = (id for id, figure in seen.figures.items() if figure.of and id.startswith((f"{REQUESTS}/", f"{REVIEW}/")))
    links = {id: f"{address}?cell={id}" for id in {*counted, *_cells(seen.findings)}}
    beside = Beside(links=links, last=seen.previous)
    return render(
        request,
        "desk/below_report.html",
        frame(request, seen=seen, year=year, shown=show(seen.report, seen.findings, beside)),
    )


@require_safe
@staff
def cell(request: HttpRequest, agency_id: str, year: int) -> HttpResponse:
    """What one figure counts: its requests, each leading to its page; and what is wrong with it."""
    seen = _published(request, agency_id, year)
    id = request.GET.get("cell", "")
    if (figure := seen.figures.get(id)) is None:
        raise Http404
    numbers = dict.fromkeys(each.number for each in figure.of)
    more = {
        "seen": seen,
        "year": year,
        "name": cell_name(seen.report.form, id),
        "figure": seen.report.value(id),
        "told": [each for each in show(seen.report, seen.findings).told if each.finding.cell == id],
        "links": [(number, reverse("below-case", args=[seen.agency.id, number])) for number in numbers],
    }
    return render(request, "desk/below_cell.html", frame(request, **more))


@require_safe
@staff
def case(request: HttpRequest, agency_id: str, number: str) -> HttpResponse:
    """A request of an agency below, to be read: what happened, and how its term is reckoned."""
    own, gongkai = _child(request, agency_id), request.gongkai
    seen = queries.case(request.actor, gongkai.ledgers, number, gongkai.rules, gongkai.today, own.id)
    if seen is None:
        raise Http404
    more = {
        "seen": seen,
        "below": own,
        "facts": [each for each in facts(seen) if each.label != words("register.name")] + _outcome(seen),
        "moments": moments(seen),
        "state": state_name(seen.reckoning.request),
    }
    return render(request, "desk/below_case.html", frame(request, **more))


def _open(agency: Agency, rows: Sequence[queries.Row]) -> Table:
    """The open requests of an agency below, each leading to what may be seen of it."""
    columns = [Column(words(f"desk.column.{each}")) for each in ("number", "left", "subject", "state", "applicant")]
    cells = [
        [
            Cell(row.number, address("below-case", agency.id, row.number)),
            due_cell(row.due_on, row.provisional_on, row.risk),
            Cell(row.subject or words("desk.erased")),
            Cell(words(f"state.{row.state}")),
            Cell(words(f"kind.{row.applicant}")),
        ]
        for row in rows
    ]
    return Table(words("desk.open"), columns, cells)


def _outcome(seen: queries.Case) -> list[Answer]:
    """How a request ended, as the annual report counts it."""
    request = seen.reckoning.request
    if request.outcome is None or request.closed_on is None:
        return []
    return [Answer(words("below.outcome"), row_name(form_of(request.closed_on.year, forms()), request.outcome))]


def _child(request: HttpRequest, agency_id: str) -> Agency:
    """The agency of an address. Raises ``Http404`` where it does not stand below."""
    found = level.child(request.actor, agency_id)
    if found is None:
        raise Http404
    return found


def _published(request: HttpRequest, agency_id: str, year: int) -> level.Published:
    found = level.published(request.actor, request.gongkai.ledgers, _child(request, agency_id), year)
    if found is None:
        raise Http404
    return found


def _row(child: Child, due: date, today: date) -> Row:
    levels, kept = child.levels, child.kept
    ended = kept.on_time + kept.late
    bar = BAR * kept.on_time // ended if ended else 0
    return Row(
        child,
        levels["overdue"],
        levels["today"] + levels["urgent"],
        _share(kept),
        bar,
        _state(child.stand, due, today),
        ""
        if child.stand.submitted_on
        else words("below.late" if today > due else "below.left", days=abs((due - today).days)),
        _found(child),
    )


def _share(kept: Kept) -> str:
    """Of the requests whose term has ended or that are answered, how many were answered in time."""
    ended = kept.on_time + kept.late
    return f"{100 * kept.on_time // ended}%" if ended else "—"


def _state(stand: Year, due: date, today: date) -> Badge:
    """How far a report came, in a word."""
    if stand.submitted_on:
        late = stand.submitted_on > due
        said = words("below.submitted-late" if late else "below.submitted", day=short_day(stand.submitted_on))
        return Badge(said, "warning" if late else "done")
    name = "published" if stand.published_on else "reviewed" if stand.reviewed else "none"
    return Badge(words(f"below.{name}"), "due" if today > due else "warning")


def _found(child: Child) -> Cell | None:
    """What the checks say of the published report; nothing where there is none."""
    if not child.stand.content:
        return None
    if not child.findings:
        return Cell(words("below.sound"))
    worst = next(severity for severity in SEVERITIES if any(each.rule.severity == severity for each in child.findings))
    address = reverse("below-report", args=[child.agency.id, child.stand.year])
    return Cell(
        words("below.findings", count=len(child.findings)), address, Badge(words(f"terminal.{worst}"), TONES[worst])
    )


def _year(agency: Agency, stand: Year) -> Sequence[Cell]:
    url = reverse("below-report", args=[agency.id, stand.year]) if stand.content else ""
    dates = (Cell(day(on) if on else words("report.not-yet")) for on in (stand.published_on, stand.submitted_on))
    return [Cell(words("report.year", year=stand.year), url), *dates]


def _cells(findings: Sequence[Finding]) -> list[str]:
    return [each.cell for each in findings if each.cell]


def _stacks(months: Sequence[tuple[date, Kept]]) -> list[Stack]:
    """The columns of the chart, the tallest of full height."""
    most = max((kept.all for _, kept in months), default=0) or 1
    stacks = []
    for place, (first, kept) in enumerate(months):
        open, late, on_time = (HEIGHT * count // most for count in (kept.open, kept.late, kept.on_time))
        top = HEIGHT - open - late - on_time
        name = month(first) if first.month > 1 else f"{first.year}-01"
        pieces = (top, open), (top + open, late), (top + open + late, on_time)
        stacks.append(Stack(place * WIDTH, name, kept, *pieces, top - 4))
    return stacks
