"""The fewest values to change so that a system of sums holds: exact search by elimination and branching.

The unknowns are the changes d of the cells; each sum is a row Σ a·d + residual = 0. Where a residual is not
0, at least one cell of the row must change. The search takes the row with the fewest candidates and tries
each: the chosen cell is eliminated from the other rows (Gauss–Jordan), which merges the sums that it links,
so that the residuals show what is still missing. A cell tried before is not taken again in later branches:
every set of cells is met at most once.

A chosen cell has, as long as nothing else changes, the value that its row gives it. If that value is
negative, not whole, or the old one, some other cell of its row must change too: such a row is violated as
well. So a branch ends only in a repair, or where the violated rows need more cells than may still change.

Sizes are tried in ascending order, so no repair of the size found has a cell that could stay as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.core.checks.bound import Sum, exceeds, packing
from gongkai.core.checks.lattice import Inequality, points

WORK = 60_000
"""After so many steps a search gives up, so that no table, however broken, takes more than about two seconds."""

WAYS = 10_000
"""No more ways than these are counted. Cells that can move together may have millions, and infinitely many
where cells were negative: with a = b as the only sum, a = −1 and b = −2 can become any equal pair.
"""

Way = tuple[tuple[int, int], ...]
"""One repair: (cell, its new integer ≥ 0), in ascending order of cells."""


class Equation(NamedTuple):
    """A sum that must become 0: Σ coefficient · value over the cells that may change, and what it is now."""

    coefficients: Mapping[int, int]
    residual: int


class Smallest(NamedTuple):
    """``ways`` of ``size`` changes. Without ways, no fewer than ``size`` changes suffice."""

    size: int
    ways: list[Way]


def smallest(equations: Sequence[Equation], values: Sequence[int], scale: int, most: int, work: int = WORK) -> Smallest:
    """Find every way to make all equations hold by changing as few values as possible, at most ``most``.

    ``values`` of the cells and residuals are in units of 1/``scale``, which is 1 where no decimals stand
    among the figures; the new values of a way are whole. Equations that hold must be given too: they must
    go on holding. The ways end at ``WAYS``. A search of more than ``work`` steps gives up with the bound
    proven until then.
    """
    rows = [_Row(dict(equation.coefficients), equation.residual) for equation in equations]
    available = _union(row.cells for row in rows)
    search = _Search(values, scale, work, sum(1 << cell for cell, value in enumerate(values) if value > 0))
    size = packing(need for need, _ in search.violated(rows, available, 0))
    while size <= most:
        try:
            search.branch(rows, available, (), size)
        except _TooManyWays:
            pass
        except _TooMuchWork:
            return Smallest(size, [])
        if search.ways:
            return Smallest(size, search.ways)
        size += 1
    return Smallest(size, [])


class _TooManyWays(Exception):
    pass


class _TooMuchWork(Exception):
    pass


@dataclass(slots=True, eq=False)
class _Row:
    """Σ a·d over ``coefficients`` + factor·d[cell] + residual = 0.

    ``cell`` is the chosen cell for which the row is solved, −1 in a row not solved. ``plus`` and ``minus`` are the
    cells with a positive and with a negative coefficient, as bit sets: bit i is cell i.
    """

    coefficients: dict[int, int]
    residual: int
    cell: int = -1
    factor: int = 0
    plus: int = field(init=False, default=0)
    minus: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        plus = minus = 0
        for cell, coefficient in self.coefficients.items():
            if coefficient > 0:
                plus |= 1 << cell
            else:
                minus |= 1 << cell
        self.plus, self.minus = plus, minus

    @property
    def cells(self) -> int:
        return self.plus | self.minus


@dataclass(slots=True, eq=False)
class _Search:
    """``falling``: the cells whose value can fall, as a bit set; all others can only rise."""

    values: Sequence[int]
    scale: int
    work: int
    falling: int
    steps: int = 0
    ways: list[Way] = field(default_factory=list)

    def branch(self, rows: list[_Row], available: int, free: tuple[int, ...], budget: int) -> None:
        """Choose ``budget`` more of the available cells; ``free`` were chosen with no row left to solve."""
        self._step()
        loose = sum(1 << cell for cell in free)
        needs = self.violated(rows, available, loose)
        if not budget:
            if not needs:
                self._record(rows, free)
            return
        if packing(need for need, _ in needs) > budget:
            return
        if len(needs) > budget and exceeds(_sums(needs, available), budget):
            return
        if not needs:
            # Only the ranges of dependent cells can be at fault: another cell of their rows must change.
            candidates, tried = available & _union(row.cells for row in rows if row.cell >= 0), None
        elif budget == 1:
            candidates, tried = needs[0]
            for need, _ in needs:
                candidates &= need
        else:
            candidates, tried = min(needs, key=lambda need: need[0].bit_count())
        for cell in _cells(candidates):
            bit = 1 << cell
            available &= ~bit
            if packing(need for need, _ in needs if not need & bit) >= budget:
                continue
            pivot = tried if tried and tried.cell < 0 else _shortest(rows, bit)
            if pivot:
                self.branch(_eliminate(rows, pivot, cell), available, free, budget - 1)
            else:
                self.branch(rows, available, (*free, cell), budget - 1)

    def violated(self, rows: list[_Row], available: int, loose: int) -> list[tuple[int, _Row]]:
        """Rows that hold only if another cell changes, each with the cells of which at least one must."""
        needs = []
        for row in rows:
            if row.cell < 0:
                if row.residual:
                    needs.append((self._moving(row, row.residual) & available, row))
                continue
            if row.cells & loose:
                continue
            change, remainder = divmod(-row.residual, row.factor)
            value = self.values[row.cell] + change
            if remainder or not change or value % self.scale:
                needs.append((row.cells & available, row))
            elif value < 0:
                needs.append((self._moving(row, row.factor) & available, row))
        return needs

    def _moving(self, row: _Row, sign: int) -> int:
        """Cells whose change can move Σ a·d against the sign: one of them must, whatever the others do."""
        if sign < 0:
            return row.plus | (row.minus & self.falling)
        return row.minus | (row.plus & self.falling)

    def _record(self, rows: list[_Row], free: tuple[int, ...]) -> None:
        solved = [row for row in rows if row.cell >= 0]
        if free:
            self._record_family(solved, free)
        else:
            self._add((row.cell, self.values[row.cell] - row.residual // row.factor) for row in solved)

    def _record_family(self, solved: list[_Row], free: tuple[int, ...]) -> None:
        """Every choice of the free cells that leaves all cells whole and not negative.

        None of them leaves a cell at its old figure: a smaller set would then do, and none does.
        """
        limits = [Inequality(tuple(int(cell == other) for other in free), 0) for cell in free]
        formulas = []
        for row in solved:
            # factor · new value = constant − Σ a · new value of the free cells, all in units of the scale.
            a = [row.coefficients.get(cell, 0) for cell in free]
            constant = row.factor * self.values[row.cell] - row.residual
            constant += sum(x * self.values[cell] for x, cell in zip(a, free, strict=True))
            constant, remainder = divmod(constant, self.scale)
            if remainder:
                return
            sign = 1 if row.factor > 0 else -1
            limits.append(Inequality(tuple(-sign * x for x in a), sign * constant))
            formulas.append((row.cell, row.factor, a, constant))
        for point in points(limits, len(free), self._step):
            way = [(cell, y * self.scale) for cell, y in zip(free, point, strict=True)]
            for cell, factor, a, constant in formulas:
                value, remainder = divmod(constant - sum(x * y for x, y in zip(a, point, strict=True)), factor)
                if remainder:
                    break
                way.append((cell, value * self.scale))
            else:
                self._add(way)

    def _add(self, way: Iterable[tuple[int, int]]) -> None:
        self.ways.append(tuple(sorted((cell, value // self.scale) for cell, value in way)))
        if len(self.ways) == WAYS:
            raise _TooManyWays

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.work:
            raise _TooMuchWork


def _eliminate(rows: list[_Row], pivot: _Row, cell: int) -> list[_Row]:
    """Solve the pivot row for the cell and take the cell out of all other rows."""
    rest = dict(pivot.coefficients)
    factor = rest.pop(cell)
    result = []
    for row in rows:
        if row is pivot:
            continue
        coefficient = row.coefficients.get(cell)
        if coefficient is None:
            result.append(row)
            continue
        scale = abs(factor)
        times = coefficient if factor > 0 else -coefficient
        merged = {other: a * scale for other, a in row.coefficients.items()}
        del merged[cell]
        for other, a in rest.items():
            value = merged.get(other, 0) - times * a
            if value:
                merged[other] = value
            else:
                del merged[other]
        result.append(_Row(merged, row.residual * scale - pivot.residual * times, row.cell, row.factor * scale))
    result.append(_Row(rest, pivot.residual, cell, factor))
    return result


def _shortest(rows: list[_Row], bit: int) -> _Row | None:
    """The shortest unsolved row with this cell, if there is one."""
    unsolved = (row for row in rows if row.cell < 0 and row.cells & bit)
    return min(unsolved, key=lambda row: len(row.coefficients), default=None)


def _sums(needs: Iterable[tuple[int, _Row]], available: int) -> list[Sum]:
    """The broken sums among the violated rows, with the cells that may still change."""
    return [
        (row.plus & available, row.minus & available, row.residual)
        for _, row in needs
        if row.cell < 0 and all(-1 <= coefficient <= 1 for coefficient in row.coefficients.values())
    ]


def _union(sets: Iterable[int]) -> int:
    union = 0
    for cells in sets:
        union |= cells
    return union


def _cells(bits: int) -> Iterator[int]:
    """The cells of a bit set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
