"""Who is at the desk: a person of the session, or the entrance."""

import re
import time
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, Relation, refusal
from gongkai.core.review.turn import reviews
from gongkai.pages.addresses import address
from gongkai.pages.language import words
from gongkai.pages.shapes import Link
from gongkai.store import queries, work

PERSON, EPOCH, SEEN = "person", "epoch", "seen"
"""Under these names a session holds who signed in, the epoch of their access, and when they were last here."""

View = Callable[..., HttpResponse]


def begin(request: HttpRequest, person: str, epoch: int) -> None:
    """A new session of somebody who is known now; nothing of the one before is left, its key least of all."""
    request.session.flush()
    request.session.update({PERSON: person, EPOCH: epoch, SEEN: int(time.time())})
    rotate_token(request)


def onward(wanted: str, roles: Collection[str]) -> HttpResponse:
    """To the page of the desk that was asked for. Where another place was: to what there is to do, or to the level
    below for whoever only looks after that.
    """
    own = url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith(reverse("desk"))
    return redirect(wanted if own else "below" if set(roles) == {"overseer"} else "desk")


def staff(view: View) -> View:
    """A page for staff: ``request.actor`` is who asks; others are led to the entrance. No cache keeps it."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        found = _present(request)
        if found is None:
            return _entrance(request)
        request.person, request.own, request.actor = found
        return view(request, *args, **named)

    return guarded


def _entrance(request: HttpRequest) -> HttpResponse:
    """The way to sign in and back again. What was sent is not done; what was typed is shown, to be taken along."""
    enter = f"{reverse('enter')}?{urlencode({'next': request.get_full_path()})}"
    if request.method != "POST":
        return redirect(enter)
    sent = request.POST if request.content_type == "application/x-www-form-urlencoded" else {}
    typed = [text for name, text in sent.items() if name not in _UNTYPED and _SENTENCE.search(text)]
    return render(request, "desk/expired.html", {"enter_url": enter, "typed": typed}, status=403)


_UNTYPED = ("csrfmiddlewaretoken", "key", "version", "content")
"""What forms carry that nobody typed."""
_SENTENCE = re.compile(r"[^\x00-\x7f]|\S\s+\S")
"""In what a person wrote; a choice, a day or a number has none and is soon given again."""


def _present(request: HttpRequest) -> queries.Person | None:
    """Who this session is of; nobody where it was idle for too long."""
    session, now = request.session, int(time.time())
    idle = now - session.get(SEEN, 0)
    if idle > settings.SESSION_IDLE:
        return None
    if idle > _MINUTE:
        session[SEEN] = now
    return queries.person(session.get(PERSON, ""), session.get(EPOCH, 0))


_MINUTE = 60
"""Not every page writes that somebody is still there."""


def allowed(request: HttpRequest, act: Act) -> None:
    """Raise ``Refused`` where this person may never do such an act in their own agency."""
    if said := refusal(act, request.actor.roles, "own"):
        raise Refused(said)


PLACES: tuple[tuple[str, str, Act, Relation], ...] = (
    ("desk", "work", "look", "own"),
    ("register", "register", "register_request", "own"),
    ("outbox", "outbox", "note_posting", "own"),
    ("items", "items", "look", "own"),
    ("log", "log", "log_work", "own"),
    ("reports", "reports", "look", "own"),
    ("below", "below", "look", "below"),
    ("people", "people", "invite_person", "own"),
)
"""The pages that lead everywhere, with their words, and the act that opens each."""


def frame(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the desk shows beside its own. ``to_review``: how much waits for this person's review, which
    the way to it says too; ``None`` for whoever reviews nothing.
    """
    nav = [
        Link(words(f"desk.nav.{id}"), address(name), request.path == address(name))
        for name, id, act, relation in PLACES
        if refusal(act, request.actor.roles, relation) is None
    ]
    to_review = work.to_review(request.actor) if reviews(request.actor.roles) else None
    if to_review is not None:
        label = words("desk.nav.reviews", count=to_review)
        nav.insert(1, Link(label, address("reviews"), request.path == address("reviews")))
    shown = {"nav": nav, "own": request.own, "home_url": address("desk"), "search": None, "to_review": to_review}
    return {**shown, **more}
