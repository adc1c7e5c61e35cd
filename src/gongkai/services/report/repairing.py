"""The smallest correction of a whole report, and the report with it applied."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod

from gongkai.core.checks.finding import Case, Change, Finding, Repair
from gongkai.core.tables.report import Cell, Report

LISTED = 20
"""So many ways beside the first are listed."""


@dataclass(frozen=True, slots=True)
class Repairs:
    """The repair of each table; none where ``unread`` figures could not be made out: nobody knows what they are."""

    unread: int
    tables: tuple[Repair, ...]

    @property
    def known(self) -> bool:
        """Whether the whole report can be corrected."""
        return not self.unread and all(repair.status != "none" for repair in self.tables)

    @property
    def size(self) -> int:
        """How many changes are needed, at least."""
        return sum(repair.size for repair in self.tables)

    @property
    def count(self) -> int:
        """In how many ways the report can be corrected."""
        return prod(repair.count for repair in self.tables)

    @property
    def ways(self) -> list[tuple[Change, ...]]:
        """The first ways, at most one and ``LISTED``: each way of one table goes with every way of the others."""
        of_tables = [(repair.changes, *repair.alternatives) for repair in self.tables]
        return [sum(way, ()) for way in islice(product(*of_tables), LISTED + 1)]


def repairs(report: Report) -> Repairs:
    """What must change so that all sums of all tables hold."""
    from gongkai.core.checks.repair import repair
    from gongkai.core.checks.sums import unread

    if cells := unread(report):
        return Repairs(len(cells), ())
    return Repairs(0, tuple(repair(report.form, table.id, report.cells) for table in report.form.tables))


def corrected(report: Report, changes: Sequence[Change]) -> Report:
    """The report with some figures changed; each keeps its place."""
    cells = dict(report.cells)
    for change in changes:
        cells[change.cell] = Cell(change.after, str(change.after), cells[change.cell].place)
    return replace(report, cells=cells)


def check(report: Report, previous: Report | None = None) -> list[Finding]:
    """Every finding in one report, with last year's beside it where it is known."""
    from gongkai.core.checks.run import run
    from gongkai.rulebook.load.words import words

    return run(Case(report, previous, words=words()))
