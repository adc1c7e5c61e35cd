"""Letters and reports as files to keep."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import Http404, HttpResponse

from gongkai.core.tables.report import Report
from gongkai.documents.letters import Letter, make_docx, make_pdf
from gongkai.documents.write import write

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
        write(report, path)
        data = path.read_bytes()
    return _kept(data, REPORT_TYPES[format], f"{name}.{format}")


def letter_file(letter: Letter, format: str, name: str) -> HttpResponse:
    """A letter as DOCX or PDF, to be kept under ``name``. Raises ``Http404`` for another format."""
    if format not in TYPES:
        raise Http404
    made = make_docx(letter) if format == "docx" else make_pdf(letter)
    return _kept(made.data, TYPES[format], f"{name}.{format}")


def _kept(data: bytes, type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
