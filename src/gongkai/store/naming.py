"""What agencies are called, and were, as their ledgers say."""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Q

from gongkai.core.ledger.naming import Naming, called, former, namings
from gongkai.services import ports
from gongkai.store import models
from gongkai.store.rows import entry_of

NAMED = Q(kind="agency", text__contains='"type":"agency_named"')
"""The entries that name an agency; a quotation mark stands in no text of JSON but as its end."""


def namings_of(*agencies: str) -> dict[str, list[Naming]]:
    """The namings of some agencies, in one query."""
    rows = models.Entry.objects.filter(NAMED, agency_id__in=agencies).order_by("sequence")
    found = defaultdict(list)
    for agency, text in rows.values_list("agency_id", "text"):
        found[agency].append(entry_of(text))
    return {agency: namings(entries) for agency, entries in found.items()}


def renamed() -> dict[str, str]:
    """By each name that only one agency ever bore, and no longer bears, what that agency is called now."""
    now = dict(models.Agency.objects.values_list("id", "name"))
    bore: defaultdict[str, set[str]] = defaultdict(set)
    for agency, named in namings_of(*now).items():
        for each in former(named):
            bore[each.called].add(agency)
    borne = set(now.values())
    return {name: now[min(ids)] for name, ids in bore.items() if len(ids) == 1 and name not in borne}


def as_called(agency: ports.Agency, named: list[Naming], then: Callable[[Naming], bool]) -> ports.Agency:
    """The agency, called as it was when ``then`` held of its namings."""
    return agency._replace(name=called(named, then) or agency.name)
