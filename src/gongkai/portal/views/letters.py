"""The letters that an applicant may take along, by number and code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongkai.pages.files import letter_file
from gongkai.pages.letters import as_it_left
from gongkai.store import queries


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """The ``letter`` of this id as ``format``; a wrong code finds nothing."""
    asked, gongkai = request.POST, request.gongkai
    code, id = asked.get("code", "").strip().upper(), asked.get("letter", "")
    known = queries.tracked(
        gongkai.ledgers, asked.get("agency", ""), asked.get("number", ""), code, gongkai.rules, gongkai.today
    )
    made = as_it_left(known, int(id), gongkai) if known and id.isdecimal() else None
    if known is None or made is None:
        raise Http404
    return letter_file(made, asked.get("format", ""), f"{known.number}-{made.kind}")
