"""The printed grids: the official layout of each table, and no hole or overlap whatever rows a report has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.tables.report import ABSENT, Cell
from gongkai.documents.write.table import LINE, cell_text, print_table
from gongkai.rulebook.load.forms import forms

FORMS = [form.id for form in forms()]


def lines(printed):
    return [[(slot.text, slot.rowspan, slot.colspan) for slot in line] for line in printed.lines()]


def test_table_three_is_printed_as_the_form_prints_it(invented):
    report = invented("annual-2021", 2024)
    printed = print_table(report, report.form.by_table["requests"])
    assert (printed.width, printed.head, printed.labels, printed.height) == (10, 3, 3, 28)
    head = lines(printed)[:3]
    assert head[0] == [(report.form.by_table["requests"].corner, 3, 3), ("申请人情况", 1, 7)]
    assert head[1] == [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
    assert [text for text, _, _ in head[2]] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    body = lines(printed)[3:]
    assert body[0][0] == ("一、本年新收政府信息公开申请数量", 1, 3)
    assert body[2][:2] == [("三、本年度办理结果", 22, 1), ("（一）予以公开", 1, 2)]
    assert body[4][:2] == [("（三）\n不予公开", 8, 1), ("1.属于国家秘密", 1, 1)]
    assert body[-1][0] == ("四、结转下年度继续办理", 1, 3)


def test_table_four_stands_in_one_line_under_three_lines_of_heads(invented):
    report = invented("annual-2021", 2024)
    printed = print_table(report, report.form.by_table["review"])
    assert (printed.width, printed.head, printed.height) == (15, 3, 4)
    assert lines(printed)[0] == [("行政复议", 1, 5), ("行政诉讼", 1, 10)]
    assert lines(printed)[1][0] == ("结果维持", 2, 1)
    assert lines(printed)[1][5:] == [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)]
    assert len(lines(printed)[3]) == 15


@pytest.mark.parametrize(("form_id", "blocks"), [("annual-2021", 4), ("annual-2019", 5)])
def test_the_table_of_article_20_is_one_table_of_blocks(invented, form_id, blocks):
    report = invented(form_id, 2020)
    printed = print_table(report, report.form.by_table["art20"])
    assert printed.width == 4
    assert sum(slot.kind == "block" and slot.colspan == 4 for slot in printed.slots) == blocks
    assert not printed.repeats


def test_a_row_that_replaces_others_is_printed_in_their_place(invented):
    form = next(form for form in forms() if form.id == "annual-2021")
    replaced = [cell for cell in form.types if cell.startswith("requests/other.") and "other.all" not in cell]
    single = {cell: Cell(2, "2") for cell in form.types if cell.startswith("requests/other.all/")}
    report = invented("annual-2021", 2021, dict.fromkeys(replaced, ABSENT) | single)
    printed = print_table(report, form.by_table["requests"])
    assert printed.height == 28 - 2
    assert ("（六）其他处理", 1, 2) in [cell for line in lines(printed) for cell in line]
    assert all(slot.cell not in replaced for slot in printed.slots)


@pytest.mark.parametrize("form_id", FORMS)
@given(data=st.data())
def test_every_place_of_the_grid_is_covered_once(form_id, data):
    form = next(form for form in forms() if form.id == form_id)
    table = data.draw(st.sampled_from(form.tables))
    rows = [(block, row) for block in table.blocks for row in block.rows]
    kept = data.draw(st.lists(st.sampled_from(range(len(rows))), min_size=1, unique=True))
    figure = data.draw(st.sampled_from([Cell(7, "7"), Cell(None, ""), Cell(10**30, str(10**30)), Cell(None, "/")]))
    cells = {
        f"{table.id}/{rows[place][1].id}/{column.id}": figure for place in kept for column in rows[place][0].columns
    }
    from gongkai.core.tables.report import Report

    printed = print_table(Report("", form, None, None, "", "", (), cells), table)
    places = [
        (slot.row + down, slot.column + across)
        for slot in printed.slots
        for down in range(slot.rowspan)
        for across in range(slot.colspan)
    ]
    assert sorted(places) == [(row, column) for row in range(printed.height) for column in range(printed.width)]
    assert sorted(slot.cell for slot in printed.slots if slot.cell) == sorted(cells)
    assert sum(printed.widths) == pytest.approx(1)
    assert 0 < printed.size <= 10.5
    widest = max(len(slot.text) * 0.5 * printed.size / slot.colspan for slot in printed.slots if slot.kind == "figure")
    assert widest <= LINE


def test_what_stood_there_is_printed_again():
    assert cell_text(Cell(22, "22（其中修订 16 件）")) == "22（其中修订 16 件）"
    assert cell_text(Cell(None, "/")) == "/"
    assert cell_text(Cell(None, "")) == ""
    assert cell_text(Cell(5)) == "5"
    assert cell_text(ABSENT) == ""


def test_the_type_is_that_of_the_form_and_shrinks_for_long_figures_only(invented):
    def size(figure):
        report = invented("annual-2021", 2024)
        cells = {cell: Cell(figure, str(figure)) for cell in report.cells if cell.startswith("requests/")}
        report = invented("annual-2021", 2024, cells)
        return print_table(report, report.form.by_table["requests"]).size

    assert size(0) == 10.5
    assert 6.5 <= size(1234567) < size(12345) <= size(999) <= 10.5
