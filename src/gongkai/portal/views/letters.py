"""The letters that an applicant may take along: the receipt and the reply, by number and code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongkai.documents.letters import Letter
from gongkai.pages.files import letter_file
from gongkai.pages.visitor import tracked
from gongkai.services.ports import Rules
from gongkai.services.request.letters import facts_of, organ_of, receipt_letter, reply_letter
from gongkai.store import queries


@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """``letter`` (receipt or reply) as ``format``; a wrong code finds nothing."""
    asked = request.POST
    code = asked.get("code", "").strip().upper()
    known = tracked(request, asked.get("agency"), asked.get("number", ""), code)
    made = made_for(known, asked.get("letter", ""), code, request.gongkai.rules) if known else None
    if known is None or made is None:
        raise Http404
    return letter_file(made, asked.get("format", ""), f"{known.number}-{asked['letter']}")


def made_for(seen: queries.Tracked, which: str, code: str, rules: Rules) -> Letter | None:
    """The letter that was asked for; ``None`` where there is none."""
    received = seen.reckoning.request.received
    if which == "receipt":
        return receipt_letter(facts_of(seen.number, received, seen.outside), seen.agency, seen.reckoning, code)
    if which != "reply" or seen.reply is None or seen.replied is None:
        return None
    return reply_letter(
        seen.reply,
        facts_of(seen.number, received, seen.outside),
        organ_of(seen.agency, seen.above),
        number=seen.replied.document or "",
        on=seen.replied.on,
        values=rules.values,
        outcomes=rules.outcomes,
    )
