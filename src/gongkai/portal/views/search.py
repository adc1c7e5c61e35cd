"""Searching what is public (检索, Art. 24)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.pages.language import words
from gongkai.pages.shapes import Link
from gongkai.portal.views.items import after, place
from gongkai.services.ports import CITIZEN
from gongkai.store import items

LONGEST = 100
"""Signs of a query; what is longer is cut: no title is."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds every word of the query, in all agencies or in one."""
    query = " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", "").split())
    agency = request.GET.get("agency", "").replace("\0", "")
    hits = items.search(CITIZEN, query, agency, place(request))
    kept = {"q": query, **({"agency": agency} if agency else {})}
    whole = sum(count for _, count in hits.agencies)
    every = [Link(words("item.column.all", count=whole), "?" + urlencode({"q": query}), not agency)]
    named = [
        Link(
            words("item.column.count", name=each.name, count=count),
            "?" + urlencode({"q": query, "agency": each.id}),
            agency == each.id,
        )
        for each, count in hits.agencies
    ]
    more = {
        "query": query,
        "listed": hits.listed,
        "agencies": every + named if len(named) > 1 or agency else [],
        "next_url": after(hits.listed.after, **kept),
    }
    return render(request, "portal/search.html", more)
