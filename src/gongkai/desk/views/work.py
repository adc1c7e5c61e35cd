"""What there is to do, the most urgent first: each request's next act, and in whose hands it is (我的工作)."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongkai.core.law.risk import Risk
from gongkai.core.review.permissions import refusal
from gongkai.desk.possible import Stage, next_act
from gongkai.desk.staff import frame, staff
from gongkai.pages import asked
from gongkai.pages.addresses import address
from gongkai.pages.language import day, left, words
from gongkai.pages.shapes import Badge, Cell, Column, Table, Tile, Tone
from gongkai.store import work as stored
from gongkai.store.work import FIRST, Further, Place, Row

TONES: dict[str, Tone] = {"overdue": "due", "today": "due", "urgent": "warning", "soon": "warning"}
TILES: dict[str, Tone] = {
    "all": "neutral",
    "overdue": "due",
    "near": "warning",
    "correction": "neutral",
    "opinion": "neutral",
    "fee": "neutral",
    "service": "primary",
}
"""What is counted, in this order; ``RARE`` only where there is any."""
RARE = ("fee",)
FURTHER = ("number", "subject", "next")
PAGES = {"item": "desk-item", "report": "report"}
"""The page of each kind of thing that is taken further after its review."""
HEADS = ("number", "subject", "applicant", "next", "left", "hand")


@require_safe
@staff
def work(request: HttpRequest) -> HttpResponse:
    """The requests of the actor's agency with something to do, all or of one kind; whoever only cares for its people is
    led to them.
    """
    actor, gongkai = request.actor, request.gongkai
    if "operator" in actor.roles and refusal("look", actor.roles, "own"):
        return redirect("people")
    shown = request.GET.get("show", "")
    shown = shown if shown in TILES else "all"
    places = _place(request), asked.number(request.GET.get("beyond", "")) or 0
    found = stored.work(actor, gongkai.ledgers, gongkai.rules, gongkai.today, shown, *places)
    counts = stored.counts(actor, gongkai.rules, gongkai.today)
    framed = frame(request)
    more = {
        "tiles": [*_tiles(counts, shown), *_reviews(framed["to_review"])],
        "further": _table("desk.further", FURTHER, list(map(_further, found.further))),
        "beyond_url": "" if found.beyond is None else "?" + urlencode({"show": shown, "beyond": found.beyond}),
        "table": _table("desk.work", HEADS, list(map(_cells, found.rows))),
        "next_url": _after(found.after, shown),
        "narrowed": shown != "all",
        "may_register": refusal("register_request", actor.roles, "own") is None,
    }
    return render(request, "desk/work.html", {**framed, **more})


def due_cell(due_on: date | None, provisional_on: date | None, risk: Risk) -> Cell:
    """When a reply is due and what is left until then; a date that may still change is called so."""
    due = due_on or provisional_on
    if due is None or risk.days_left is None:
        return Cell("—")
    if due_on is None:
        return Cell(day(due) + words("desk.provisional"), badge=Badge(words(f"level.{risk.level}"), _tone(risk)))
    return Cell(day(due), badge=Badge(left(risk.days_left), _tone(risk)))


def hand(stage: Stage) -> str:
    """In whose hands a request is, in words."""
    if stage.awaits in ("correction", "fee", "service"):
        return words(f"desk.hand.{stage.awaits}")
    if stage.grade is not None:
        return words(f"grade.{stage.grade}")
    if stage.awaits == "opinion":
        return words("desk.hand.opinion")
    return words("desk.hand.returned" if stage.review == "returned" else "desk.hand.office")


def _table(caption: str, heads: tuple[str, ...], rows: list[list[Cell]]) -> Table | None:
    return Table(words(caption), [Column(words(f"desk.column.{each}")) for each in heads], rows) if rows else None


def _further(row: Further) -> list[Cell]:
    title = words("report.year", year=row.number) if row.kind == "report" else row.title or words("desk.erased")
    return [
        Cell(row.number, address(PAGES[row.kind], row.number)),
        Cell(title),
        Cell(words(f"desk.further.{row.state}")),
    ]


def _cells(row: Row) -> list[Cell]:
    stage = Stage(row.awaits, row.drafted, *row.turn)
    act = next_act(stage)
    due = due_cell(row.due_on, row.provisional_on, row.risk)
    if row.closed_on is not None:
        due = Cell(words("desk.replied", on=day(row.closed_on)))
    return [
        Cell(row.number, address("case", row.number)),
        Cell(row.subject or words("desk.erased")),
        Cell(words(f"kind.{row.applicant}")),
        Cell(words(f"act.{act}") if act else "—"),
        due,
        Cell(hand(stage)),
    ]


def _tiles(counts: Mapping[str, int], shown: str) -> list[Tile]:
    return [_tile(name, counts[name], name == shown) for name in TILES if counts[name] or name not in RARE]


def _tile(name: str, count: int, here: bool) -> Tile:
    """A kind of request; nothing leads to an empty list."""
    url = address("desk") + f"?show={name}" * (name != "all")
    tone = TILES[name] if count else "neutral"
    return Tile(words(f"desk.work.{name}"), count, tone, url if count or here else "", here)


def _reviews(count: int | None) -> list[Tile]:
    """What waits for this person's review; nothing for whoever reviews nothing."""
    if count is None:
        return []
    tone: Tone = "primary" if count else "neutral"
    return [Tile(words("desk.work.review"), count, tone, address("reviews") if count else "")]


def _tone(risk: Risk) -> Tone:
    return TONES.get(risk.level, "neutral")


def _place(request: HttpRequest) -> Place:
    """Where the list goes on, from the address; what is none is the beginning."""
    told = request.GET.get("after", "").replace("\0", "").split(",", 3)
    try:
        rank, due, received, number = told
        return Place(asked.number(rank) or 0, date.fromisoformat(due), date.fromisoformat(received), number)
    except ValueError:
        return FIRST


def _after(place: Place | None, shown: str) -> str:
    """The address of the next page; empty where there is none."""
    return "" if place is None else "?" + urlencode({"show": shown, "after": ",".join(map(str, place))})
