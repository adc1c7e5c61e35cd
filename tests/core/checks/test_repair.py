"""The smallest correction of a table: what it is, in cases small enough to be seen by eye."""

from decimal import Decimal

import pytest

from gongkai.core.checks.finding import Change, Repair
from gongkai.core.checks.repair import repair
from gongkai.core.checks.search import WAYS, Equation, Smallest, smallest
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Cell, Number
from gongkai.rulebook.load.forms import form

FORM = form("annual-2021")
OTHERS = ("other.no_correction", "other.unpaid", "other.other")


def table(figures: dict[str, Number | None] | None = None, form: Form = FORM) -> dict[str, Cell]:
    """Table three and table four as printed, all zeros but for the figures given as ``row/column``."""
    cells = {cell: Cell(0, "0") for id in ("requests", "review") for cell in form.by_table[id].cells()}
    for name, value in (figures or {}).items():
        id = next(id for id in ("requests", "review") if f"{id}/{name}" in form.types)
        cells[f"{id}/{name}"] = Cell(value, "" if value is None else str(value))
    return cells


def changed(found: Repair) -> list[dict[str, int]]:
    """All ways listed, as row/column → new figure."""
    return [
        {change.cell.split("/", 1)[1]: change.after for change in way} for way in (found.changes, *found.alternatives)
    ]


def test_a_table_that_holds_needs_nothing() -> None:
    assert repair(FORM, "requests", table()) == Repair("unique", 0, 1)
    assert repair(FORM, "requests", {}) == Repair("unique", 0, 1)
    assert repair(FORM, "art20", table()) == Repair("unique", 0, 1)
    assert repair(FORM, "review", table({"new/total": 5})) == Repair("unique", 0, 1)


def test_totals_left_at_zero_break_four_sums_and_are_two_changes() -> None:
    one = dict.fromkeys(
        ("new/natural_person", "new/total", "unable.not_held/natural_person", "unable.not_held/total"), 1
    )
    found = repair(FORM, "requests", table(one))
    assert found == Repair(
        "unique",
        2,
        1,
        (Change("requests/total/natural_person", 0, 1), Change("requests/total/total", 0, 1)),
    )


def test_one_wrong_figure_that_breaks_two_sums_is_one_change() -> None:
    figures = {"new/business": 3, "new/total": 3, "granted/business": 8, "granted/total": 3}
    figures |= {"total/business": 3, "total/total": 3}
    found = repair(FORM, "requests", table(figures))
    assert (found.status, found.size, found.changes) == (
        "unique",
        1,
        (Change("requests/granted/business", 8, 3),),
    )


def test_two_figures_that_changed_places_are_put_back() -> None:
    figures: dict[str, Number | None] = dict.fromkeys(("new/natural_person", "total/natural_person"), 7)
    figures |= dict.fromkeys(("new/business", "total/business"), 2)
    figures |= {"granted/natural_person": 2, "granted/business": 7}  # should be 7 and 2
    figures |= dict.fromkeys(("new/total", "granted/total", "total/total"), 9)
    found = repair(FORM, "requests", table(figures))
    assert {"granted/natural_person": 7, "granted/business": 2} in changed(found)
    assert found.size == 2


def test_a_total_is_named_before_an_entry_and_ways_are_in_printing_order() -> None:
    row = {"upheld": 1, "corrected": 1, "total": 3}
    found = repair(FORM, "review", table({f"reconsideration/{key}": value for key, value in row.items()}))
    assert (found.status, found.size, found.count) == ("several", 1, 5)
    assert changed(found) == [
        {f"reconsideration/{column}": value}
        for column, value in (("total", 2), ("upheld", 2), ("corrected", 2), ("other", 1), ("pending", 1))
    ]


def test_what_stood_there_is_kept_null_for_a_blank() -> None:
    cells = table({"reconsideration/upheld": 4})
    for printed, before in (("", None), (None, None), ("/", "/"), ("四件", "四件")):
        cells["review/reconsideration/total"] = Cell(None, printed)
        assert repair(FORM, "review", cells).changes == (Change("review/reconsideration/total", before, 4),)


def test_a_blank_may_be_filled_and_counts_as_zero_where_it_stays() -> None:
    cells = {cell: Cell(None, "") for cell in FORM.by_table["requests"].cells()}
    assert repair(FORM, "requests", cells).size == 0
    cells["requests/new/research"] = Cell(1, "1")
    found = repair(FORM, "requests", cells)
    assert (found.status, found.changes) == ("unique", (Change("requests/new/research", 1, 0),))


def test_a_negative_figure_stays_unless_it_must_go() -> None:
    kept = {"reconsideration/upheld": -2, "reconsideration/corrected": 5, "reconsideration/total": 4}
    assert {"reconsideration/total": 3} in changed(repair(FORM, "review", table(kept)))
    gone = {"reconsideration/upheld": -2, "reconsideration/total": 0}
    assert changed(repair(FORM, "review", table(gone))) == [
        {"reconsideration/upheld": 0},
        {"reconsideration/corrected": 2},
        {"reconsideration/other": 2},
        {"reconsideration/pending": 2},
    ]


def test_a_decimal_stays_or_becomes_a_whole_figure() -> None:
    held = {"reconsideration/upheld": Decimal("1.5"), "reconsideration/total": Decimal("1.5")}
    assert repair(FORM, "review", table(held)).size == 0
    figures = {
        "reconsideration/upheld": Decimal("1.5"),
        "reconsideration/corrected": 2,
        "reconsideration/total": 6,
    }
    found = repair(FORM, "review", table(figures))
    assert found.changes == (Change("review/reconsideration/upheld", Decimal("1.5"), 4),)
    assert found.status == "unique"


def test_cells_that_can_move_together_are_counted_out() -> None:
    figures = {
        "reconsideration/upheld": Decimal("1.5"),
        "reconsideration/other": Decimal("0.7"),
        "reconsideration/total": 3,
    }
    found = repair(FORM, "review", table(figures))
    assert (found.status, found.size, found.count) == ("several", 2, 4)
    assert changed(found) == [
        {"reconsideration/upheld": upheld, "reconsideration/other": 3 - upheld} for upheld in range(4)
    ]


def test_the_count_ends_where_there_are_ways_without_end() -> None:
    figures = {"reconsideration/upheld": -1, "reconsideration/total": -2}
    found = repair(FORM, "review", table(figures))
    assert (found.status, found.size, found.count) == ("several", 2, WAYS)


def test_very_large_figures_are_exact() -> None:
    large = 10**40
    figures = {"reconsideration/upheld": large, "reconsideration/corrected": 1, "reconsideration/total": large}
    assert changed(repair(FORM, "review", table(figures)))[0] == {"reconsideration/total": large + 1}
    figures |= {"reconsideration/corrected": Decimal("0.00000000000000000000000000000000000001")}
    assert changed(repair(FORM, "review", table(figures)))[0] == {"reconsideration/corrected": 0}


def test_a_row_printed_in_place_of_others_keeps_them_out() -> None:
    figures = {"new/natural_person": 1, "new/total": 1, "total/natural_person": 1, "total/total": 1}
    cells = table(figures)
    three = repair(FORM, "requests", cells)
    assert {f"{row}/{c}": 1 for row in OTHERS[:1] for c in ("natural_person", "total")} in changed(three)
    assert not any(cell.startswith("other.all") for way in changed(three) for cell in way)

    for cell in list(cells):
        if cell.split("/")[1] in OTHERS:
            cells[cell] = Cell(None)
    for column in FORM.by_table["requests"].blocks[0].columns:
        cells[f"requests/other.all/{column.id}"] = Cell(0, "0")
    one = repair(FORM, "requests", cells)
    assert one.count == three.count - 2
    assert {"other.all/natural_person": 1, "other.all/total": 1} in changed(one)
    assert not any(cell.startswith(OTHERS) for way in changed(one) for cell in way)


def test_cells_that_the_report_lacks_may_be_filled() -> None:
    cells = table({"new/natural_person": 1, "new/total": 1, "total/natural_person": 1, "total/total": 1})
    del cells["requests/granted/natural_person"], cells["requests/granted/total"]
    assert {"granted/natural_person": 1, "granted/total": 1} in changed(repair(FORM, "requests", cells))


def test_more_than_six_changes_give_a_bound_and_no_way() -> None:
    rows = [row.id for row in FORM.by_table["requests"].blocks[0].rows][2:11]
    found = repair(FORM, "requests", table({f"{row}/total": 2**n for n, row in enumerate(rows, 1)}))
    assert (found.status, found.count, found.changes, found.alternatives) == ("none", 0, (), ())
    assert found.size == 9


def test_a_sum_that_no_cell_of_the_table_can_mend() -> None:
    stuck = [Equation({}, 3), Equation({0: 1, 1: -1}, 0)]
    assert smallest(stuck, [1, 1], 1, 6) == Smallest(7, [])


@pytest.mark.parametrize("size", range(1, 7))
def test_a_search_given_up_proves_only_what_it_has_seen(size: int) -> None:
    # A ring of sums a = b, b = c … all broken: each sum has two cells, every second cell must change.
    count = 2 * size
    values = [0, 1] * size
    ring = [Equation({n: 1, (n + 1) % count: -1}, values[n] - values[(n + 1) % count]) for n in range(count)]
    whole = smallest(ring, values, 1, 6)
    assert (whole.size, len(whole.ways)) == (size, 2)
    given_up = smallest(ring, values, 1, 6, work=1)
    assert given_up == Smallest(size, [])
