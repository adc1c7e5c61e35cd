"""Searching what is public (检索, Art. 24)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.pages.language import words
from gongkai.pages.shapes import Link
from gongkai.portal.views.items import after, name_of, place
from gongkai.rulebook.load.columns import columns
from gongkai.services.ports import CITIZEN
from gongkai.services.publish.draft import Validity
from gongkai.store import items
from gongkai.store.items import Hits, Narrowed

LONGEST = 100
"""Signs of a query; what is longer is cut: no title is."""


class Filter(NamedTuple):
    """One way to narrow what was found, with its choices."""

    label: str
    choices: list[Link]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds every word of the query; narrowed to an agency, a column, what is in force."""
    query = " ".join(request.GET.get("q", "")[:LONGEST].replace("\0", "").split())
    narrowed = Narrowed(*(request.GET.get(name, "").replace("\0", "") for name in Narrowed._fields))
    hits = items.search(CITIZEN, query, narrowed, place(request))
    more = {
        "query": query,
        "terms": items.terms_of(query),
        "listed": hits.listed,
        "filters": list(_filters(query, narrowed, hits)),
        "next_url": after(hits.listed.after, q=query, **_chosen(narrowed)),
    }
    return render(request, "portal/search.html", more)


def _filters(query: str, narrowed: Narrowed, hits: Hits) -> Iterator[Filter]:
    """The ways in which what was found can be narrowed; none where all has the same. Columns and kinds of validity
    stand in their own order, agencies by name.
    """
    order = {id: count for count, id in enumerate((*(leaf.id for leaf in columns().leaves), *get_args(Validity)))}
    for name, counts in hits.counts.items():
        here: str = getattr(narrowed, name)
        if len(counts) < 2 and not here:
            continue

        def link(label: str, value: str, name: str = name, here: str = here) -> Link:
            asked = {"q": query, **_chosen(narrowed._replace(**{name: value}))}
            return Link(label, "?" + urlencode(asked), here == value)

        every = link(words("item.column.all", count=sum(counts.values())), "")
        choices = [
            link(words("item.column.count", name=_called(name, value, hits), count=count), value)
            for value, count in sorted(counts.items(), key=lambda each: order.get(each[0], 0))
        ]
        yield Filter(words(f"search.{name}"), [every, *choices])


def _called(name: str, value: str, hits: Hits) -> str:
    """A choice in words."""
    if name == "agency":
        return hits.agencies[value].name
    if name == "column":
        column = columns().find(value)
        return name_of(column) if column else value
    return words(f"item.validity.{value}")


def _chosen(narrowed: Narrowed) -> Mapping[str, str]:
    return {name: value for name, value in narrowed._asdict().items() if value}
