"""The link that somebody was given: a password, an authenticator, and the recovery codes, once."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.core.ledger.refusal import Refused
from gongkai.desk.access_forms import EnrolForm
from gongkai.desk.staff import begin
from gongkai.pages.language import written
from gongkai.pages.visitor import clock
from gongkai.store import identity


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """What the authenticator needs and a form; afterwards the recovery codes, and the way to the desk is open.

    410 for a link that is not valid: it was used, is older than three days, or another took its place.
    """
    ledgers = request.gongkai.ledgers
    who = identity.enrolling(ledgers, token, clock())
    if who is None:
        return render(request, "desk/enrol_gone.html", status=410)
    form = EnrolForm(request.POST or None)
    if form.is_valid():
        filled = form.cleaned_data
        try:
            known, codes = identity.enrol(ledgers, token, filled["password"], filled["code"], clock())
            begin(request, *known)
            return render(request, "desk/recovery.html", {"codes": codes})
        except Refused as refused:
            form.add_error(_FIELDS.get(refused.message.id), written(refused.message))
    image = mark_safe(segno.make(who.uri, micro=False).svg_inline(scale=5, border=4))
    shown = {"who": who, "image": image, "form": form}
    return render(request, "desk/enrol.html", shown, status=422 if form.errors else 200)


_FIELDS = {"signin.weak-password": "password", "signin.wrong-code": "code"}
