"""A letter is registered (登记)."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.core.message import Told
from gongkai.desk.forms import RegisterForm
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.language import written
from gongkai.services.request.receive import RegisterRequest

BESIDE = ("identity", "form", "route")
"""What a letter may say of its applicant and what is wished; what it does not say is nothing, not a blank."""


@require_http_methods(["GET", "POST"])
@staff
def register(request: HttpRequest) -> HttpResponse:
    """The form; afterwards the request's page."""
    allowed(request, "register_request")
    gongkai = request.gongkai
    form = RegisterForm(request.POST or None, initial={"received_on": gongkai.today, "key": secrets.token_urlsafe(16)})
    if form.is_valid():
        filled = form.cleaned_data
        command = RegisterRequest(
            request.actor.agency,
            filled["channel"],
            filled["received_on"],
            filled["kind"],
            filled["name"],
            filled["subject"],
            {"contact": filled["contact"], **{name: filled[name] for name in BESIDE if filled[name]}},
            filled["key"] or None,
        )
        try:
            answer = gongkai.perform(request.actor, "register_request", command)
            return redirect("case", number=answer["number"])
        except Told as told:
            form.add_error(None, written(told.message))
    status = 422 if form.errors else 200
    return render(request, "desk/register.html", frame(request, form=form), status=status)
