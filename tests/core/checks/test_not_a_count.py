from decimal import Decimal

import pytest

from gongkai.core.checks import not_a_count
from gongkai.core.message import message
from gongkai.core.tables.report import Cell


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (Cell(None, "若干"), "not-a-count.text"),
        (Cell(None, "3/5"), "not-a-count.text"),
        (Cell(-2, "-2"), "not-a-count.negative"),
        (Cell(Decimal("2.5"), "2.5"), "not-a-count.decimal"),
    ],
)
def test_what_is_no_count(make, found, cell, fault):
    findings = found(not_a_count, make(cells={"requests/new/other": cell}))
    assert [(f.cell, f.found, f.message.id) for f in findings] == [("requests/new/other", cell.printed, fault)]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(3, "3件"),
        Cell(22, "22（其中修订 16 件）"),
        Cell(Decimal("3.0"), "3.0"),
        Cell(None, " — "),
        Cell(None, ""),
        Cell(None),
    ],
)
def test_what_is_a_count_or_nothing_at_all(make, found, cell):
    assert found(not_a_count, make(cells={"requests/new/other": cell})) == []


def test_money_has_decimals_and_changes_go_down(make, found):
    assert found(not_a_count, make(cells={"art20/fees/amount_10k_yuan": Cell(Decimal("1.25"), "1.25")})) == []
    assert found(not_a_count, make(form="annual-2019", cells={"art20/licences/change": Cell(-3, "-3")})) == []
    money = found(not_a_count, make(cells={"art20/fees/amount_10k_yuan": Cell(Decimal("-1.5"), "-1.5")}))
    assert [f.message.id for f in money] == ["not-a-count.negative"]


def test_figures_that_could_not_be_told_apart_are_told_by_the_reader(make, found):
    unclear = (message("read.figures-unclear", cells=("requests/new/other",)),)
    cells = {"requests/new/other": Cell(None, "640020470")}
    assert len(found(not_a_count, make(cells=cells))) == 1
    assert found(not_a_count, make(cells=cells, problems=unclear)) == []
