"""The letters of a request as files: what was given to the applicant, or will be."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.desk.seen import drafted_reply, found
from gongkai.desk.staff import staff
from gongkai.pages import asked
from gongkai.pages.files import letter_file
from gongkai.pages.letters import as_it_left


@require_safe
@staff
def letter(request: HttpRequest, number: str, which: str, format: str) -> HttpResponse:
    """A letter of the outbox by its id, as it left or leaves; ``draft``: the reply as it is drafted, unnumbered."""
    seen, gongkai = found(request, number), request.gongkai
    if which == "draft":
        made = drafted_reply(seen, gongkai)
    else:
        id = asked.number(which)
        made = as_it_left(seen, id, gongkai) if id is not None else None
    if made is None:
        raise Http404
    return letter_file(made, format, f"{number}-{made.kind}")
