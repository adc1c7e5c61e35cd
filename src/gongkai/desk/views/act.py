"""An act on a request: few fields, what it will do, and an answer where it cannot be done. Nothing typed is lost."""

from collections.abc import Mapping
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.core.ledger.entry import Thing
from gongkai.core.message import Told
from gongkai.core.review.permissions import Act
from gongkai.desk.attempt import attempt
from gongkai.desk.deeds import DEEDS, send
from gongkai.desk.possible import possible
from gongkai.desk.reading import Reading, of_reply
from gongkai.desk.seen import drafted_reply, found
from gongkai.desk.staff import allowed, frame, staff
from gongkai.desk.warned import personal_data
from gongkai.documents.letters import Letter
from gongkai.pages.language import words
from gongkai.store import versions
from gongkai.store.queries import Case


def _reading(request: HttpRequest, seen: Case) -> Reading | None:
    """What is under review, as it will leave, with what changed since it was last read."""
    if seen.under_review is None or seen.review.content is None:
        return None
    before = versions.earlier(request.actor, request.gongkai.ledgers, seen.agency, seen.history)
    was = drafted_reply(seen, request.gongkai, before.content) if before else None
    now = drafted_reply(seen, request.gongkai, seen.under_review)
    return of_reply(seen.review.content, seen.under_review, before, now, was) if now else None


def _leaving(name: Act, seen: Case) -> Mapping[str, str] | None:
    """What an act brings nearer to leaving: the draft that is submitted, what is judged or released."""
    if name == "submit_reply":
        return seen.draft and seen.draft.content
    return seen.under_review if name == "release_reply" or name.startswith("review_") else None


def _letter(request: HttpRequest, name: Act, seen: Case) -> Letter | None:
    """What is submitted or released, as it will leave; none where it lacks something, which the act itself tells."""
    content = None if name.startswith("review_") else _leaving(name, seen)
    with suppress(Told):
        return drafted_reply(seen, request.gongkai, content) if content else None
    return None


@require_http_methods(["GET", "POST"])
@staff
def act(request: HttpRequest, number: str, act_name: str) -> HttpResponse:
    """The page of an act; 409 where the request went on meanwhile, 422 where the law or the form does not admit it."""
    if act_name not in DEEDS:
        raise Http404
    name: Act = act_name
    allowed(request, name)
    deed, seen = DEEDS[name], found(request, number)
    if name == "draft_reply" and request.method == "GET" and "answer" not in request.GET and seen.draft is None:
        return redirect("answer", number=number)
    chosen = {name: request.GET[name] for name in ("answer", "grounds") if name in request.GET}
    tried = attempt(
        request, name, deed, Thing("request", number), {"version": seen.version, **deed.initial(seen), **chosen}
    )
    if tried.done is not None:
        return redirect("case", number=number)
    _, acts = possible(request.actor, seen, request.gongkai.today)
    why_not = next((each.why_not for each in acts if each.act == name), None)
    more = {
        "seen": seen,
        "tried": tried,
        "form": tried.form,
        "label": words(f"act.{name}"),
        "send": send(name),
        "does": words(f"act.{name}.does"),
        "why_not": why_not if request.method == "GET" else None,
        "reading": _reading(request, seen) if name.startswith("review_") else None,
        "letter": _letter(request, name, seen),
        "warned": personal_data(_leaving(name, seen)),
    }
    return render(request, "desk/act.html", frame(request, **more), status=tried.status)
