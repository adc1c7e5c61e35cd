"""Letters as files to keep."""

from django.http import Http404, HttpResponse

from gongkai.documents.letters import Letter, make_docx, make_pdf

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def letter_file(letter: Letter, format: str, name: str) -> HttpResponse:
    """A letter as DOCX or PDF, to be kept under ``name``. Raises ``Http404`` for another format."""
    if format not in TYPES:
        raise Http404
    made = make_docx(letter) if format == "docx" else make_pdf(letter)
    response = HttpResponse(made.data, content_type=TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
