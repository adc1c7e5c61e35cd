"""The people of one's agency and their roles (人员与岗位)."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.message import Told
from gongkai.core.review.permissions import Act
from gongkai.desk.access_forms import InviteForm, OnceForm, RolesForm
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.language import words, written
from gongkai.pages.shapes import Badge, Cell, Column, Moment, Table
from gongkai.services.agency.people import AssignRoles, EndPerson, InvitePerson, ResetPerson
from gongkai.services.ports import Member
from gongkai.store import queries

COMMANDS: dict[Act, Any] = {"reset_person": ResetPerson, "end_person": EndPerson}
"""The acts on somebody that need no more than to be confirmed."""


@require_safe
@staff
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, in which roles, and whether they have access."""
    columns = [Column(words(f"people.{each}")) for each in ("name", "login", "roles", "access")]
    rows = [
        [
            Cell(each.name, reverse("person", args=[each.id])),
            Cell(each.login),
            Cell(_roles(each)),
            Cell("", badge=_access(each)),
        ]
        for each in queries.members(request.actor)
    ]
    return render(request, "desk/people.html", frame(request, table=Table(words("desk.nav.people"), columns, rows)))


@never_cache
@require_http_methods(["GET", "POST"])
@staff
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new; afterwards the link to hand over."""
    allowed(request, "invite_person")
    form = InviteForm(request.POST or None, initial={"key": secrets.token_urlsafe(16)})
    if form.is_valid():
        filled = form.cleaned_data
        roles, key = tuple(filled["roles"]), filled["key"] or None
        command = InvitePerson(request.actor.agency, filled["name"], filled["login"], roles, key)
        try:
            answer = request.gongkai.perform(request.actor, "invite_person", command)
            return _link(request, filled["name"], answer["token"])
        except Told as told:
            form.add_error(None, written(told.message))
    more = {"form": form, "heading": words("act.invite_person"), "does": words("act.invite_person.does")}
    return _form(request, more, form)


@require_http_methods(["GET", "POST"])
@staff
def person(request: HttpRequest, id: str) -> HttpResponse:
    """Somebody, their roles to be changed, and what else may be done. One's own cannot be."""
    who = _found(request, id)
    form = RolesForm(request.POST or None, initial={"roles": who.roles, "key": secrets.token_urlsafe(16)})
    if form.is_valid():
        filled = form.cleaned_data
        command = AssignRoles(request.actor.agency, id, tuple(filled["roles"]), filled["key"] or None)
        try:
            request.gongkai.perform(request.actor, "assign_roles", command)
            return redirect("people")
        except Told as told:
            form.add_error(None, written(told.message))
    acts: list[Act] = ["reset_person"] if who.ended else ["reset_person", "end_person"]
    more = {
        "who": who,
        "access": _access(who),
        "roles": _roles(who),
        "own_self": id == request.actor.person,
        "others": [{"url": reverse("person-act", args=[id, act]), "label": words(f"act.{act}")} for act in acts],
        "form": form,
        "moments": _changes(request, id),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/person.html", frame(request, **more), status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@staff
def act(request: HttpRequest, id: str, act_name: str) -> HttpResponse:
    """The page of an act on somebody: what it does, to be confirmed."""
    if act_name not in COMMANDS:
        raise Http404
    name: Act = act_name
    who = _found(request, id)
    posted = request.POST if request.method == "POST" else None
    form = OnceForm(posted, initial={"key": secrets.token_urlsafe(16)})
    if form.is_valid():
        command = COMMANDS[name](request.actor.agency, id, form.cleaned_data["key"] or None)
        try:
            answer = request.gongkai.perform(request.actor, name, command)
            return _link(request, who.name, answer["token"]) if answer else redirect("people")
        except Told as told:
            form.add_error(None, written(told.message))
    more = {"who": who, "form": form, "heading": words(f"act.{name}"), "does": words(f"act.{name}.does")}
    return _form(request, more, form)


def _changes(request: HttpRequest, id: str) -> list[Moment]:
    """How somebody's access changed, and by whom."""
    names = {each.id: each.name for each in queries.members(request.actor)}
    return [
        Moment(
            changed.on,
            words(
                f"people.changed.{changed.change}",
                by=names.get(changed.by, changed.by) if changed.by else words("people.changed.machine"),
                roles=_named(changed.roles),
            ),
        )
        for changed in queries.access(request.actor, request.gongkai.ledgers, id)
    ]


def _found(request: HttpRequest, id: str) -> Member:
    known = next((each for each in queries.members(request.actor) if each.id == id), None)
    if known is None:
        raise Http404
    return known


def _form(request: HttpRequest, more: dict[str, Any], form: OnceForm) -> HttpResponse:
    return render(request, "desk/person_act.html", frame(request, **more), status=422 if form.errors else 200)


def _link(request: HttpRequest, name: str, token: str) -> HttpResponse:
    """The link to enrol by; whoever has it sets the password, so it is shown here and sent nowhere."""
    link = (settings.BASE_URL or f"{request.scheme}://{request.get_host()}") + reverse("enrol-link", args=[token])
    return render(request, "desk/link.html", frame(request, name=name, link=link))


def _roles(who: Member) -> str:
    return _named(who.roles)


def _named(roles: Iterable[str]) -> str:
    return words("people.between").join(words(f"role.{role}") for role in roles)


def _access(who: Member) -> Badge:
    if who.ended:
        return Badge(words("people.access.ended"))
    return (
        Badge(words("people.access.invited"), "warning") if who.invited else Badge(words("people.access.open"), "done")
    )
