"""Addresses of pages, kept: Django makes each anew from its patterns, for a list in a sixth of the time of its page."""

from functools import cache
from urllib.parse import quote

from django.urls import reverse

_NUMBER = "*"
"""Stands in an address where a number will; no pattern minds it, and nothing quotes it."""


@cache
def address(name: str) -> str:
    """The address of the page of this name, which needs nothing more."""
    return reverse(name)


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[_NUMBER])


def numbered(name: str, number: str) -> str:
    """The address of the page of this name about the thing of a number."""
    return _pattern(name).replace(_NUMBER, quote(number, safe=""))
