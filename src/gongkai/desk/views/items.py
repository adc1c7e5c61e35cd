"""The items that an agency publishes, and one of them with its next act (主动公开)."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import ItemCorrected, Reviewed, Submitted
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.review.review import Review
from gongkai.desk.attempt import Attempt, attempt
from gongkai.desk.deeds import send
from gongkai.desk.item_deeds import ITEM_DEEDS, name_of, possible, unchanged
from gongkai.desk.reading import Reading, of_item
from gongkai.desk.staff import allowed, frame, staff
from gongkai.desk.warned import personal_data
from gongkai.pages import asked
from gongkai.pages.addresses import address
from gongkai.pages.files import file_link
from gongkai.pages.language import day, words
from gongkai.pages.shapes import Answer, Badge, Cell, Column, FileLink, Moment, Table, Tone
from gongkai.rulebook.load.columns import columns
from gongkai.services.publish.attachments import attached
from gongkai.store import errors, versions
from gongkai.store import items as stored
from gongkai.store.items import ItemCase, Written

HEADS = ("number", "state", "title", "column", "index_number", "published")


@require_safe
@staff
def items(request: HttpRequest) -> HttpResponse:
    """The items of the actor's agency, the newest first."""
    gongkai = request.gongkai
    found = stored.writing(request.actor, gongkai.ledgers, gongkai.rules, asked.number(request.GET.get("after", "")))
    more = {
        "table": _table(found.rows) if found.rows else None,
        "next_url": f"?after={found.after}" if found.after is not None else "",
        "may_draft": refusal("draft_item", request.actor.roles, "own") is None,
        "errors": errors.open_count(request.actor) if errors.may_read(request.actor) else None,
    }
    return render(request, "desk/items.html", frame(request, **more))


@require_safe
@staff
def item(request: HttpRequest, number: str) -> HttpResponse:
    """The page of an item."""
    seen = found(request, number)
    following, acts = possible(request.actor, seen)
    others = [
        {"label": _label(each.act, number), "url": _url(number, each.act), "why_not": each.why_not}
        for each in acts
        if each.act != following
    ]
    more = {
        "seen": seen,
        "badge": badge(seen),
        "facts": _facts(seen.draft.content),
        "files": _files(number, seen.draft.content),
        "moments": _moments(seen),
        "next_act": following and {"label": _label(following, number), "url": _url(number, following)},
        "others": others,
        "warned": personal_data(seen.draft.content),
        "changed": seen.review.content is not None and not unchanged(seen),
    }
    return render(request, "desk/item.html", frame(request, **more))


@require_http_methods(["GET", "POST"])
@staff
def new(request: HttpRequest) -> HttpResponse:
    """A new item is drafted; afterwards its page."""
    allowed(request, "draft_item")
    tried = attempt(request, "draft_item", ITEM_DEEDS["draft_item"], Thing("item", ""), {"version": 0})
    if tried.done is not None:
        return redirect("desk-item", number=tried.done["number"])
    more = {**page("draft_item", tried, ""), "text_url": reverse("item-new-text")}
    return render(request, "desk/item_act.html", frame(request, **more), status=tried.status)


@require_http_methods(["GET", "POST"])
@staff
def act(request: HttpRequest, number: str, act_name: str) -> HttpResponse:
    """The page of an act; what is judged or released is shown as it stands."""
    if act_name not in ITEM_DEEDS:
        raise Http404
    name: Act = act_name
    allowed(request, name)
    deed, seen = ITEM_DEEDS[name], found(request, number)
    tried = attempt(request, name, deed, Thing("item", number), {"version": seen.version, **deed.initial(seen)})
    if tried.done is not None:
        return redirect("desk-item", number=number)
    _, acts = possible(request.actor, seen)
    why_not = next((each.why_not for each in acts if each.act == name), None)
    judged = name.startswith("review_") or name in ("publish_item", "correct_item")
    reads = None if judged or name == "draft_item" else seen.draft.content
    content = seen.under_review if judged else reads
    more = {
        **page(name, tried, number),
        "seen": seen,
        "text_url": reverse("item-text", args=[number]) if name == "draft_item" else "",
        "why_not": why_not if request.method == "GET" else None,
        "reading": _reading(request, seen) if judged else None,
        "reads": reads,
        "facts": _facts(reads) if reads else None,
        "warned": personal_data(content),
        "files": _files(number, content or {}),
    }
    return render(request, "desk/item_act.html", frame(request, **more), status=tried.status)


def badge(shown: ItemCase | Written) -> Badge:
    """Where an item stands, in words."""
    state = shown.item.state
    if state == "withdrawn":
        return Badge(words("item.state.withdrawn"), "due")
    if state == "public" and shown.review.content in (None, shown.item.content):
        return Badge(words("item.state.public"), "done")
    said = _reviewed(shown.review)
    if state == "public":
        return Badge(words("item.state.correcting", review=said), "warning")
    tones: dict[str, Tone] = {"complete": "primary", "returned": "due", "under_review": "warning"}
    return Badge(said, tones.get(shown.review.state, "neutral"))


def _reviewed(review: Review) -> str:
    """How far the review is: the grade whose turn it is."""
    if review.next is not None:
        return words("item.state.waits", grade=review.next)
    return words(f"item.state.{review.state}")


def found(request: HttpRequest, number: str) -> ItemCase:
    """The item of an address. Raises ``Http404``: another agency's is none."""
    seen = stored.case(request.actor, request.gongkai.ledgers, number, request.gongkai.rules)
    if seen is None:
        raise Http404
    return seen


def _reading(request: HttpRequest, seen: ItemCase) -> Reading | None:
    """What was submitted last, with what changed since the public version, or since it was last read."""
    if seen.under_review is None or seen.review.content is None:
        return None
    public = seen.item.versions[-1] if seen.item.state == "public" else None
    before = versions.earlier(request.actor, request.gongkai.ledgers, seen.agency, seen.history, public)
    return of_item(seen.review.content, seen.under_review, before)


def page(name: Act, tried: Attempt, number: str) -> dict[str, object]:
    """What the page of an act shows: its form, and what it is called and does."""
    label = _label(name, number)
    return {"tried": tried, "form": tried.form, "label": label, "send": send(name), "does": words(f"act.{name}.does")}


def _label(name: Act, number: str) -> str:
    """What an act is called; a draft that is there is not drafted but changed."""
    return words("desk.item.change") if name == "draft_item" and number else words(f"act.{name}")


def _url(number: str, name: Act) -> str:
    return reverse("item-act", args=[number, name])


def _facts(told: Mapping[str, str]) -> list[Answer]:
    """What stands beside the text."""
    column = columns().find(told["column"])
    facts = [Answer(words("item.meta.column"), name_of(column) if column else told["column"])]
    if told["document"]:
        facts.append(Answer(words("item.meta.document"), told["document"]))
    if told["made_on"]:
        facts.append(Answer(words("item.meta.made_on"), day(date.fromisoformat(told["made_on"]))))
    facts.append(Answer(words("item.meta.validity"), words(f"item.validity.{told.get('validity', 'valid')}")))
    return facts


def _files(number: str, told: Mapping[str, str]) -> list[FileLink]:
    """The files of a content, to be opened before they are public."""
    return [file_link(each, reverse("item-file", args=[number, each.hash])) for each in attached(told)]


def _moments(seen: ItemCase) -> list[Moment]:
    """What happened, newest first, who submitted and who judged."""
    moments = []
    for entry in seen.history:
        event = entry.event
        if isinstance(event, Reviewed):
            said = words(f"item.event.reviewed.{event.verdict}", grade=event.grade)
            moments.append(Moment(event.on, said, seen.people.get(event.by, event.by)))
        elif isinstance(event, Submitted):
            moments.append(Moment(event.on, words("item.event.submitted"), seen.people.get(event.author, event.author)))
        else:
            hidden = ".hidden" if isinstance(event, ItemCorrected) and event.earlier_hidden else ""
            moments.append(Moment(event.on, words(f"item.event.{event.name}{hidden}")))
    return moments[::-1]


def _table(rows: tuple[Written, ...]) -> Table:
    heads = [Column(words(f"desk.items.column.{each}")) for each in HEADS]
    return Table(words("desk.items"), heads, [_cells(row) for row in rows])


def _cells(row: Written) -> list[Cell]:
    column = columns().find(row.column)
    on = row.item.versions[0].on if row.item.versions else None
    return [
        Cell(row.number, address("desk-item", row.number)),
        Cell("", badge=badge(row)),
        Cell(row.title),
        Cell(name_of(column) if column else row.column),
        Cell(row.item.index_number or "—"),
        Cell(day(on) if on else "—"),
    ]
