"""Whether the chains of all agencies are whole, and still hold what an older export proves."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.core.ledger.chain import ALGORITHMS, first_break
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.naming import namings
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message
from gongkai.services.oversight.export import Checked
from gongkai.services.ports import Agency, Ledgers


class Break(NamedTuple):
    """What is not whole: of which agency, from which entry on (``None`` for its name or all of it), and how to say it.

    The agency is ``None`` where the older export is of another installation altogether.
    """

    agency: Agency | None
    sequence: int | None
    message: Message


def verify(ledgers: Ledgers, since: Checked | None = None) -> list[Break]:
    """The first break of every agency whose chain is broken.

    Args:
        ledgers: the ledgers.
        since: an older export, whose entries must all still stand in their places, under the same names of agencies
            unless later entries say otherwise.
    """
    agencies = {agency.id: agency for agency in ledgers.agencies()}
    orphans = [Agency(id, id) for id in ledgers.orphans()]
    here = agencies.keys() | {agency.id for agency in orphans}
    kept = since or Checked()
    if here and kept.hashes and not kept.hashes.keys() & here:
        return [Break(None, None, message("ledger.other-installation"))]
    found = [Break(agency, None, message("ledger.orphans", agency=agency.name)) for agency in orphans]
    for agency in agencies.values():
        found += _breaks(ledgers, agency, kept)
    for id in kept.hashes.keys() - here:
        name = kept.names.get(id, id)
        found.append(Break(Agency(id, name), None, message("ledger.agency-gone", agency=name)))
    return found


def _breaks(ledgers: Ledgers, agency: Agency, kept: Checked) -> Iterator[Break]:
    """Of one agency: the first entry that does not follow or is not what was kept, and a name that nothing explains."""
    if agency.algorithm not in ALGORITHMS:
        said = message("ledger.other-algorithm", agency=agency.name, found=agency.algorithm, known=ALGORITHMS)
        yield Break(agency, 1, said)
        return
    broken = first_break(ledgers.links(agency), agency.algorithm)
    departed = _departure(ledgers, agency, kept.hashes.get(agency.id, ()))
    if broken is not None and (departed is None or broken <= departed):
        yield Break(agency, broken, message("ledger.broken", agency=agency.name, sequence=broken))
    elif departed is not None:
        yield Break(agency, departed, message("ledger.not-as-kept", agency=agency.name, sequence=departed))
    yield from _otherwise(ledgers, agency, kept)


def _otherwise(ledgers: Ledgers, agency: Agency, kept: Checked) -> Iterator[Break]:
    """Where it is called otherwise than its ledger says, or than it was when the older export was made without an entry
    behind that which says so.
    """
    try:
        named = namings(ledgers.history(agency, Thing("agency", agency.id)))
    except Refused:  # what cannot be read says nothing, and breaks the chain
        named = []
    if named and named[-1].event.called != agency.name:
        told = {"found": agency.name, "expected": named[-1].event.called, "sequence": named[-1].sequence}
        yield Break(agency, None, message("ledger.named-otherwise", **told))
        return
    before = kept.names.get(agency.id, agency.name)
    explained = named and named[-1].sequence > len(kept.hashes.get(agency.id, ()))
    if before != agency.name and not explained:
        yield Break(agency, None, message("ledger.renamed", before=before, found=agency.name))


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
