"""An act tried from its form. What cannot be done is said, and nothing that was typed is lost."""

import secrets
from collections.abc import Mapping
from typing import NamedTuple

from django.forms import BoundField
from django.http import HttpRequest

from gongkai.core.ledger.entry import Thing
from gongkai.core.message import Told
from gongkai.core.review.permissions import Act
from gongkai.desk.deeds import Deed
from gongkai.desk.meanwhile import Changed, Meanwhile, meanwhile
from gongkai.pages.forms import Worded
from gongkai.pages.language import written
from gongkai.services.ports import Stale


class Attempt(NamedTuple):
    """The form to be shown and the status of its page; ``done``: what the act answered, where it was done;
    ``meanwhile``: what others did since the form was opened, where that stopped it.
    """

    form: Worded
    status: int
    done: Mapping[str, str] | None = None
    meanwhile: Meanwhile | None = None

    @property
    def fields(self) -> list[tuple[BoundField, Changed | None]]:
        """The fields of the form, each with what others changed in it meanwhile."""
        return [(field, self.meanwhile.fields.get(field.name) if self.meanwhile else None) for field in self.form]

    @property
    def elsewhere(self) -> list[Changed]:
        """What others changed that has no field in this form."""
        shown = {field.name for field in self.form.visible_fields()}
        return [each for name, each in self.meanwhile.fields.items() if name not in shown] if self.meanwhile else []


def attempt(request: HttpRequest, act: Act, deed: Deed, thing: Thing, first: Mapping[str, object]) -> Attempt:
    """Do an act on a thing of the actor's agency with what was filled in, or show its form. ``first``: what the form
    says to begin with, of the thing as it stands now.

    409 where the thing went on meanwhile, 422 where the law or the form does not admit it.
    """
    if request.method != "POST":
        return Attempt(deed.form(initial={**first, "key": secrets.token_urlsafe(16)}), 200)
    form = deed.form(request.POST)
    if not form.is_valid():
        return Attempt(form, 422)
    command = deed.command(request.actor.agency, thing.number, form.cleaned_data)
    try:
        return Attempt(form, 200, request.gongkai.perform(request.actor, act, command) or {})
    except Stale as stale:
        form.data = _again(form, first, stale.found)
        form.add_error(None, written(stale.message))
        return Attempt(form, 409, meanwhile=meanwhile(request, deed, thing, stale))
    except Told as told:
        form.data = form.data.copy()
        form.data["key"] = secrets.token_urlsafe(16)  # nothing was done: what is sent now is another submission
        form.add_error(None, written(told.message))
        return Attempt(form, 422)


def _again(form: Worded, first: Mapping[str, object], version: int) -> Mapping[str, object]:
    """What was typed stays; it is sent again on top of what is shown now. Of another content nobody has judged yet."""
    data = form.data.copy()
    data["version"] = str(version)
    if "content" in first and data.get("content") != first["content"]:
        data["content"] = str(first["content"])
        data.pop("verdict", None)
    return data
