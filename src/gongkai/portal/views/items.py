"""What an agency publishes: a column, an item, one of its earlier versions (主动公开)."""

import secrets
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.pages.files import attached_file, file_link
from gongkai.pages.language import day, lang, words
from gongkai.pages.shapes import Answer, Link
from gongkai.portal.forms import ErrorForm
from gongkai.portal.views.agency import found
from gongkai.rulebook.load.columns import Column, columns
from gongkai.services.ports import CITIZEN
from gongkai.store import items, reports
from gongkai.store.items import Gone, Place, Public


@require_safe
def column(request: HttpRequest, agency_id: str, column_id: str) -> HttpResponse:
    """The items of a column, the newest first; of one that has parts those of all, and its parts to choose from."""
    publisher, shown = found(agency_id), columns().find(column_id)
    if shown is None:
        raise Http404
    counted = items.counts(CITIZEN, publisher.id)
    leaves = [leaf.id for leaf in shown.leaves]
    total = sum(counted.get(leaf, 0) for leaf in leaves)
    listed = items.listed(CITIZEN, publisher.id, leaves, total, place(request))
    top = next(each for each in columns().tops if shown in (each, *each.parts))
    more = {
        "publisher": publisher,
        "holds": shown.holds,
        "reports": reports.published(publisher) if shown.holds == "reports" else [],
        "name": name_of(shown),
        "source": shown.source,
        "listed": listed,
        "next_url": after(listed.after),
        "parts": links(publisher.id, top, counted, shown.id) if top.parts else [],
    }
    return render(request, "portal/column.html", more)


@require_safe
def item(request: HttpRequest, agency_id: str, number: str, version: int | None = None) -> HttpResponse:
    """An item as it stands or stood: 404 where nothing public has this number, 410 where it was withdrawn or this
    version is not shown any more.
    """
    seen = items.public(CITIZEN, request.gongkai.ledgers, agency_id, number, version)
    if seen is None:
        raise Http404
    if isinstance(seen, Gone):
        return gone(request, seen)
    more = {
        "publisher": seen.agency,
        "seen": seen,
        "facts": _facts(seen),
        "files": [file_link(each, _url(seen, count)) for count, each in enumerate(seen.attachments, 1)],
        "form": ErrorForm(initial={"key": secrets.token_urlsafe(16)}),
    }
    return render(request, "portal/item.html", more)


@require_safe
def file(request: HttpRequest, agency_id: str, number: str, place: int, version: int | None = None) -> HttpResponse:
    """A file of an item, to keep: it is there if, and only if, the item is public and this version names it."""
    ledgers = request.gongkai.ledgers
    seen = items.public(CITIZEN, ledgers, agency_id, number, version)
    if isinstance(seen, Gone):
        return gone(request, seen)
    if seen is None or not 0 < place <= len(seen.attachments):
        raise Http404
    shown = seen.attachments[place - 1]
    return attached_file(shown, ledgers.files.read(shown.hash))


def gone(request: HttpRequest, item: Gone) -> HttpResponse:
    """What stands in the place of an item that was withdrawn, or of a version that is not shown any more."""
    if item.version is None:
        title, said = words("item.gone"), words("item.gone.text", on=day(item.on))
        onward = Link(words("item.gone.back"), reverse("agency", args=[item.agency.id]))
    else:
        title = words("item.hidden.title")
        said = words("item.hidden.text", number=item.version, on=day(item.on))
        onward = Link(words("item.replaced.current"), reverse("item", args=[item.agency.id, item.number]))
    more = {"publisher": item.agency, "title": title, "said": said, "onward": onward}
    return render(request, "portal/gone.html", more, status=410)


def _url(seen: Public, place: int) -> str:
    """The address of a file of the version that is seen."""
    if seen.version.current:
        return reverse("public-file", args=[seen.agency.id, seen.number, place])
    return reverse("public-file-version", args=[seen.agency.id, seen.number, seen.version.number, place])


def name_of(column: Column) -> str:
    """A column in the language of the page."""
    return column.en if lang() == "en" else column.zh


def links(agency: str, top: Column, counted: dict[str, int], here: str) -> list[Link]:
    """The parts of a column with how much stands in each: those that hold something, and where the reader is."""
    whole = sum(counted.get(part.id, 0) for part in top.parts)
    told = [Link(words("item.column.all", count=whole), reverse("column", args=[agency, top.id]), here == top.id)]
    for part in top.parts:
        if (count := counted.get(part.id, 0)) or here == part.id:
            label = words("item.column.count", name=name_of(part), count=count)
            told.append(Link(label, reverse("column", args=[agency, part.id]), here == part.id))
    return told


def place(request: HttpRequest) -> Place | None:
    """Where a list goes on, from the address; what is none is the beginning."""
    on, _, rest = request.GET.get("after", "").replace("\0", "").partition(",")
    number, _, agency = rest.partition(",")
    try:
        return Place(date.fromisoformat(on), number, agency)
    except ValueError:
        return None


def after(place: Place | None, **more: str) -> str:
    """The address of the next page; empty where there is none."""
    if place is None:
        return ""
    return "?" + urlencode({**more, "after": f"{place.published_on},{place.number},{place.agency}"})


def _facts(seen: Public) -> list[Answer]:
    """The metadata of an official document: 索引号 文号 发布机构 成文日期 发布日期 有效性."""
    column = columns().find(seen.column)
    told = [
        ("index_number", seen.index_number),
        ("column", name_of(column) if column else seen.column),
        ("document", seen.document),
        ("agency", seen.publisher),
        ("made_on", day(seen.made_on) if seen.made_on else ""),
        ("published_on", day(seen.published_on)),
        ("corrected_on", day(seen.version.on) if seen.version.number > 1 else ""),
        ("validity", words(f"item.validity.{seen.validity}" if seen.version.current else "item.replaced")),
    ]
    return [Answer(words(f"item.meta.{name}"), value) for name, value in told if value]
