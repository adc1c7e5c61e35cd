"""Whether the chains of all agencies are whole."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.ledger.chain import first_break
from gongkai.services.ports import Agency, Ledgers


class Break(NamedTuple):
    """The first entry of an agency that does not follow from those before, or is another than in an older export."""

    agency: Agency
    sequence: int


def verify(ledgers: Ledgers, since: Mapping[str, Sequence[str]] | None = None) -> list[Break]:
    """The first break of every agency whose chain is broken.

    Args:
        ledgers: the ledgers.
        since: the hashes of an older export by agency, all of which must still stand in their places. The name of an
            agency that is gone altogether is its id.
    """
    older = dict(since or {})
    found = []
    for agency in ledgers.agencies():
        kept = older.pop(agency.id, ())
        places = (first_break(ledgers.links(agency), agency.algorithm), _departure(ledgers, agency, kept))
        if broken := [place for place in places if place is not None]:
            found.append(Break(agency, min(broken)))
    return found + [Break(Agency(id, id), 1) for id in older]


def _departure(ledgers: Ledgers, agency: Agency, kept: Sequence[str]) -> int | None:
    """The number of the first entry that is not what was kept."""
    if not kept:
        return None
    links = ledgers.links(agency)
    for sequence, hash in enumerate(kept, 1):
        each = next(links, None)
        if each is None or each.hash != hash:
            return sequence
    return None
