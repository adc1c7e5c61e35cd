"""The published annual reports of an agency (政府信息公开年报)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.tables.report import Report
from gongkai.pages.files import report_file
from gongkai.pages.printed import show
from gongkai.portal.views.agency import found
from gongkai.store import reports


@require_safe
def report(request: HttpRequest, agency_id: str, year: int) -> HttpResponse:
    """The report of a year, to read and to take along."""
    shown = show(_published(request, agency_id, year))
    return render(request, "portal/report.html", {"publisher": found(agency_id), "year": year, "shown": shown})


@require_safe
def file(request: HttpRequest, agency_id: str, year: int, format: str) -> HttpResponse:
    """The report as DOCX, PDF, HTML or XLSX, exactly as it was reviewed and published."""
    return report_file(_published(request, agency_id, year), format, f"report-{year}")


def _published(request: HttpRequest, agency_id: str, year: int) -> Report:
    publisher = found(agency_id)
    found_report = reports.public(request.gongkai.ledgers, publisher, year)
    if found_report is None:
        raise Http404
    return found_report
