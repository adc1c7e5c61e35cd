"""The rows of people who work in agencies: who they are, their roles, the link by which they enrol."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import IntegrityError
from django.utils import timezone

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.permissions import Role
from gongkai.services import ports
from gongkai.services.ports import Member
from gongkai.store import models
from gongkai.store.sealing import Sealer

VALID = timedelta(hours=72)
"""So long an invitation may wait."""
SECRET_LENGTH = 20
"""Bytes of the secret of one-time codes, as RFC 4226 recommends."""
STEP = 30
"""Seconds for which a one-time code stands (RFC 6238)."""


def member_of(row: models.Person) -> Member:
    """Somebody as the steps know them."""
    roles = tuple(each.role for each in row.holdings.all())
    return Member(row.id, row.agency_id, row.name, row.login, roles, row.token is not None, row.ended is not None)


def member(**asked: str) -> Member | None:
    """Who is found by an id, a login …"""
    row = models.Person.objects.prefetch_related("holdings").filter(**asked).first()
    return member_of(row) if row else None


def admit(agency: ports.Agency, name: str, login: str) -> Member:
    """Somebody new. Raises ``Refused`` where the login is taken; the act is then over."""
    try:
        row = models.Person.objects.create(id=secrets.token_hex(8), agency_id=agency.id, name=name, login=login)
    except IntegrityError as error:
        raise Refused(message("act.login-taken", login=login)) from error
    return member_of(row)


def assign(member: Member, roles: Collection[Role]) -> None:
    """These roles and no others."""
    models.Holding.objects.filter(person_id=member.id).exclude(role__in=roles).delete()
    kept = set(models.Holding.objects.filter(person_id=member.id).values_list("role", flat=True))
    new = [models.Holding(person_id=member.id, role=role) for role in roles if role not in kept]
    models.Holding.objects.bulk_create(new)


def enrol(sealer: Sealer, member: Member) -> str:
    """Void what somebody signed in with, and give the token of a new enrolment."""
    row = models.Person.objects.select_for_update().get(id=member.id)
    token = secrets.token_urlsafe(32)
    row.secret = sealer.pack(secrets.token_hex(SECRET_LENGTH))
    row.token, row.token_until = token_hash(token), timezone.now() + VALID
    row.ended = None
    _void(row)
    return token


def end(member: Member, at: datetime) -> None:
    """End somebody's access."""
    row = models.Person.objects.select_for_update().get(id=member.id)
    row.secret, row.token, row.token_until, row.ended = None, None, None, at
    _void(row)


def _void(row: models.Person) -> None:
    """No password, no codes, no session of before; written with what else was changed of the row."""
    row.password, row.counter, row.epoch = "", 0, row.epoch + 1
    row.save()
    row.recovery_codes.all().delete()


def token_hash(token: str) -> str:
    """The hash by which the token of a link is known. It holds 256 bits of chance: nobody finds it by searching, so
    it needs neither salt nor key.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def recovery_hash(sealer: Sealer, person: str, code: str) -> str:
    """The hash by which a recovery code of somebody is known (恢复码)."""
    return sealer.code_hash("recovery code", person, code)


def totp(sealer: Sealer, row: models.Person) -> TOTP:
    """What makes somebody's one-time codes."""
    return TOTP(bytes.fromhex(sealer.unpack(bytes(row.secret))), 6, SHA1(), STEP)
