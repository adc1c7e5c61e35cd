"""What every request gets: its language and look, the installation behind the pages, and errors in words."""

from collections.abc import Callable
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.core.message import Told, message
from gongkai.pages.addresses import address
from gongkai.pages.apart import Later
from gongkai.pages.language import speaking, words
from gongkai.pages.preferences import language
from gongkai.pages.shapes import Link
from gongkai.services.ports import Stale
from gongkai.store.sealing import WrongKey
from gongkai.store.throttles import Throttled

_STATUS: dict[type[Told], int] = {Stale: 409, Throttled: 429, Later: 503}
Get = Callable[[HttpRequest], HttpResponse]


def preferences(get: Get) -> Get:
    """Language, large type and high contrast, as the visitor chose them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with speaking(language(request.COOKIES)):
            return get(request)

    return middleware


def addressed(get: Get) -> Get:
    """Nothing has an address with a NUL, which PostgreSQL takes in no text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return get(request)

    return middleware


def installed(get: Get) -> Get:
    """``request.gongkai``: the installation (``site.wiring.Web``)."""
    from gongkai.site.wiring import web

    def middleware(request: HttpRequest) -> HttpResponse:
        request.gongkai = web()
        return get(request)

    return middleware


class _ToldMiddleware:
    """A refusal that no view foresaw is a page that says what to do, and nothing was done."""

    def __init__(self, get: Get) -> None:
        self._get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Nothing before a view."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal: 409 for what has changed, 429 for too many tries, 503 for what is possible later or
        not without the key; else 403.
        """
        if isinstance(error, WrongKey):
            return render(request, "portal/told.html", {"said": message("told.closed")}, status=503)
        if isinstance(error, InvalidToken):
            return render(request, "portal/told.html", {"said": message("told.damaged")}, status=503)
        if not isinstance(error, Told):
            return None
        status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 403)
        return render(request, "portal/told.html", {"said": error.message}, status=status)


told = _ToldMiddleware


def everywhere(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the switches of its look, and where the portal leads."""
    return {
        "preferences": {
            "url": address("preferences"),
            "large": request.COOKIES.get("large") == "1",
            "contrast": request.COOKIES.get("contrast") == "1",
        },
        "search": {"url": address("search"), "query": request.GET.get("q", "")},
        "home_url": address("home"),
        "agency": words("portal.name"),
        "demo_words": words("portal.demo"),
        "nav": [
            Link(words(f"portal.nav.{name}"), address(name), request.path == address(name))
            for name in ("home", "track")
        ],
    }
