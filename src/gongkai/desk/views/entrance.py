"""Entering and leaving. In a demonstration a role is entered by one click, elsewhere by a password and then a code."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.desk.access_forms import CodeForm, SignInForm
from gongkai.desk.staff import begin, onward
from gongkai.pages import preferences
from gongkai.pages.language import words, written
from gongkai.pages.visitor import address, clock
from gongkai.store import identity, queries, throttles
from gongkai.store.identity import Known
from gongkai.store.throttles import Throttled, Try

HALF = "half"
"""Under this name a session holds whose password was right, while the code is still asked for."""
PATIENCE = 300
"""Seconds for which it does."""


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The entrance."""
    return _choose(request) if request.gongkai.demo else _sign_in(request)


def _choose(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration."""
    people = queries.people()
    chosen = next((each for each in people if each.id == request.POST.get("person")), None)
    if chosen is not None:
        begin(request, chosen.id, chosen.epoch)
        return onward("", chosen.roles)
    agencies: dict[str, list[queries.Staff]] = {}
    for person in people:
        agencies.setdefault(person.agency, []).append(person)
    return render(request, "desk/enter.html", {"agencies": agencies})


@require_safe
def demonstration(request: HttpRequest) -> HttpResponse:
    """The county's board, entered as the competent office: where a demonstration begins.

    A link that signs in could make somebody act in another's name. Here it gives only what one click gives to
    everybody: a role of an invented county, on this machine alone, that looks and changes nothing. ``?lang=`` chooses
    the language.
    """
    people = queries.people() if request.gongkai.demo else []
    overseer = next((person for person in people if "overseer" in person.roles), None)
    if overseer is None:
        raise Http404
    begin(request, overseer.id, overseer.epoch)
    response = redirect("below")
    preferences.remember(response, preferences.chosen(request.GET))
    return response


def _sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password. Wrong ones are told alike, whichever it was."""
    form = SignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        filled = form.cleaned_data
        tries = _tries(request, filled["login"])
        try:
            throttles.take(tries, clock())
            if known := identity.by_password(filled["login"], filled["password"]):
                throttles.give_back(tries)
                request.session.flush()
                request.session[HALF] = [*known, filled["login"], filled["next"], clock().timestamp()]
                return redirect("enter-code")
            form.add_error(None, words("signin.wrong"))
        except Throttled as told:
            form.add_error(None, written(told.message))
            status = 429
    return _page(request, form, status, "signin.enter", "signin.continue")


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second factor."""
    person, epoch, login, wanted, since = request.session.get(HALF, ["", 0, "", "", 0])
    if clock().timestamp() - since > PATIENCE:
        return redirect("enter")
    form = CodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        tries = _tries(request, login)
        try:
            throttles.take(tries, clock())
            if identity.by_code(request.gongkai.ledgers, Known(person, epoch), form.cleaned_data["code"], clock()):
                throttles.give_back(tries)
                begin(request, person, epoch)
                signed_in = queries.person(person, epoch)
                return onward(wanted, signed_in.actor.roles if signed_in else ())
            form.add_error("code", words("signin.wrong-code"))
        except Throttled as told:
            form.add_error(None, written(told.message))
            status = 429
    return _page(request, form, status, "signin.second", "signin.enter")


def _tries(request: HttpRequest, login: str) -> list[Try]:
    return [(throttles.SIGN_IN_LOGIN, login.strip().casefold()), (throttles.SIGN_IN_ADDRESS, address(request))]


def _page(request: HttpRequest, form: Any, status: int, heading: str, send: str) -> HttpResponse:
    shown = {"form": form, "heading": words(heading), "send": words(send)}
    return render(request, "desk/signin.html", shown, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget who was here."""
    request.session.flush()
    return redirect("home")
