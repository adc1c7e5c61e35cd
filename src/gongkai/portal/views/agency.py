"""The page of an agency (政府信息公开专栏)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.pages.language import day, lang, words
from gongkai.pages.shapes import Link
from gongkai.rulebook.load.columns import columns
from gongkai.services.ports import CITIZEN, Agency
from gongkai.store import items, queries, reports

NEWEST = 5
"""So many items of each column stand on the agency's page; the column has the rest."""


@require_safe
def agency(request: HttpRequest, agency_id: str) -> HttpResponse:
    """What an agency publishes, column by column, and where to ask it."""
    publisher = found(agency_id)
    counted, newest = items.counts(CITIZEN, publisher.id), items.newest(CITIZEN, publisher.id, NEWEST)
    shown = []
    for top in columns().tops:
        leaves = [leaf.id for leaf in top.leaves]
        total = sum(counted.get(leaf, 0) for leaf in leaves)
        rows = sorted((row for leaf in leaves for row in newest.get(leaf, ())), key=lambda row: row.place, reverse=True)
        name = top.en if lang() == "en" else top.zh
        url = reverse("column", args=[publisher.id, top.id])
        more = Link(words("item.column.all", count=total), url) if total > NEWEST else None
        years = reports.published(publisher) if top.holds == "reports" else []
        shown.append({"name": name, "url": url, "rows": rows[:NEWEST], "more": more, "reports": years})
    former = [
        words("portal.former", name=each.called, on=day(each.until)) + (f" · {each.reason}" if each.reason else "")
        for each in queries.former_names(CITIZEN, publisher.id)
    ]
    return render(request, "portal/agency.html", {"publisher": publisher, "former": former, "columns": shown})


def found(agency_id: str) -> Agency:
    """The agency of an address. Raises ``Http404``."""
    known = queries.agency(CITIZEN, agency_id)
    if known is None:
        raise Http404
    return known
