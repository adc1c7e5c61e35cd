"""What waits for this person's review: replies, items, annual reports (审核)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.review.turn import judging
from gongkai.desk.staff import frame, staff
from gongkai.desk.views.work import due_cell
from gongkai.pages import asked
from gongkai.pages.addresses import address
from gongkai.pages.language import words
from gongkai.pages.shapes import Cell, Column, Table
from gongkai.store import work
from gongkai.store.work import Waiting

PAGES = {"request": "act", "item": "item-act", "report": "report-act"}
"""The page on which each kind of thing is judged."""


@require_safe
@staff
def reviews(request: HttpRequest) -> HttpResponse:
    """The list, what was submitted first in front; each leads to where it is judged."""
    gongkai, after = request.gongkai, asked.number(request.GET.get("after", "")) or 0
    found = work.reviews(request.actor, gongkai.ledgers, gongkai.rules, gongkai.today, after)
    columns = [Column(words(f"desk.reviews.column.{each}")) for each in ("number", "kind", "title", "grade", "due")]
    more = {
        "table": Table(words("desk.reviews"), columns, list(map(_cells, found.rows))) if found.rows else None,
        "next_url": f"?after={found.after}" if found.after is not None else "",
    }
    return render(request, "desk/reviews.html", frame(request, **more))


def _cells(row: Waiting) -> list[Cell]:
    title = words("report.year", year=row.number) if row.kind == "report" else row.title or words("desk.erased")
    return [
        Cell(row.number, address(PAGES[row.kind], row.number, judging(row.kind, row.grade))),
        Cell(words(f"desk.reviews.kind.{row.kind}")),
        Cell(title),
        Cell(words(f"grade.{row.grade}")),
        due_cell(row.due_on, row.provisional_on, row.risk),
    ]
