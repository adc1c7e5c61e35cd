"""An act tried from its form. What cannot be done is said, and nothing that was typed is lost."""

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest

from gongkai.core.message import Told
from gongkai.core.review.permissions import Act
from gongkai.desk.deeds import Deed
from gongkai.pages.forms import Worded
from gongkai.pages.language import written
from gongkai.services.ports import Stale


class Attempt(NamedTuple):
    """The form to be shown and the status of its page; ``done``: what the act answered, where it was done."""

    form: Worded
    status: int
    done: Mapping[str, str] | None = None


def attempt(request: HttpRequest, act: Act, deed: Deed, number: str, first: Mapping[str, object]) -> Attempt:
    """Do an act on the thing of a number in the actor's agency with what was filled in, or show its form.

    409 where the thing went on meanwhile, 422 where the law or the form does not admit it.
    """
    if request.method != "POST":
        return Attempt(deed.form(initial={**first, "key": secrets.token_urlsafe(16)}), 200)
    form = deed.form(request.POST)
    if not form.is_valid():
        return Attempt(form, 422)
    command = deed.command(request.actor.agency, number, form.cleaned_data)
    try:
        return Attempt(form, 200, request.gongkai.perform(request.actor, act, command) or {})
    except Stale as stale:
        # What was typed stays; it is sent again on top of what is shown now.
        form.data = form.data.copy()
        form.data["version"] = str(stale.found)
        form.add_error(None, written(stale.message))
        return Attempt(form, 409)
    except Told as told:
        form.add_error(None, written(told.message))
        return Attempt(form, 422)
