"""How fast, and how right, the smallest correction of a table is.

    python bench/repair.py [TABLES] [CHECKED]

Invents TABLES tables three and four of both forms (10,000 if not given), breaks 1 to 6 cells of each, and
prints the time of a repair. CHECKED of the tables with at most three broken cells (2,000) are also solved by
``reference``, a search of another kind, and every difference is printed; exit 1 if there is any.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from time import perf_counter

from gongkai.core.checks.finding import Repair
from gongkai.core.checks.repair import repair
from gongkai.core.tables.form import Form, Identity
from gongkai.core.tables.report import Cell
from gongkai.rulebook.load import forms

Figures = dict[str, int | None]
Way = frozenset[tuple[str, int]]


def consistent(rng: random.Random, form: Form, table: str, density: float = 0.1, largest: int = 300) -> Figures:
    """Invent a table whose sums hold: mostly zeros, some figures up to hundreds."""
    cells = list(form.by_table[table].cells())
    figures: Figures = dict.fromkeys(cells, 0)
    totals = {identity.total for identity in sums(form, table)}
    for cell in cells:
        if cell not in totals and rng.random() < density:
            figures[cell] = rng.choice((1, 1, 2, 3, rng.randint(1, 20), rng.randint(1, largest)))
    # Columns first, then the two sums that meet in them, then across: each step keeps what the last one made.
    for rule in ("column-total", "balance", "row-total", "review-total"):
        for identity in form.identities_of(rule):
            if identity.table == table and identity.total in figures:
                missing = excess(identity, figures)
                if rule != "balance":
                    figures[identity.total] += missing
                else:
                    figures[identity.minus[0] if missing > 0 else identity.plus[0]] += abs(missing)
    return figures


def damaged(rng: random.Random, figures: Figures, changes: int) -> Figures:
    """The same table with so many cells changed to other figures, sometimes blanked."""
    result = dict(figures)
    for cell in rng.sample(list(result), changes):
        old = result[cell]
        while (result[cell] or 0) == old:
            result[cell] = rng.choice(
                (None, 0, 1, old + 1, max(0, old - 1), old * 10, rng.randint(0, 9), rng.randint(0, 300))
            )
    return result


def printed(figures: Mapping[str, int | None]) -> dict[str, Cell]:
    """The table as read."""
    return {cell: Cell(value, "" if value is None else str(value)) for cell, value in figures.items()}


def sums(form: Form, table: str) -> list[Identity]:
    """The sums of one table within one year."""
    return [identity for identity in form.identities if identity.table == table and not identity.previous]


def excess(identity: Identity, figures: Mapping[str, int | None]) -> int:
    """By how much the parts exceed the total."""
    plus = sum(figures.get(cell) or 0 for cell in identity.plus)
    return plus - sum(figures.get(cell) or 0 for cell in (identity.total, *identity.minus))


def reference(
    form: Form, table: str, figures: Figures, most: int = 3, largest: int = 0, step: int = 1
) -> tuple[int, set[Way]] | None:
    """Every smallest repair, found the slow way: all sets of cells, smallest first, each solved on its own.

    Passes over only those sets that plainly cannot do: every broken sum needs a cell, and one cell alone
    breaks a sum that held. Sets whose cells can move together are tried with every figure up to ``largest``.
    New figures are multiples of ``step``. ``None`` if no set of at most ``most`` cells suffices.
    """
    identities = sums(form, table)
    matrix: dict[str, dict[int, int]] = {cell: {} for cell in figures}
    for number, identity in enumerate(identities):
        signed = [(identity.total, -1), *((c, 1) for c in identity.plus), *((c, -1) for c in identity.minus)]
        for cell, sign in signed:
            if cell in matrix:
                matrix[cell][number] = matrix[cell].get(number, 0) + sign
    gaps = {n: gap for n, identity in enumerate(identities) if (gap := excess(identity, figures))}
    for size in range(most + 1):
        ways = {
            way
            for support in _supports(matrix, set(gaps), size)
            for way in _solve(support, matrix, gaps, figures, range(0, largest + 1, step))
        }
        if ways:
            return size, ways
    return None


def _supports(matrix: Mapping[str, dict[int, int]], broken: set[int], size: int) -> Iterator[tuple[str, ...]]:
    """Sets of cells that touch every broken sum, and no other sum only once."""
    pools: set[frozenset[str]] = {frozenset()}
    for _ in range(size):
        grown = set()
        for pool in pools:
            open_sums = broken - {number for cell in pool for number in matrix[cell]}
            target = min(open_sums, default=None)
            for cell, column in matrix.items():
                if cell not in pool and (target is None or target in column):
                    grown.add(pool | {cell})
        pools = grown
    for pool in pools:
        touched = Counter(number for cell in pool for number in matrix[cell])
        if broken <= touched.keys() and all(n > 1 or number in broken for number, n in touched.items()):
            yield tuple(sorted(pool))


def _solve(
    support: Sequence[str],
    matrix: Mapping[str, dict[int, int]],
    gaps: Mapping[int, int],
    figures: Figures,
    allowed: range,
) -> Iterator[Way]:
    """All new figures for every cell of the set by which all sums hold; ``allowed`` for cells that can move."""
    numbers = sorted({number for cell in support for number in matrix[cell]})
    rows = [
        [Fraction(matrix[cell].get(number, 0)) for cell in support] + [Fraction(-gaps.get(number, 0))]
        for number in numbers
    ]
    pivots: list[int] = []
    for column in range(len(support)):
        found = next((i for i in range(len(pivots), len(rows)) if rows[i][column]), None)
        if found is None:
            continue
        here = len(pivots)
        rows[here], rows[found] = rows[found], rows[here]
        rows[here] = [value / rows[here][column] for value in rows[here]]
        for i, row in enumerate(rows):
            if i != here and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[here], strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return
    old = [figures[cell] or 0 for cell in support]
    free = [column for column in range(len(support)) if column not in pivots]
    for chosen in product(allowed, repeat=len(free)):
        change = [Fraction(0)] * len(support)
        for column, value in zip(free, chosen, strict=True):
            change[column] = Fraction(value - old[column])
        for row, column in zip(rows, pivots, strict=False):
            change[column] = row[-1] - sum(row[other] * change[other] for other in free)
        new = [x + y for x, y in zip(old, change, strict=True)]
        if all(change) and all(value >= 0 and value % allowed.step == 0 for value in new):
            yield frozenset(zip(support, map(int, new), strict=True))


def difference(found: Repair, expected: tuple[int, set[Way]] | None, beyond: int = 3) -> str | None:
    """What a repair has wrong, or ``None``.

    ``expected`` is the answer of ``reference``, which looked at most as far as ``beyond`` changes.
    """
    if expected is None:
        return None if found.size > beyond else f"no repair of {found.size} changes exists"
    size, ways = expected
    listed = [frozenset((change.cell, change.after) for change in way) for way in (found.changes, *found.alternatives)]
    if found.size != size:
        return f"size {found.size}, expected {size}"
    if found.count != len(ways):
        return f"{found.count} ways, expected {len(ways)}"
    if len(set(listed)) != len(listed) or len(listed) != min(len(ways), 21) or not set(listed) <= ways:
        return "ways that are wrong, missing or twice there"
    return None if found.status == ("unique" if len(ways) == 1 else "several") else f"status {found.status}"


def cases(count: int, seed: int = 0) -> Iterator[tuple[Form, str, int, Figures]]:
    """Invented broken tables: form, table, number of broken cells, figures. The same for the same seed."""
    kinds = [(id, "requests") for id in ("annual-2021", "annual-2019")] * 4 + [("annual-2021", "review")]
    for number in range(count):
        rng = random.Random(f"{seed} {number}")
        id, table = kinds[number % len(kinds)]
        changes = rng.randint(1, 6)
        density = rng.choice((0.03, 0.1, 0.1, 0.3))
        form = forms.form(id)
        figures = consistent(rng, form, table, density)
        yield form, table, changes, damaged(rng, figures, changes)


def main(tables: int, checked: int) -> int:
    times, statuses, wrong, left = [], Counter[str](), 0, checked
    for form, table, changes, figures in cases(tables):
        cells = printed(figures)
        start = perf_counter()
        found = repair(form, table, cells)
        times.append(perf_counter() - start)
        statuses[found.status] += 1
        if found.size > changes:
            wrong += 1
            print(f"{found.size} changes where {changes} suffice: {figures}")
        if changes <= 3 and left:
            left -= 1
            problem = difference(found, reference(form, table, figures))
            if problem:
                wrong += 1
                print(f"{problem}: {figures}")
    times.sort()
    p50, p99, longest = (1000 * times[int((tables - 1) * part)] for part in (0.5, 0.99, 1))
    print(f"repair: {tables} tables  p50 {p50:.2f} ms  p99 {p99:.2f} ms  max {longest:.1f} ms")
    print(f"        {dict(statuses)}; {checked - left} compared with the reference; {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(arguments + [10_000, 2_000][len(arguments) :])))
