"""Who is at the desk: a person of the session, or the entrance."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

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
        request.person, request.actor = found
        return view(request, *args, **named)

    return guarded


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the desk shows beside its own."""
    places = (("desk", "desk.nav.work"), ("register", "desk.nav.register"))
    nav = [Link(words(id), reverse(name), request.path == reverse(name)) for name, id in places]
    own = queries.agency(request.actor, request.actor.agency)
    return {"nav": nav, "own": own, "home_url": reverse("desk"), **more}
