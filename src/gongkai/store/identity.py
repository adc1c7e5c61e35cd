"""Who somebody proves to be: enrolment by a link, then a password and a one-time code (双因素). The machine's clock."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.store import models
from gongkai.store.ledgers import Ledgers
from gongkai.store.people import STEP, recovery_hash, totp

ISSUER = "公开"
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without signs that are taken for others when they are copied from paper."""


class Known(NamedTuple):
    """Somebody whose password was right, as of an epoch of their access."""

    person: str
    epoch: int


class Enrolling(NamedTuple):
    """Somebody with a link: what their authenticator needs, as the address that a QR code holds and as text."""

    name: str
    login: str
    agency: str
    uri: str
    key: str


def enrolling(ledgers: Ledgers, link: str, at: datetime) -> Enrolling | None:
    """Whose link this is, by the hash of its token; ``None`` where it was used, has expired or never was."""
    row = _invited(link, at).select_related("agency").first()
    if row is None:
        return None
    uri = totp(ledgers.sealer, row).get_provisioning_uri(row.login, ISSUER)
    key = uri.partition("secret=")[2].partition("&")[0]
    return Enrolling(row.name, row.login, row.agency.name, uri, key)


def enrol(ledgers: Ledgers, link: str, password: str, code: str, at: datetime) -> tuple[Known, list[str]]:
    """Set the password, where the code shows that the authenticator is set up; who it is now, and the recovery codes.

    Raises ``Refused`` for a password that others guess, a code that is wrong, a link that is not valid any more.
    """
    with transaction.atomic():
        row = _invited(link, at).select_for_update().first()
        if row is None:
            raise Refused(message("signin.no-link"))
        try:
            validate_password(password, row)
        except ValidationError as error:
            raise Refused(message("signin.weak-password")) from error
        if not _accept_code(ledgers, row, code, at):
            raise Refused(message("signin.wrong-code"))
        row.password, row.token, row.token_until = make_password(password), None, None
        row.save()
        codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
        models.RecoveryCode.objects.bulk_create(
            models.RecoveryCode(person=row, hash=recovery_hash(ledgers.sealer, row.id, code)) for code in codes
        )
        return Known(row.id, row.epoch), codes


def by_password(login: str, password: str) -> Known | None:
    """Who this is by the first factor; an unknown login takes as long as a wrong password."""
    row = models.Person.objects.filter(login=login, ended=None).exclude(password="").first()
    if row is None:
        make_password(password)
        return None
    return Known(row.id, row.epoch) if check_password(password, row.password) else None


def by_code(ledgers: Ledgers, known: Known, code: str, at: datetime) -> bool:
    """Whether the second factor is right: a one-time code, or a recovery code, each accepted once."""
    with transaction.atomic():
        people = models.Person.objects.select_for_update()
        row = people.filter(id=known.person, epoch=known.epoch, ended=None).first()
        if row is None:
            return False
        if _accept_code(ledgers, row, code, at):
            row.save(update_fields=["counter"])
            return True
        hash = recovery_hash(ledgers.sealer, row.id, code.lower())
        return bool(row.recovery_codes.filter(hash=hash).delete()[0])


def _accept_code(ledgers: Ledgers, row: models.Person, code: str, at: datetime) -> bool:
    """Whether this is the code of now, or of the step before or after; and not one that was used, or older."""
    now = int(at.timestamp()) // STEP
    makes = totp(ledgers.sealer, row)
    for step in (now - 1, now, now + 1):
        right = constant_time_compare(makes.generate(step * STEP).decode(), code)
        if right and step > row.counter:
            row.counter = step
            return True
    return False


def _invited(link: str, at: datetime) -> QuerySet[models.Person]:
    return models.Person.objects.filter(token=link, token_until__gt=at, ended=None)
