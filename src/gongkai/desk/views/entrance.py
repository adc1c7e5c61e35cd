"""Entering and leaving. In a demonstration a role is entered by one click."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.desk.staff import PERSON
from gongkai.store import queries


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration; elsewhere nobody enters without a second factor."""
    gongkai = request.gongkai
    people = queries.people() if gongkai.demo else []
    if request.method == "POST" and request.POST.get("person") in {person.id for person in people}:
        request.session.cycle_key()
        request.session[PERSON] = request.POST["person"]
        return redirect("desk")
    return render(request, "desk/enter.html", {"people": people})


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget who was here."""
    request.session.flush()
    return redirect("home")
