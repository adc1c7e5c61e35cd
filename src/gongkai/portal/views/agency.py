"""The page of an agency (政府信息公开专栏)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.pages.language import words
from gongkai.services.ports import CITIZEN, Agency
from gongkai.store import queries

COLUMNS = ("guide", "rules", "items", "reports")
"""The columns that every platform must have (国办公开办函〔2019〕61号)."""


@require_safe
def agency(request: HttpRequest, agency_id: str) -> HttpResponse:
    """What an agency publishes, and where to ask it."""
    columns = [{"label": words(f"portal.column.{each}"), "empty": words("portal.column.empty")} for each in COLUMNS]
    return render(request, "portal/agency.html", {"publisher": found(agency_id), "columns": columns})


def found(agency_id: str) -> Agency:
    """The agency of an address. Raises ``Http404``."""
    known = queries.agency(CITIZEN, agency_id)
    if known is None:
        raise Http404
    return known
