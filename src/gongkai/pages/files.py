"""Letters, reports and attachments as files to keep."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.core.tables.report import Report
from gongkai.documents.letters import Letter, make_docx
from gongkai.pages.apart import letter_pdf, write_report
from gongkai.pages.shapes import FileLink
from gongkai.services.publish.attachments import FORMATS, Attachment, suffix

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
REPORT_TYPES = {
    **TYPES,
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report_file(report: Report, format: str, name: str) -> HttpResponse:
    """An annual report as DOCX, PDF, HTML or XLSX, to be kept under ``name``. Raises ``Http404`` for another format."""
    if format not in REPORT_TYPES:
        raise Http404
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{format}"
        write_report(report, path)
        data = path.read_bytes()
    return _kept(data, REPORT_TYPES[format], f"{name}.{format}")


def letter_file(letter: Letter, format: str, name: str) -> HttpResponse:
    """A letter as DOCX or PDF, to be kept under ``name``. Raises ``Http404`` for another format."""
    if format not in TYPES:
        raise Http404
    if format == "docx":
        return _kept(make_docx(letter).data, TYPES[format], f"{name}.{format}")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        letter_pdf(letter, path)
        return _kept(path.read_bytes(), TYPES[format], path.name)


def _kept(data: bytes, type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def attached_file(file: Attachment, data: bytes) -> HttpResponse:
    """A file of an item: kept by the browser, never shown by it, and asked for anew each time."""
    response = _kept(data, FORMATS[suffix(file.name)].media, file.name)
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def file_link(file: Attachment, url: str) -> FileLink:
    """A file of an item as pages list it."""
    return FileLink(file.name, suffix(file.name).upper(), file.size, url)
