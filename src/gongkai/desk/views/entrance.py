"""Entering and leaving. In a demonstration a role is entered by one click."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.desk.staff import PERSON
from gongkai.store import queries


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration; elsewhere nobody enters without a second factor."""
    gongkai = request.gongkai
    people = queries.people() if gongkai.demo else []
    if request.method == "POST" and request.POST.get("person") in {person.id for person in people}:
        _enter(request, request.POST["person"])
        return redirect("desk")
    return render(request, "desk/enter.html", {"people": people})


@require_safe
def demonstration(request: HttpRequest) -> HttpResponse:
    """The county's board, entered as the competent office: where a demonstration begins.

    A link that signs in could make somebody act in another's name. Here it gives only what one click gives to
    everybody: a role of an invented county, on this machine alone, that looks and changes nothing.
    """
    people = queries.people() if request.gongkai.demo else []
    overseer = next((person for person in people if "overseer" in person.roles), None)
    if overseer is None:
        raise Http404
    _enter(request, overseer.id)
    return redirect("below")


def _enter(request: HttpRequest, person: str) -> None:
    request.session.cycle_key()
    request.session[PERSON] = person


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget who was here."""
    request.session.flush()
    return redirect("home")
