"""Requests that no view answers: a page in words, in the look of the others, and a line of the log without values.

The page asks nothing of the database, the session or what was sent: any of them may be what failed.
"""

import traceback
from datetime import UTC, datetime
from functools import partial
from logging import Formatter, LogRecord

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai.pages.addresses import address
from gongkai.pages.language import words


def failed(request: HttpRequest, exception: object = None, *, status: int, why: str = "") -> HttpResponse:
    """What happened, what to do, and the way home. ``exception`` is told to nobody."""
    shown = {
        **{part: words(f"failed.{why or status}.{part}") for part in ("title", "what", "do")},
        "home_url": address("home"),
        "agency": words("portal.name"),
        "preferences": {name: request.COOKIES.get(name) == "1" for name in ("large", "contrast")},
    }
    return HttpResponse(render_to_string("portal/failed.html", shown), status=status)


bad_request = partial(failed, status=400)
forbidden = partial(failed, status=403)
not_found = partial(failed, status=404)
broken = partial(failed, status=500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or from one that was open for too long (CSRF)."""
    return failed(request, status=403, why="forged")


class Where(Formatter):
    """When, which status, which page by the name of its route, which exceptions, at which lines.

    No message, path or value: they may hold what somebody typed.
    """

    def format(self, record: LogRecord) -> str:
        """The first line, and below it a line for each exception and each of its frames."""
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        lines = [f"{at} {getattr(record, 'status_code', '')} {match.view_name if match else '-'}"]
        error = record.exc_info[1] if record.exc_info else None
        while error is not None:
            lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
            lines += [
                f"    {frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
                for frame, line in traceback.walk_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
