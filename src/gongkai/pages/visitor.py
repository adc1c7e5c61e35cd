"""Who asks, as the network tells it, and how often they may."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.store import queries, throttles


def address(request: HttpRequest) -> str:
    """The address of the visitor. Behind reverse proxies it is the one that the outermost of ours was asked by: what
    stands further left in ``X-Forwarded-For`` the visitor may have written.
    """
    asked = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.PROXIES
    remote = asked[-proxies] if 0 < proxies <= len(asked) else request.META.get("REMOTE_ADDR", "")
    return throttles.address(remote)


def alias(request: HttpRequest) -> str:
    """The same for all visits from one address, which tells nobody without our key what it is."""
    return salted_hmac("gongkai.pages.visitor", address(request)).hexdigest()


def clock() -> datetime:
    """The machine's clock, by which tries, one-time codes and sessions go."""
    return timezone.now()


def may_file(request: HttpRequest) -> None:
    """Count a filing. Raises ``Throttled``."""
    throttles.take([(throttles.FILE_ADDRESS, address(request))], clock())


def may_report_error(request: HttpRequest) -> None:
    """Count a report of an error in an item. Raises ``Throttled``."""
    throttles.take([(throttles.ERROR_ADDRESS, address(request))], clock())


def tracked(request: HttpRequest, agency: str | None, number: str, code: str) -> queries.Tracked | None:
    """What the applicant with this code sees; ``None`` alike for an unknown number and a wrong code. Without an agency
    it is the one whose request the code opens. Raises ``Throttled`` after too many wrong ones.
    """
    gongkai, number, code = request.gongkai, number.strip(), code.strip().upper()
    tries = [(throttles.TRACK_ADDRESS, address(request))]
    throttles.take(tries, clock())
    if "\0" in f"{agency}{number}":  # PostgreSQL takes it in no text
        return None
    agency = agency or queries.agency_by_code(gongkai.ledgers, number, code)
    seen = agency and queries.tracked(gongkai.ledgers, agency, number, code, gongkai.rules, gongkai.today)
    if not seen:
        return None
    throttles.give_back(tries)
    return seen
