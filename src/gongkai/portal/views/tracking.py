"""Following a request by its number and code (查询办理进度)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gongkai.pages.language import words, written
from gongkai.pages.letters import as_it_left, last_reply, steps
from gongkai.pages.naming import state_name
from gongkai.pages.preferences import switched_within
from gongkai.pages.shapes import Answer, Moment
from gongkai.pages.visitor import tracked
from gongkai.portal.forms import TrackForm
from gongkai.services.ports import CITIZEN
from gongkai.store import queries
from gongkai.store.throttles import Throttled


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@switched_within
def tracking(request: HttpRequest) -> HttpResponse:
    """The form, or the request; an unknown number and a wrong code are told alike. ``?agency=`` fills in the first
    field. The switches of the look of pages send number and code again, which stand in no address and no session.
    """
    gongkai = request.gongkai
    agencies = [(agency.id, agency.name) for agency in queries.agencies(CITIZEN)]
    form = TrackForm(agencies, request.POST or None, initial={"agency": request.GET.get("agency", "")})
    if request.switched and not form.is_valid():  # nobody asked yet
        form = TrackForm(agencies, initial=request.POST.dict())
    seen, status = None, 422 if form.is_bound else 200
    if form.is_valid():
        asked = form.cleaned_data
        try:
            if seen := tracked(request, asked["agency"], asked["number"], asked["code"]):
                status = 200
            else:
                form.add_error(None, words("track.unknown"))
        except Throttled as told:
            form.add_error(None, written(told.message))
            status = 429
    moments = _moments(seen) if seen else []
    reply = last_reply(seen) if seen else None
    letter = as_it_left(seen, reply, gongkai) if seen and reply else None
    more = {
        "form": form,
        "seen": seen,
        "state": state_name(seen.reckoning.request) if seen else "",
        "asked": _asked(seen) if seen else [],
        "moments": moments,
        "letter": letter,
        "typed": "typed",
    }
    return render(request, "portal/track.html", more, status=status)


_WITHIN = ("clock.submitted", "clock.reviewed", "clock.due")
"""What happens within the office, and the due date, which stands above."""


def _asked(seen: queries.Tracked) -> list[Answer]:
    """What was asked; that it was erased, where it was."""
    return [Answer(words("register.subject"), (seen.outside and seen.outside.subject) or words("desk.erased"))]


def _moments(seen: queries.Tracked) -> list[Moment]:
    """What happened, newest first, in the words of the reckoning."""
    told = [(step, letters) for step, letters in steps(seen) if not step.message.id.startswith(_WITHIN)]
    return [Moment(step.on, written(step.message), letters=letters) for step, letters in reversed(told)]
