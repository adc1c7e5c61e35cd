"""Whether the chains of all agencies are whole."""

from typing import NamedTuple

from gongkai.core.ledger.chain import first_break
from gongkai.services.ports import Agency, Ledgers


class Break(NamedTuple):
    """The first entry of an agency that does not follow from those before."""

    agency: Agency
    sequence: int


def verify(ledgers: Ledgers) -> list[Break]:
    """The first break of every agency whose chain is broken."""
    found = []
    for agency in ledgers.agencies():
        sequence = first_break(ledgers.links(agency), ledgers.algorithm)
        if sequence is not None:
            found.append(Break(agency, sequence))
    return found
