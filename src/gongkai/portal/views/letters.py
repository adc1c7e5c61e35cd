"""The letters that an applicant may take along, by number and code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.pages.asked import number
from gongkai.pages.files import letter_file
from gongkai.pages.letters import as_it_left
from gongkai.pages.visitor import tracked


@never_cache
@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """The ``letter`` of this id as ``format``; a wrong code finds nothing."""
    asked = request.POST
    code, id = asked.get("code", "").strip().upper(), number(asked.get("letter", ""))
    known = tracked(request, asked.get("agency"), asked.get("number", ""), code)
    made = as_it_left(known, id, request.gongkai) if known and id is not None else None
    if known is None or made is None:
        raise Http404
    return letter_file(made, asked.get("format", ""), f"{known.number}-{made.kind}")
