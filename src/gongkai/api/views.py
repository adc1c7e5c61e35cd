"""``/api/v1/``: file a request, follow it."""

from math import ceil
from typing import Annotated, Any

from django.http import HttpRequest
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI, Status
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from ninja.params import functions as param_functions

from gongkai import __version__
from gongkai.api.schemas import Fault, Filed, Following, RequestIn
from gongkai.core.message import Told, message
from gongkai.pages.language import words, written
from gongkai.pages.visitor import may_file, tracked
from gongkai.services.outgoing.mail import unreached
from gongkai.services.ports import CITIZEN
from gongkai.services.request.identity import misread
from gongkai.services.request.receive import FileRequest
from gongkai.store import queries
from gongkai.store.sealing import WrongKey
from gongkai.store.throttles import Throttled

api = NinjaAPI(
    title="Gongkai 公开", version=__version__, docs_url=None, description="File and follow requests for information."
)
Key = Annotated[str, param_functions.Header(..., min_length=8, max_length=200, alias="Idempotency-Key")]
Code = Annotated[str, param_functions.Header(alias="X-Query-Code")]
WITHIN = ("clock.submitted", "clock.reviewed")
"""Steps within the office, which nobody outside is told."""


@api.exception_handler(Told)
def told(request: HttpRequest, error: Told) -> Any:
    """A refusal in words; after too many tries also, in seconds, when there is another."""
    status = 429 if isinstance(error, Throttled) else 409
    answer = api.create_response(request, {"error": written(error.message)}, status=status)
    if isinstance(error, Throttled):
        answer["Retry-After"] = str(ceil(error.wait.total_seconds()))
    return answer


@api.exception_handler(WrongKey)
def closed(request: HttpRequest, error: WrongKey) -> Any:
    """Nothing can be read or taken; why is for who runs the system."""
    return api.create_response(request, {"error": words("told.closed")}, status=503)


@api.post("/requests", response={201: Filed, 404: Fault, 409: Fault, 429: Fault}, url_name="requests")
def file(request: HttpRequest, body: RequestIn, key: Key) -> Any:
    """File a request. The same ``Idempotency-Key`` again, also at the same time, gives the same answer."""
    may_file(request)
    found = queries.agency_called(CITIZEN, body.agency)
    if found is None:
        return Status(404, {"error": written(message("act.no-agency"))})
    who = body.applicant
    faults = {
        "identity": misread(who.kind, who.identity),
        "contact": unreached({"route": body.route, "contact": who.contact}),
    }
    if told := [
        {"type": said.id, "loc": ["body", "body", "applicant", name], "msg": written(said)}
        for name, said in faults.items()
        if said
    ]:
        raise ValidationError(told)
    command = FileRequest(
        found.id,
        who.kind,
        who.name,
        body.subject,
        {"identity": who.identity, "contact": who.contact, "form": body.form, "route": body.route},
        key=f"api {key}",
    )
    answer = request.gongkai.perform(CITIZEN, "file_request", command)
    return Status(
        201, {**answer, "due_on": answer["due_on"] or None, "provisional_on": answer["provisional_on"] or None}
    )


@api.get("/requests/{number}", response={200: Following, 404: Fault, 429: Fault}, url_name="request")
@decorate_view(never_cache)
def follow(request: HttpRequest, number: str, code: Code = "") -> Any:
    """Where a request stands; an unknown number and a wrong code are answered alike."""
    seen = tracked(request, None, number, code)
    if seen is None:
        return Status(404, {"error": words("track.unknown")})
    reckoning = seen.reckoning
    steps = [
        {"on": step.on, "counted": step.counted, "total": step.total, "text": written(step.message)}
        for step in reckoning.steps
        if not step.message.id.startswith(WITHIN)
    ]
    return {
        "number": number,
        "agency": seen.agency.name,
        "state": reckoning.state,
        "due_on": reckoning.due_on,
        "provisional_on": reckoning.provisional_on,
        "overdue": reckoning.overdue,
        "steps": steps,
    }
