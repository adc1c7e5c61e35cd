"""A reader reports an error in an item (此件有误？纠错)."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.core.message import Told
from gongkai.pages.language import written
from gongkai.pages.visitor import may_report_error
from gongkai.portal.forms import ErrorForm
from gongkai.portal.views.items import gone
from gongkai.services.ports import CITIZEN
from gongkai.services.publish.errors import ReportError
from gongkai.store import items
from gongkai.store.items import Gone
from gongkai.store.throttles import Throttled


@require_http_methods(["GET", "POST"])
def error(request: HttpRequest, agency_id: str, number: str) -> HttpResponse:
    """The form, which stands on the page of the item too; afterwards that it has arrived."""
    seen = items.public(CITIZEN, request.gongkai.ledgers, agency_id, number)
    if seen is None:
        raise Http404
    if isinstance(seen, Gone):
        return gone(request, seen)
    form = ErrorForm(request.POST or None, initial={"key": secrets.token_urlsafe(16)})
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        command = ReportError(agency_id, number, told["text"], told["contact"], told["key"] or None)
        try:
            may_report_error(request)
            request.gongkai.perform(CITIZEN, "report_error", command)
            return redirect(reverse("item-error", args=[agency_id, number]) + "?sent")
        except Told as refused:
            form.add_error(None, written(refused.message))
            status = 429 if isinstance(refused, Throttled) else status
    more = {"publisher": seen.agency, "seen": seen, "form": form, "sent": "sent" in request.GET}
    return render(request, "portal/error.html", more, status=status)
