"""How often something may be tried: one mechanism for signing in, codes, filing, reports of errors.

A limit of ten an hour gives ten tries at once and one more every six minutes (the generic cell rate algorithm): one
instant a subject is all that is kept. A try is counted before it is made, so that many at once are not more than many
one after the other; what succeeds gives its try back. The clock is the machine's.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from gongkai.core.message import Told, message
from gongkai.store import models


class Limit(NamedTuple):
    """So many tries within a time, each subject by itself."""

    name: str
    times: int
    within: timedelta

    @property
    def each(self) -> timedelta:
        """What one try costs."""
        return self.within / self.times


_HOUR = timedelta(hours=1)
SIGN_IN_LOGIN = Limit("sign-in login", 10, _HOUR)
SIGN_IN_ADDRESS = Limit("sign-in address", 60, _HOUR)
"""An office shares one address."""
TRACK_ADDRESS = Limit("track address", 40, _HOUR)
"""A number is not limited by itself: anybody could shut its applicant out. A code has 50 bits, so that a hundred
thousand addresses would guess for ten thousand years.
"""
FILE_ADDRESS = Limit("file address", 60, _HOUR)
ERROR_ADDRESS = Limit("error address", 20, _HOUR)

Try = tuple[Limit, str]
"""A limit, and whom or what it counts."""


class Throttled(Told):
    """Too many tries; ``wait`` says how long until there is one more."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(message("throttle.wait", minutes=-(-wait // timedelta(minutes=1))))


def take(tries: Iterable[Try], at: datetime) -> None:
    """Count a try of each. Raises ``Throttled``, and then none is counted."""
    with transaction.atomic():
        for key, limit in _keys(tries):
            row, made = models.Throttle.objects.select_for_update().get_or_create(key=key, defaults={"free": at})
            free = max(row.free, at) + limit.each
            if free > at + limit.within:
                raise Throttled(free - limit.within - at)
            models.Throttle.objects.filter(key=key).update(free=free)
            if made:
                models.Throttle.objects.filter(free__lt=at).delete()


def give_back(tries: Iterable[Try]) -> None:
    """It succeeded: the try does not count."""
    for key, limit in _keys(tries):
        models.Throttle.objects.filter(key=key).update(free=F("free") - limit.each)


def address(remote: str) -> str:
    """Whom an address counts as: one of IPv6 with all of its network, since a household has as many as it likes; some
    proxies name the port too.
    """
    plain = remote.rpartition(":")[0] if remote.count(":") == 1 else remote
    try:
        known = ip_address(plain)
    except ValueError:
        return remote
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or int(known) >> 64)
    return str(known)


def _keys(tries: Iterable[Try]) -> list[tuple[str, Limit]]:
    """In one order for everybody, so that nobody waits for another who waits for them."""
    return sorted((salted_hmac(limit.name, subject, algorithm="sha256").hexdigest(), limit) for limit, subject in tries)
