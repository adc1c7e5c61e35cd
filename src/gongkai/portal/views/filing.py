"""Filing a request in short pages: who you are, what you seek, check and send (依申请公开).

What was typed travels from page to page in the form itself: nothing of it is kept before it is filed. A switch of the
look of pages sends the form too, and stays at its step.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Told
from gongkai.pages.language import words
from gongkai.pages.letters import steps
from gongkai.pages.preferences import switched_within
from gongkai.pages.shapes import Answer
from gongkai.pages.visitor import may_file
from gongkai.portal.forms import WhatForm, WhoForm
from gongkai.portal.views.agency import found
from gongkai.services.ports import CITIZEN, Agency
from gongkai.services.request.receive import FileRequest
from gongkai.store import queries
from gongkai.store.throttles import Throttled

STEPS = ("who", "what", "check")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@switched_within
def filing(request: HttpRequest, agency_id: str) -> HttpResponse:
    """One page a step; ``step`` says which was filled in, ``change`` to which to go back."""
    agency = found(agency_id)
    who = WhoForm(request.POST or None)
    what = WhatForm(request.POST or None, contact=request.POST.get("contact", ""))
    key = request.POST.get("key") or secrets.token_urlsafe(16)
    came, change = request.POST.get("step"), request.POST.get("change")
    if request.switched:
        change = came
    if came is None or change == "who" or not who.is_valid():
        fresh = came is None or request.switched
        return _page(request, agency, "who", _fresh(request, WhoForm) if fresh else who, key, hidden=what)
    if came == "who" or change == "what" or not what.is_valid():
        fresh = came == "who" or request.switched
        return _page(request, agency, "what", _fresh(request, WhatForm) if fresh else what, key, hidden=who)
    if came != "check" or request.switched:
        return _check(request, agency, who, what, key)
    try:
        may_file(request)
    except Throttled as told:
        return _check(request, agency, who, what, key, told)
    command = FileRequest(
        agency.id,
        who.cleaned_data["kind"],
        who.cleaned_data["name"],
        what.cleaned_data["subject"],
        {name: who.cleaned_data[name] for name in ("identity", "contact")}
        | {name: what.cleaned_data[name] for name in ("form", "route")},
        key=key,
    )
    try:
        request.gongkai.perform(CITIZEN, "file_request", command)
    except Refused as told:  # as where this page was sent already, gone back to and changed
        return _check(request, agency, who, what, secrets.token_urlsafe(16), told)
    request.session["filed"] = key  # not the code itself: sessions lie in the database as they are
    request.session.set_expiry(1800)
    return redirect("filed", agency_id=agency.id)


@never_cache
@require_safe
def filed(request: HttpRequest, agency_id: str) -> HttpResponse:
    """The receipt: number, code, the date promised with its reckoning, what happens next."""
    agency = found(agency_id)
    key = request.session.get("filed", "")
    answer = request.gongkai.answered(CITIZEN, "file_request", agency.id, key) if key else None
    if answer is None:
        return redirect("track")
    gongkai = request.gongkai
    seen = queries.tracked(gongkai.ledgers, agency.id, answer["number"], answer["code"], gongkai.rules, gongkai.today)
    letters = [letter for _, own in steps(seen) for letter in own] if seen else []
    return render(
        request, "portal/filed.html", {"publisher": agency, "answer": answer, "seen": seen, "letters": letters}
    )


def _fresh(request: HttpRequest, form: type[WhoForm] | type[WhatForm]) -> WhoForm | WhatForm:
    """A form with what was typed so far, and no complaints."""
    return form(initial={name: request.POST[name] for name in form.base_fields if name in request.POST})


def _page(
    request: HttpRequest, agency: Agency, step: str, form: WhoForm | WhatForm, key: str, hidden: WhoForm | WhatForm
) -> HttpResponse:
    carried = {name: request.POST[name] for name in hidden.fields if name in request.POST}
    return render(
        request,
        "portal/filing.html",
        {
            "publisher": agency,
            "step": step,
            "form": form,
            "key": key,
            "carried": carried,
            "typed": "typed",
            **_steps(step),
        },
    )


def _check(
    request: HttpRequest, agency: Agency, who: WhoForm, what: WhatForm, key: str, told: Told | None = None
) -> HttpResponse:
    """What will be sent, to look over once more; ``told``: why it was not sent yet."""
    carried = {name: request.POST[name] for form in (who, what) for name in form.fields}
    shown = {
        step: [Answer(field.label, _said(form, field.name)) for field in form]
        for step, form in (("who", who), ("what", what))
    }
    return render(
        request,
        "portal/check.html",
        {
            "publisher": agency,
            "shown": shown,
            "key": key,
            "carried": carried,
            "told": told,
            "typed": "typed",
            **_steps("check"),
        },
        status=429 if isinstance(told, Throttled) else 422 if told else 200,
    )


def _said(form: WhoForm | WhatForm, name: str) -> str:
    """The value of a field as people read it: of a choice its words."""
    value = form.cleaned_data[name]
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def _steps(step: str) -> dict[str, object]:
    return {"steps": [words(f"file.step.{each}") for each in STEPS], "current": STEPS.index(step) + 1}
