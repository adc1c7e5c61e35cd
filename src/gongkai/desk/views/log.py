"""The work log (工作台账)."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongkai.core.ledger.events import WorkLogged
from gongkai.core.message import Told
from gongkai.desk.forms import LogForm
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.language import words, written
from gongkai.pages.shapes import Moment
from gongkai.services.report.log import LogWork
from gongkai.store import reports


@require_http_methods(["GET", "POST"])
@staff
def log(request: HttpRequest) -> HttpResponse:
    """What was logged, the newest first, and a form for the next."""
    allowed(request, "log_work")
    gongkai = request.gongkai
    form = LogForm(request.POST or None, initial={"on": gongkai.today, "key": secrets.token_urlsafe(16)})
    if form.is_valid():
        filled = form.cleaned_data
        command = LogWork(request.actor.agency, filled["kind"], filled["on"], filled["text"], filled["key"] or None)
        try:
            gongkai.perform(request.actor, "log_work", command)
            return redirect("log")
        except Told as told:
            form.add_error(None, written(told.message))
    moments = [
        Moment(entry.event.on, words(f"log.kind.{entry.event.kind}"), text or words("desk.erased"))
        for entry, text in reports.log(request.actor, gongkai.ledgers)
        if isinstance(entry.event, WorkLogged)
    ]
    status = 422 if form.errors else 200
    return render(request, "desk/log.html", frame(request, form=form, moments=moments), status=status)
