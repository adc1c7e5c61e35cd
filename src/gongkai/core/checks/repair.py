"""The smallest correction of a table (最小更正): which cells must change so that all its sums hold.

Sums that reach into last year's report are left out: a break there is a warning, and last year's figures
are not ours to correct. Only the sums of the form decide; nothing here knows the shape of a table.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

from gongkai.core.checks.finding import Change, Repair
from gongkai.core.checks.search import Equation, Way, smallest
from gongkai.core.tables.form import Form, Identity, Table
from gongkai.core.tables.report import ABSENT, Cell, Number

MOST = 6
"""Up to so many changes the repair is exact."""

ALTERNATIVES = 20
"""So many other ways are listed."""


def repair(form: Form, table: str, cells: Mapping[str, Cell]) -> Repair:
    """Find the fewest cells of one table whose change to counts (integers ≥ 0) restores all its sums.

    A blank counts as 0, and so does an absent cell. A row that is absent because another is printed in its
    place stays out, as does the absent row that could stand for others. Cells not changed keep their
    figure, be it negative or a decimal.

    Returns ``unique`` or ``several`` with all ways counted: two ways differ in a cell or in a figure; the
    count ends at ``search.WAYS``. ``changes`` is the way with the fewest cells that are no total, of these
    the first in printing order; the alternatives follow in the same order. ``none`` where six changes do
    not suffice, where no change of this table helps, or where the search was given up (``search.WORK``): at
    least ``size`` changes are then proven to be needed. A table without a broken sum has a ``unique``
    repair of size 0.
    """
    sums = [identity for identity in form.identities if identity.table == table and not identity.previous]
    figures = {cell: _figure(cells, cell) for identity in sums for cell in identity.cells}
    if not any(_excess(identity, figures) for identity in sums):
        return Repair("unique", 0, 1)
    order = [cell for cell in _changeable(form.by_table[table], cells) if cell in figures]
    index = {cell: i for i, cell in enumerate(order)}
    scale = lcm(*(figure.denominator for figure in figures.values()))
    equations = [_equation(identity, figures, index, scale) for identity in sums]
    size, ways = smallest(equations, [int(figures[cell] * scale) for cell in order], scale, MOST)
    if not ways:
        return Repair("none", size, 0)
    totals = {index[identity.total] for identity in sums if identity.total in index}
    ways.sort(key=lambda way: (sum(cell not in totals for cell, _ in way), way))
    listed = [_changes(way, order, cells) for way in ways[: ALTERNATIVES + 1]]
    return Repair("unique" if len(ways) == 1 else "several", size, len(ways), listed[0], tuple(listed[1:]))


def _figure(cells: Mapping[str, Cell], cell: str) -> int | Fraction:
    value = cells.get(cell, ABSENT).value or 0
    return value if isinstance(value, int) else Fraction(value)


def _excess(identity: Identity, figures: Mapping[str, int | Fraction]) -> int | Fraction:
    """By how much the parts exceed the total, exactly."""
    parts = sum(figures[cell] for cell in identity.plus) - sum(figures[cell] for cell in identity.minus)
    return parts - figures[identity.total]


def _changeable(table: Table, cells: Mapping[str, Cell]) -> Iterator[str]:
    """Cells of the table in printing order, without the rows that another printed row replaces."""
    lines = {
        row.id: [f"{table.id}/{row.id}/{column.id}" for column in block.columns]
        for block in table.blocks
        for row in block.rows
    }
    stands = {row: any(cells.get(cell, ABSENT)[:2] != (None, None) for cell in line) for row, line in lines.items()}
    replaced = {row for other, rows in table.alternatives.items() if stands[other] for row in rows}
    for row, line in lines.items():
        if stands[row] or (row not in table.alternatives and row not in replaced):
            yield from line


def _equation(
    identity: Identity, figures: Mapping[str, int | Fraction], index: Mapping[str, int], scale: int
) -> Equation:
    coefficients: Counter[int] = Counter()
    for sign, cells in ((1, identity.plus), (-1, (identity.total, *identity.minus))):
        for cell in cells:
            if cell in index:
                coefficients[index[cell]] += sign
    nonzero = {cell: coefficient for cell, coefficient in coefficients.items() if coefficient}
    return Equation(nonzero, int(_excess(identity, figures) * scale))


def _changes(way: Way, order: list[str], cells: Mapping[str, Cell]) -> tuple[Change, ...]:
    return tuple(Change(order[cell], _before(cells.get(order[cell], ABSENT)), after) for cell, after in way)


def _before(cell: Cell) -> Number | str | None:
    """What stood in the cell: its figure, null for a blank, else the text that is no figure."""
    return cell.value if cell.value is not None else cell.printed or None
