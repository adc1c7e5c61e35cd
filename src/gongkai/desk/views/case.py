"""One request: what happened, what is due and why, and the one next act (办件)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.core.ledger.events import Reviewed, Submitted
from gongkai.core.message import Told
from gongkai.desk.possible import Possible, listed, possible
from gongkai.desk.seen import drafted_reply, found
from gongkai.desk.staff import frame, staff
from gongkai.desk.warned import personal_data
from gongkai.pages.addresses import address
from gongkai.pages.language import words, written
from gongkai.pages.letters import as_it_left, last_reply, steps
from gongkai.pages.naming import state_name
from gongkai.pages.shapes import Answer, Moment
from gongkai.services.outgoing.mail import unreached
from gongkai.store import queries


@require_safe
@staff
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a request."""
    seen = found(request, number)
    following, acts = possible(request.actor, seen, request.gongkai.today)
    others = [
        {"label": words(f"act.{each.act}"), "url": address("act", number, each.act), "why_not": each.why_not}
        for each in listed(seen, acts)
        if each.act != following
    ]
    reply = last_reply(seen) if seen.reckoning.state == "closed" else None
    letter, fault = None, None
    try:
        letter = as_it_left(seen, reply, request.gongkai) if reply else drafted_reply(seen, request.gongkai)
    except Told as told:  # something that the answer must contain is missing yet
        fault = told.message
    more = {
        "seen": seen,
        "letter": letter,
        "which": reply or "draft",
        "may_change": Possible("draft_reply", None) in acts,
        "fault": fault,
        "facts": facts(seen),
        "unreached": _unreached(seen),
        "warned": "" if reply or seen.draft is None else personal_data(seen.draft.content),
        "moments": moments(seen),
        "next_act": following and {"label": words(f"act.{following}"), "url": address("act", number, following)},
        "others": others,
        "state": state_name(seen.reckoning.request),
        "review": words(f"review.state.{seen.review.state}"),
    }
    return render(request, "desk/case.html", frame(request, **more))


def _unreached(seen: queries.Case) -> str:
    """Why a reply might not arrive, as long as there is none: a letter without contact is a request all the same. A
    register that was imported holds no contacts at all.
    """
    if seen.outside is None or not seen.outside.details or seen.reckoning.state == "closed":
        return ""
    if not seen.outside.details.get("contact", "").strip():
        return words("desk.no-contact")
    said = unreached(seen.outside.details)
    return written(said) if said else ""


def facts(seen: queries.Case) -> list[Answer]:
    """Who asks for what, and how it came; what was erased is said to be."""
    received = seen.reckoning.request.received
    outside = seen.outside
    erased = words("desk.erased")
    facts = [
        Answer(words("register.subject"), (outside and outside.subject) or erased),
        Answer(words("register.name"), (outside and outside.name) or erased),
        Answer(words("register.kind"), words(f"kind.{received.applicant}")),
        Answer(words("register.channel"), words(f"channel.{received.channel}")),
    ]
    details = outside.details if outside else {}
    return facts + [Answer(words(f"detail.{name}"), _in_words(name, value)) for name, value in details.items() if value]


def _in_words(name: str, value: str) -> str:
    """What was chosen, in words; what was typed as it stands."""
    return words(f"{name}.{value}") if name in ("form", "route") else value


def moments(seen: queries.Case) -> list[Moment]:
    """What happened, newest first; of a review, who submitted and who judged."""
    moments = []
    for step, letters in steps(seen):
        if step.message.id.startswith("clock.due"):
            continue
        detail = ""
        if isinstance(event := step.event, Reviewed):
            detail = words(
                f"desk.judged.{event.verdict}", grade=event.grade, person=seen.people.get(event.by, event.by)
            )
        elif isinstance(event, Submitted):
            detail = seen.people.get(event.author, event.author)
        moments.append(Moment(step.on, written(step.message), detail, letters))
    return list(reversed(moments))
