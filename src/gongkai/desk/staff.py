"""Who is at the desk: a person of the session, or the entrance."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, refusal
from gongkai.pages.addresses import address
from gongkai.pages.language import words
from gongkai.pages.shapes import Link
from gongkai.store import queries

PERSON = "person"
"""Under this name a session holds the id of who signed in."""

View = Callable[..., HttpResponse]


def staff(view: View) -> View:
    """A page for staff: ``request.actor`` is who asks; others are led to the entrance."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        found = queries.person(request.session.get(PERSON, ""))
        if found is None:
            return redirect("enter")
        request.person, request.own, request.actor = found
        return view(request, *args, **named)

    return guarded


def allowed(request: HttpRequest, act: Act) -> None:
    """Raise ``Refused`` where this person may never do such an act in their own agency."""
    if said := refusal(act, request.actor.roles, "own"):
        raise Refused(said)


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the desk shows beside its own."""
    places = [("desk", "desk.nav.work")]
    if refusal("register_request", request.actor.roles, "own") is None:
        places.append(("register", "desk.nav.register"))
    places.append(("items", "desk.nav.items"))
    if refusal("log_work", request.actor.roles, "own") is None:
        places.append(("log", "desk.nav.log"))
    places.append(("reports", "desk.nav.reports"))
    if refusal("look", request.actor.roles, "below") is None:
        places.append(("below", "desk.nav.below"))
    nav = [Link(words(id), address(name), request.path == address(name)) for name, id in places]
    return {"nav": nav, "own": request.own, "home_url": address("desk"), "search": None, **more}
