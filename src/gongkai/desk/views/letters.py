"""The letters of a request as files: what was given to the applicant, or will be."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.desk.seen import found, reply_of
from gongkai.desk.staff import staff
from gongkai.pages.files import letter_file


@require_safe
@staff
def letter(request: HttpRequest, number: str, format: str) -> HttpResponse:
    """The reply as DOCX or PDF: the one that went out, else the draft without its number."""
    seen = found(request, number)
    made = reply_of(seen, request.gongkai)
    if made is None:
        raise Http404
    return letter_file(made, format, f"{number}-reply")
