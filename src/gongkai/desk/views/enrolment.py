"""The link that somebody was given: a password, an authenticator, and the recovery codes, once."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.ledger.refusal import Refused
from gongkai.desk.access_forms import EnrolForm
from gongkai.desk.staff import begin
from gongkai.pages.language import written
from gongkai.pages.visitor import clock
from gongkai.store import identity
from gongkai.store.people import token_hash

LINK = "link"
"""Under this name a session holds the hash of the token that it came with."""


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link. Its token goes no further: neither a log nor the next page's referrer shall hold it."""
    request.session[LINK] = token_hash(token)
    return redirect("enrol")


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """What the authenticator needs and a form; afterwards the recovery codes, and the way to the desk is open.

    410 for a link that is not valid: it was used, is older than three days, or another took its place.
    """
    ledgers, link = request.gongkai.ledgers, request.session.get(LINK, "")
    who = identity.enrolling(ledgers, link, clock())
    if who is None:
        return render(request, "desk/enrol_gone.html", status=410)
    form = EnrolForm(request.POST or None)
    if form.is_valid():
        filled = form.cleaned_data
        try:
            known, codes = identity.enrol(ledgers, link, filled["password"], filled["code"], clock())
            begin(request, *known)
            return render(request, "desk/recovery.html", {"codes": codes})
        except Refused as refused:
            form.add_error(_FIELDS.get(refused.message.id), written(refused.message))
    image = mark_safe(segno.make(who.uri, micro=False).svg_inline(scale=5, border=4))
    shown = {"who": who, "image": image, "form": form}
    return render(request, "desk/enrol.html", shown, status=422 if form.errors else 200)


_FIELDS = {"signin.weak-password": "password", "signin.wrong-code": "code"}
