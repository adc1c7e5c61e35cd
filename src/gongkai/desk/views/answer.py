"""Which answer a reply will be, before its words are written."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.core.message import Told
from gongkai.desk.forms import ChooseAnswerForm
from gongkai.desk.seen import found
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.language import words, written
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.services.request.letters import elements


@require_safe
@staff
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The choice; then the page on which the reply is drafted."""
    allowed(request, "draft_reply")
    seen = found(request, number)
    asked = "answer" in request.GET
    form = ChooseAnswerForm(request.GET if asked else None)
    if asked and form.is_valid():
        chosen = form.cleaned_data
        try:
            elements(chosen["answer"], chosen["grounds"], outcomes())
            query = urlencode({"answer": chosen["answer"], "grounds": " ".join(chosen["grounds"])})
            return redirect(f"{reverse('act', args=[number, 'draft_reply'])}?{query}")
        except Told as told:
            form.add_error(None, written(told.message))
    status = 422 if form.errors else 200
    more = {"seen": seen, "form": form, "label": words("act.draft_reply")}
    return render(request, "desk/answer.html", frame(request, **more), status=status)
