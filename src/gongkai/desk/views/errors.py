"""What readers reported of items (纠错): those still open, and one of them to be closed."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.ledger.entry import SHANGHAI, Thing
from gongkai.desk.attempt import attempt
from gongkai.desk.deeds import Deed
from gongkai.desk.forms import CloseErrorForm
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.asked import number
from gongkai.pages.language import day, words
from gongkai.pages.shapes import Answer, Cell, Column, Link, Table
from gongkai.services.publish.errors import CloseError
from gongkai.store import errors as stored
from gongkai.store.errors import Reported


@require_safe
@staff
def errors(request: HttpRequest) -> HttpResponse:
    """The reports of the actor's agency: what is open, or what was closed."""
    closed = "closed" in request.GET
    ledgers = request.gongkai.ledgers
    found = stored.listed(request.actor, ledgers, closed, number(request.GET.get("after", "")))
    here = reverse("errors")
    more = {
        "choices": [
            Link(words("desk.errors.open"), here, not closed),
            Link(words("desk.errors.closed"), f"{here}?closed", closed),
        ],
        "closed": closed,
        "table": _table(found.rows, closed) if found.rows else None,
        "next_url": f"?{'closed&' if closed else ''}after={found.after}" if found.after is not None else "",
    }
    return render(request, "desk/errors.html", frame(request, **more))


@require_http_methods(["GET", "POST"])
@staff
def error(request: HttpRequest, id: int) -> HttpResponse:
    """One report: what the reader says, the item, and the note that closes it."""
    allowed(request, "close_error")
    seen = stored.report(request.actor, request.gongkai.ledgers, id)
    if seen is None:
        raise Http404
    close = Deed(CloseErrorForm, lambda agency, _, f: CloseError(agency, id, f["note"], f["key"] or None))
    tried = attempt(request, "close_error", close, Thing("item", seen.number), {})
    if tried.done is not None:
        return redirect("errors")
    more = {"seen": seen, "facts": _facts(seen), "form": None if seen.closed_at else tried.form}
    return render(request, "desk/error.html", frame(request, **more), status=tried.status)


def _facts(seen: Reported) -> list[Answer]:
    told = [("at", _day(seen.at)), ("text", seen.text), ("contact", seen.contact)]
    if seen.closed_at:
        told += [("closed_at", _day(seen.closed_at)), ("closed_by", seen.closed_by), ("note", seen.note)]
    return [Answer(words(f"desk.error.{name}"), value) for name, value in told if value]


def _table(rows: tuple[Reported, ...], closed: bool) -> Table:
    heads = ("at", "text", "item", "note" if closed else "contact")
    columns = [Column(words(f"desk.error.{name}")) for name in heads]
    caption = words(f"desk.errors.caption.{'closed' if closed else 'open'}")
    return Table(caption, columns, [_cells(row) for row in rows])


def _cells(row: Reported) -> list[Cell]:
    return [
        Cell(_day(row.at), reverse("error", args=[row.id])),
        Cell(row.text[:100]),
        Cell(row.title, reverse("desk-item", args=[row.number])),
        Cell(row.note or row.contact or "—"),
    ]


def _day(at: datetime) -> str:
    return day(at.astimezone(SHANGHAI).date())
