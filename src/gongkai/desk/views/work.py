"""What is open, the most urgent first (我的工作)."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongkai.core.review.permissions import refusal
from gongkai.desk.staff import frame, staff
from gongkai.pages.addresses import address
from gongkai.pages.language import day, words
from gongkai.pages.shapes import Badge, Cell, Column, Table, Tone
from gongkai.store import queries

TONES: dict[str, Tone] = {"overdue": "due", "today": "due", "urgent": "warning", "soon": "warning"}


@require_safe
@staff
def work(request: HttpRequest) -> HttpResponse:
    """The open requests of the actor's agency; whoever only cares for its people is led to them."""
    if "operator" in request.actor.roles and refusal("look", request.actor.roles, "own"):
        return redirect("people")
    gongkai = request.gongkai
    found = queries.work(request.actor, gongkai.ledgers, gongkai.rules, gongkai.today)
    counts = Counter(row.level for row in found.rows)
    badges = [
        Badge(f"{words(f'level.{level}')} {counts[level]}", TONES.get(level, "neutral"))
        for level in ("overdue", "today", "urgent", "soon", "waiting")
        if counts[level]
    ]
    return render(
        request,
        "desk/work.html",
        frame(
            request,
            badges=badges,
            more=found.more,
            table=table_of(found.rows, partial(address, "case")) if found.rows else None,
        ),
    )


def table_of(rows: tuple[queries.Row, ...], address: Callable[[str], str]) -> Table:
    """Open requests, each leading to the address of its number."""
    columns = [Column(words(f"desk.column.{each}")) for each in ("number", "due", "subject", "state", "applicant")]
    return Table(words("desk.open"), columns, [_cells(row, address) for row in rows])


def _cells(row: queries.Row, address: Callable[[str], str]) -> list[Cell]:
    due = row.due_on or row.provisional_on
    shown = "—" if due is None else day(due) + ("" if row.due_on else words("desk.provisional"))
    return [
        Cell(row.number, address(row.number)),
        Cell(shown, badge=Badge(words(f"level.{row.level}"), TONES.get(row.level, "neutral"))),
        Cell(row.subject or words("desk.erased")),
        Cell(words(f"state.{row.state}")),
        Cell(words(f"kind.{row.applicant}")),
    ]
