"""Why a published report and today's ledger differ: cell by cell, down to the events entered or amended since."""

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.core.tables.fill import Counted, Figure
from gongkai.core.tables.report import Number


class Difference(NamedTuple):
    """A cell that would be filled otherwise today: what it counts now and did not then, and the other way round."""

    cell: str
    published: Number
    today: Number
    added: tuple[Counted, ...]
    removed: tuple[Counted, ...]


def differences(published: Mapping[str, Figure], today: Mapping[str, Figure]) -> list[Difference]:
    """The cells that differ between two fillings of one form, in its order, explained by what they count."""
    found = []
    for cell, then in published.items():
        now = today[cell]
        if now == then:
            continue
        added = tuple(each for each in now.of if each not in set(then.of))
        removed = tuple(each for each in then.of if each not in set(now.of))
        found.append(Difference(cell, then.value, now.value, added, removed))
    return found
