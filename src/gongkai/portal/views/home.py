"""The entrance: which agencies there are, and the three things that people come for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.services.ports import CITIZEN
from gongkai.store import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All agencies; whoever wants to ask begins by choosing one."""
    return render(request, "portal/home.html", {"agencies": queries.agencies(CITIZEN)})
