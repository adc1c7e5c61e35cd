"""The entrance: which agencies there are, and the three things that people come for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.services.ports import CITIZEN
from gongkai.store import items, queries

NEWEST = 8
"""So many of the items that were published last; the search has the rest."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All agencies, of which whoever wants to ask chooses one, and what was published last."""
    shown = {"agencies": queries.agencies(CITIZEN), "newest": items.latest(CITIZEN, NEWEST)}
    return render(request, "portal/home.html", shown)
