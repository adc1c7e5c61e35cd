"""Large type, high contrast, language: what a visitor chose of the look of pages, kept in cookies for a year."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.pages.language import speaking
from gongkai.rulebook.load.messages import Lang

YEAR = 365 * 24 * 3600
CHOICES = {"large": ("0", "1"), "contrast": ("0", "1"), "lang": ("zh-hans", "en")}


def chosen(given: Mapping[str, str]) -> dict[str, str]:
    """The preferences among what a form or an address says."""
    return {name: given[name] for name, allowed in CHOICES.items() if given.get(name) in allowed}


def language(cookies: Mapping[str, str]) -> Lang:
    """The language that a visitor chose."""
    return "en" if cookies.get("lang") == "en" else "zh"


def remember(response: HttpResponse, choices: Mapping[str, str]) -> None:
    """Keep them in the visitor's browser."""
    for name, choice in choices.items():
        response.set_cookie(name, choice, max_age=YEAR, samesite="Lax", httponly=True)


def switched_within(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that has been typed into cannot be found again by its address: its switches are buttons of its own form
    (context ``typed``, the form's id), and the view answers with the same page in its new look (``request.switched``).
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        choices = chosen(request.POST)
        request.switched = bool(choices)
        request.COOKIES.update(choices)
        with speaking(language(request.COOKIES)):
            response = view(request, *args, **options)
        remember(response, choices)
        return response

    return shown
