"""Who works in an agency, and in which roles (人员与岗位): invited, given roles, let in anew, ended.

Each change is an entry of the agency's ledger: whoever could let themselves in as somebody else leaves a trace of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AccessChanged
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.permissions import Role
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Actor, Agency, New, Rules, Unit

ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "citizen")
"""The roles that somebody of an agency can hold."""


@dataclass(frozen=True)
class InvitePerson:
    """Somebody new, who will enrol by a link."""

    agency: str
    name: str
    login: str
    roles: tuple[Role, ...]
    key: str | None = None


@dataclass(frozen=True)
class AssignRoles:
    """Somebody holds these roles from now on, and no others."""

    agency: str
    person: str
    roles: tuple[Role, ...]
    key: str | None = None


@dataclass(frozen=True)
class ResetPerson:
    """Somebody lost the telephone or the password, or comes back: they enrol anew."""

    agency: str
    person: str
    key: str | None = None


@dataclass(frozen=True)
class EndPerson:
    """Somebody leaves: no access any more."""

    agency: str
    person: str
    key: str | None = None


def invite_person(
    unit: Unit, agency: Agency, actor: Actor, command: InvitePerson, rules: Rules, now: datetime
) -> dict[str, str]:
    """``person token``: the token is told this once."""
    for field, text in (("name", command.name), ("login", command.login)):
        if not text.strip():
            raise Refused(message("act.missing", field=field))
    _refuse_roles(command.roles)
    member = unit.admit(agency, command.name.strip(), command.login.strip())
    unit.assign(member, command.roles)
    _note(unit, agency, AccessChanged(today(now), member.id, "invited", actor.person or None, command.roles), now)
    return {"person": member.id, "token": unit.enrol(member)}


def assign_roles(unit: Unit, agency: Agency, actor: Actor, command: AssignRoles, rules: Rules, now: datetime) -> None:
    """Change somebody's roles. Raises ``Refused`` for one's own: nobody makes themselves a reviewer."""
    _refuse_oneself(actor, command.person)
    _refuse_roles(command.roles)
    unit.assign(unit.member(agency, command.person), command.roles)
    _note(unit, agency, AccessChanged(today(now), command.person, "roles", actor.person or None, command.roles), now)


def reset_person(
    unit: Unit, agency: Agency, actor: Actor, command: ResetPerson, rules: Rules, now: datetime
) -> dict[str, str]:
    """``person token``: password, codes and sessions of before are void."""
    _refuse_oneself(actor, command.person)
    member = unit.member(agency, command.person)
    _note(unit, agency, AccessChanged(today(now), command.person, "renewed", actor.person or None), now)
    return {"person": command.person, "token": unit.enrol(member)}


def end_person(unit: Unit, agency: Agency, actor: Actor, command: EndPerson, rules: Rules, now: datetime) -> None:
    """End somebody's access at once."""
    _refuse_oneself(actor, command.person)
    unit.end(unit.member(agency, command.person), now)
    _note(unit, agency, AccessChanged(today(now), command.person, "ended", actor.person or None), now)


def _note(unit: Unit, agency: Agency, changed: AccessChanged, now: datetime) -> None:
    unit.append(agency, [New(Thing("agency", agency.id), changed, now)])


def _refuse_oneself(actor: Actor, person: str) -> None:
    if actor.person == person:
        raise Refused(message("act.oneself"))


def _refuse_roles(roles: Collection[str]) -> None:
    if not roles or not set(roles) <= set(ROLES):
        raise Refused(message("act.roles", roles=ROLES))
