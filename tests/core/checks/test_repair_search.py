"""The smallest correction held against a search of another kind (``bench/repair.py``), and its time."""

import random
import runpy
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.checks.lattice import Inequality, points
from gongkai.core.checks.repair import repair
from gongkai.core.checks.search import WAYS
from gongkai.core.tables.form import Block, Column, Form, Identity, Label, Row, Table
from gongkai.core.tables.report import Cell
from gongkai.rulebook.load.forms import form

BENCH = runpy.run_path(str(Path(__file__).parents[3] / "bench" / "repair.py"))
reference, difference, printed = BENCH["reference"], BENCH["difference"], BENCH["printed"]
FORM = form("annual-2021")
ROWS = [row.id for row in FORM.by_table["requests"].blocks[0].rows if row.id != "other.all"]
COLUMNS = [column.id for column in FORM.by_table["requests"].blocks[0].columns]


def test_invented_tables_agree_with_the_reference_and_are_quick() -> None:
    times, compared = [], 0
    for kind, table, changes, figures in BENCH["cases"](400, seed=1):
        start = process_time()
        found = repair(kind, table, printed(figures))
        times.append(process_time() - start)
        assert found.status != "none" and found.size <= changes, figures
        if changes <= 3:
            compared += 1
            assert difference(found, reference(kind, table, figures)) is None, figures
    assert compared >= 150
    assert sorted(times)[int(len(times) * 0.99)] <= 1


def structures(rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Cells that lie so that few sums are broken, or many by one figure."""
    row, column = rng.choice(ROWS), rng.choice(COLUMNS)
    yield "one row", [f"{row}/{c}" for c in rng.sample(COLUMNS, 3)]
    yield "one column", [f"{r}/{column}" for r in rng.sample(ROWS, 3)]
    yield "the row of totals", [f"total/{c}" for c in rng.sample(COLUMNS, 3)]
    yield "the column of totals", [f"{r}/total" for r in rng.sample(ROWS, 3)]
    yield "a column's balance", [f"{r}/{column}" for r in ("new", "carried_out", "total")]
    corners = [f"{r}/{c}" for r in rng.sample(ROWS, 2) for c in rng.sample(COLUMNS, 2)]
    yield "three corners", corners[:3]


@pytest.mark.parametrize("mode", ["add one", "same figure", "zero", "exchange", "huge", "blank"])
def test_errors_that_hide_each_other(mode: str) -> None:
    for seed in range(5):
        rng = random.Random(f"{mode} {seed}")
        whole = BENCH["consistent"](rng, FORM, "requests", rng.choice((0.02, 0.1, 0.4)))
        for name, places in structures(rng):
            cells = [f"requests/{place}" for place in places]
            figures, before = dict(whole), [whole[cell] for cell in cells]
            after = {
                "add one": [value + 1 for value in before],
                "same figure": [7] * 3,
                "zero": [0] * 3,
                "exchange": before[1:] + before[:1],
                "huge": [value + 10**25 * (n + 1) for n, value in enumerate(before)],
                "blank": [None] * 3,
            }[mode]
            figures.update(zip(cells, after, strict=True))
            found = repair(FORM, "requests", printed(figures))
            assert difference(found, reference(FORM, "requests", figures)) is None, (name, figures)


def test_a_broken_row_or_column_as_a_whole_is_mended_in_time() -> None:
    for seed in range(8):
        rng = random.Random(seed)
        whole = BENCH["consistent"](rng, FORM, "requests", 0.3)
        row, column = rng.choice(ROWS), COLUMNS.index(rng.choice(COLUMNS[:-1]))
        zero = {f"requests/{row}/{c}": 0 for c in COLUMNS}
        totals = {f"requests/total/{c}": whole[f"requests/total/{c}"] + 3 for c in COLUMNS}
        shifted = {
            f"requests/{r}/{COLUMNS[column]}": whole[f"requests/{above}/{COLUMNS[column]}"]
            for above, r in pairwise(ROWS)
        }
        for damage in (zero, totals, shifted):
            start = process_time()
            found = repair(FORM, "requests", printed(whole | damage))
            assert process_time() - start < 3
            different = sum(whole[cell] != value for cell, value in damage.items())
            assert found.size <= different and (found.status == "none") == (found.size > 6)


def test_six_errors_in_a_grid_of_two_rows_leave_a_weak_bound() -> None:
    for seed in range(12):
        rng = random.Random(seed)
        figures = BENCH["consistent"](rng, FORM, "requests", 0.3)
        for r in rng.sample(ROWS, 2):
            for c in rng.sample(COLUMNS, 3):
                figures[f"requests/{r}/{c}"] += rng.choice((1, 2, 7, 30, 400))
        start = process_time()
        found = repair(FORM, "requests", printed(figures))
        assert process_time() - start < 3
        assert found.status != "none" and found.size <= 6
        for way in (found.changes, *found.alternatives):
            mended = figures | {change.cell: change.after for change in way}
            assert not any(BENCH["excess"](identity, mended) for identity in BENCH["sums"](FORM, "requests"))


def invented(rows: int, columns: int, *, twice: bool = False) -> Form:
    """Table ``t``: entries with the sums of rows and columns. ``twice``: the first entry counts double."""
    down = [f"r{n}" for n in range(rows)] + ["sum"]
    across = [f"c{n}" for n in range(columns)] + ["sum"]
    sums = [Identity("across", "t", f"t/{r}/sum", tuple(f"t/{r}/{c}" for c in across[:-1])) for r in down]
    sums += [Identity("down", "t", f"t/sum/{c}", tuple(f"t/{r}/{c}" for r in down[:-1])) for c in across]
    if twice:
        sums = [sum._replace(plus=(*sum.plus, "t/r0/c0")) if "t/r0/c0" in sum.plus else sum for sum in sums]
    block = Block(
        None,
        None,
        tuple(Row(id, Label(id, id)) for id in down),
        tuple(Column(id, Label(id, id)) for id in across),
    )
    return Form("invented", "", "", "", (), (Table("t", 1, "down", None, (block,), {}),), tuple(sums))


SMALL = {(2, 2, False): invented(2, 2), (2, 3, False): invented(2, 3), (2, 2, True): invented(2, 2, twice=True)}


@pytest.mark.parametrize(
    ("shape", "figures", "size", "count"),
    [
        # A way that begins with cells that could mend all sums by themselves, were it not for a figure below 0.
        (
            (2, 3, False),
            {"r0/c1": 2, "r0/c2": 2, "r0/sum": 2, "r1/c0": 5, "r1/c1": 5, "r1/c2": 5, "sum/c0": 2, "sum/sum": 2},
            6,
            13,
        ),
        # Cells that move together, one of them in halves.
        ((1, 2, True), {"r0/c0": -3, "r0/c1": -2, "r0/sum": 1, "sum/c0": 3, "sum/c1": -5}, 5, 2),
    ],
)
def test_rare_turns_of_the_search(shape: tuple[int, int, bool], figures: dict[str, int], size: int, count: int) -> None:
    rows, columns, twice = shape
    form = invented(rows, columns, twice=twice)
    whole = {cell: figures.get(cell.removeprefix("t/"), 0) for cell in form.by_table["t"].cells()}
    found = repair(form, "t", printed(whole))
    assert (found.size, found.count) == (size, count)
    assert difference(found, reference(form, "t", whole, 6, 40), 6) is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_all_sizes_of_any_small_form(data: st.DataObject) -> None:
    form = SMALL[data.draw(st.sampled_from(sorted(SMALL)))]
    cells = list(form.by_table["t"].cells())
    value = st.one_of(st.none(), st.integers(0, 4), st.sampled_from((0, 1, 9)))
    figures = {cell: data.draw(value) for cell in cells}
    found = repair(form, "t", printed(figures))
    largest = sum(value or 0 for value in figures.values())
    expected = reference(form, "t", figures, 6, largest)
    assert difference(found, expected, 6) is None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.data())
def test_negative_and_decimal_figures_of_a_small_form(data: st.DataObject) -> None:
    """Against the reference in halves: with all figures doubled, only even new ones are whole."""
    form = SMALL[2, 2, False]
    halves = {
        cell: data.draw(st.sampled_from((-4, -2, -1, 0, 0, 0, 1, 2, 3, 6))) for cell in form.by_table["t"].cells()
    }
    found = repair(form, "t", {cell: Cell(Decimal(value) / 2, "x") for cell, value in halves.items()})
    largest = 2 * sum(map(abs, halves.values()))
    expected = reference(form, "t", halves, 6, largest, step=2)
    if found.count == WAYS:
        assert expected and found.size == expected[0]
        return
    doubled = (
        None
        if expected is None
        else (
            expected[0],
            {frozenset((cell, new // 2) for cell, new in way) for way in expected[1]},
        )
    )
    assert difference(found, doubled, 6) is None


def test_integer_points_of_a_polyhedron() -> None:
    triangle = [Inequality((1, 0), 0), Inequality((0, 1), 0), Inequality((-2, -3), 7)]
    assert list(points(triangle, 2, lambda: None)) == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1), (3, 0)
    ]  # fmt: skip
    assert list(points([*triangle, Inequality((1, 1), -9)], 2, lambda: None)) == []
    assert list(points([Inequality((2,), -3), Inequality((-2,), 3)], 1, lambda: None)) == []


def test_work_without_end_is_ended_by_its_steps() -> None:
    """2y = 2x + 1 has no integer point, however far one looks."""
    strip = [Inequality((1, 0), 0), Inequality((-2, 2), -1), Inequality((2, -2), 1)]

    class Enough(Exception):
        pass

    left = iter(range(1000))

    def step() -> None:
        if next(left, None) is None:
            raise Enough

    with pytest.raises(Enough):
        next(points(strip, 2, step))
