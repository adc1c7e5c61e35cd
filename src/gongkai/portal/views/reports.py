"""The published annual reports of an agency (政府信息公开年报)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.tables.report import Report
from gongkai.pages.files import report_file
from gongkai.portal.views.agency import found
from gongkai.services.report.annual import report_of
from gongkai.store import reports


@require_safe
def report(request: HttpRequest, agency_id: str, year: int) -> HttpResponse:
    """The report of a year, to read and to take along."""
    publisher = found(agency_id)
    return render(
        request,
        "portal/report.html",
        {"publisher": publisher, "year": year, "report": _published(request, agency_id, year)},
    )


@require_safe
def file(request: HttpRequest, agency_id: str, year: int, format: str) -> HttpResponse:
    """The report as DOCX, PDF, HTML or XLSX, exactly as it was reviewed and published."""
    return report_file(_published(request, agency_id, year), format, f"report-{year}")


def _published(request: HttpRequest, agency_id: str, year: int) -> Report:
    publisher = found(agency_id)
    content = reports.public(request.gongkai.ledgers, publisher, year)
    if content is None:
        raise Http404
    return report_of(content, publisher.name, year)
