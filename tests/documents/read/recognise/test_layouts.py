"""The same figures, in every layout that published reports have shown, read the same."""

import pytest
from tests.documents.read.recognise.layouts import Sample, lines_of, para, squeeze, to_grid

from gongkai.documents.read.recognise.report import recognise
from gongkai.rulebook.load.forms import forms


def whole(sample, id):
    return [sample.grid(id)]


def repeated_labels(sample, id):
    return [sample.grid(id, repeat_labels=True)]


def one_label_column(sample, id):
    return [sample.grid(id, one_label=True)]


def no_header(sample, id):
    return [sample.grid(id, header=False)]


def split_in_three(sample, id):
    lines = sample.printed(id)
    third = max(1, len(lines) // 3)
    if sample.table(id).layout == "across":
        return [to_grid(lines)]
    return [
        to_grid(lines[:third]),
        para("- 2 -"),
        to_grid(lines[third : 2 * third]),
        to_grid(lines[2 * third :]),
    ]


def across_in_pieces(sample, id):
    lines = sample.printed(id)
    if sample.table(id).layout != "across":
        return [to_grid(lines)]
    return [
        to_grid([["行政复议"], lines[0 + 1][:5], lines[3][:5]]),
        to_grid([["行政诉讼"], ["未经复议直接起诉", "", "", "", "", "复议后起诉"], lines[2][5:], lines[3][5:]]),
    ]


def across_turned_over(sample, id):
    lines = sample.printed(id)
    if sample.table(id).layout != "across":
        return [to_grid(lines)]
    head, figures = lines[1][:5], lines[3]
    rows = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    return [to_grid([["", *head]] + [[row, *figures[5 * n : 5 * n + 5]] for n, row in enumerate(rows)])]


def upright(sample, id):
    if sample.table(id).layout != "across":
        return [sample.grid(id)]
    head, figures = sample.printed(id)[1][:5], sample.printed(id)[3]
    rows = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    lines = [
        [row if not place else "", column, figures[5 * number + place]]
        for number, row in enumerate(rows)
        for place, column in enumerate(head)
    ]
    return [to_grid([["项目", "结果", "件数"], *lines])]


def heads_set_vertically(sample, id):
    """As text dumped from a page prints it: a character of each head a line, the figures below."""
    if sample.table(id).layout != "across":
        return [sample.grid(id)]
    heads = sample.printed(id)[1][:5] * 3
    lines = [" ".join(head[place : place + 1] or " " for head in heads) for place in range(4)]
    return lines_of("\n".join(["行 行", "政 政", "复 诉", "议 讼", *lines, "  ".join(sample.printed(id)[3])]))


def columns_in_another_order(sample, id):
    lines = sample.printed(id, header=False)
    if id != "requests":
        return [sample.grid(id)]
    head = ["", "", "", "总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    return [to_grid([head] + [[*line[:-7], line[-1], *line[-7:-1]] for line in lines])]


def idle_columns(sample, id):
    return [to_grid([[*line, "", ""] for line in sample.printed(id)])]


def one_cell_a_line(sample, id):
    return lines_of("\n".join(sample.words(id)))


def rows_with_blanks_between(sample, id):
    return lines_of("\n".join(" ".join(squeeze(cell) for cell in line if cell) for line in sample.printed(id)))


def rows_with_pipes(sample, id):
    return lines_of("\n".join("|".join(squeeze(cell) for cell in line) for line in sample.printed(id)))


def page_numbers_between(sample, id):
    words = sample.words(id)
    middle = len(words) // 2
    return lines_of("\n".join([*words[:middle], "- 3 -", *words[middle:]]))


def everything_on_one_line(sample, id):
    return [para(" ".join(squeeze(word) for word in sample.words(id)))]


def labels_broken_around_figures(sample, id):
    lines = []
    for line in sample.printed(id):
        label = squeeze("".join(cell for cell in line if cell and not cell.isdigit()))
        figures = " ".join(cell for cell in line if cell.isdigit())
        if len(label) > 16 and figures:
            lines.append(f"{label[:-5]} {figures}")
            lines.append(label[-5:])
        else:
            lines.append(f"{label} {figures}")
    return lines_of("\n".join(lines))


def wide_digits_and_units(sample, id):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return [to_grid([[c.translate(wide) + " 件" if c.isdigit() else c for c in line] for line in sample.printed(id)])]


LAYOUTS = [
    whole,
    repeated_labels,
    one_label_column,
    no_header,
    split_in_three,
    across_in_pieces,
    across_turned_over,
    upright,
    columns_in_another_order,
    idle_columns,
    one_cell_a_line,
    rows_with_blanks_between,
    rows_with_pipes,
    page_numbers_between,
    everything_on_one_line,
    labels_broken_around_figures,
    wide_digits_and_units,
]
FORMS = [("annual-2021", False), ("annual-2021", True), ("annual-2019", False)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize(("form_id", "single_other"), FORMS, ids=["2021", "2021-single-other", "2019"])
def test_every_layout_gives_the_same_figures(layout, form_id, single_other):
    for seed in range(3):
        sample = Sample(form_id, seed, single_other)
        report = recognise(sample.source(layout), forms())
        assert report.form.id == form_id
        read = {id: cell.value for id, cell in report.cells.items() if cell.value is not None}
        if layout is no_header or layout is wide_digits_and_units:
            sample.cells = {
                id: n for id, n in sample.cells.items() if not id.startswith("art20/") or "amount" not in id
            }
            read = {id: n for id, n in read.items() if not id.startswith("art20/") or "amount" not in id}
        assert read == sample.cells
        assert report.problems == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_table_is_left_in_the_text(layout):
    report = recognise(Sample().source(layout), forms())
    assert [part.number for part in report.parts] == [1, 2, 3, 4, 5, 6]
    assert [part.text for part in report.parts if part.number in (2, 3, 4)] in (
        ["", "", ""],
        ["- 2 -"] * 3,
        ["- 2 -", "- 2 -", ""],
    )
    assert report.part(1).text == "第1部分的文字，2021年共公开信息35条。"


def fused_rows(sample, id):
    return lines_of("\n".join("".join(squeeze(cell) for cell in line) for line in sample.printed(id)))


def fused_whole(sample, id):
    return [para(squeeze("".join(sample.words(id))))]


@pytest.mark.parametrize("layout", [fused_rows, fused_whole], ids=lambda layout: layout.__name__)
def test_fused_digits_are_cut_by_the_sum_or_left_unknown(layout):
    right = unknown = 0
    for seed in range(6):
        sample = Sample("annual-2021", seed)
        report = recognise(sample.source(layout), forms())
        for id, value in sample.cells.items():
            if not id.startswith("requests/"):
                continue
            cell = report.cells[id]
            if cell.value is None:
                unknown += 1
                assert any(id in problem.params.get("cells", ()) for problem in report.problems), id
            else:
                assert cell.value == value, (seed, id)
                right += 1
    assert right > unknown


def labels_torn_off(sample, id):
    lines = sample.printed(id)
    labels = [squeeze(cell) for line in lines for cell in line if cell and not cell.isdigit()]
    figures = [" ".join(cell for cell in line if cell.isdigit()) for line in lines]
    return lines_of("\n".join([*labels, *figures]))


def labels_torn_off_one_a_line(sample, id):
    words = sample.words(id)
    return lines_of("\n".join([w for w in words if not w.isdigit()] + [w for w in words if w.isdigit()]))


@pytest.mark.parametrize("layout", [labels_torn_off, labels_torn_off_one_a_line], ids=lambda layout: layout.__name__)
@pytest.mark.parametrize(("form_id", "single_other"), FORMS, ids=["2021", "2021-single-other", "2019"])
def test_torn_labels_leave_the_order(layout, form_id, single_other):
    for seed in range(3):
        sample = Sample(form_id, seed, single_other)
        report = recognise(sample.source(layout), forms())
        read = {id: cell.value for id, cell in report.cells.items() if cell.value is not None}
        assert read == sample.cells
        assert {problem.id for problem in report.problems} <= {"read.by-order"}


def test_several_cuts_give_null_and_a_problem():
    sample = Sample("annual-2021", 1)

    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        lines = sample.printed(id)
        # 1 1 0 0 0 0 2 and 1 1 0 0 0 0 2 can be cut one way; 1111110 … several.
        lines = [[*line[:-7], "111111"] if line[0].startswith("一、") else line for line in lines]
        return [to_grid(lines)]

    report = recognise(sample.source(layout), forms())
    ids = [id for id in report.cells if id.startswith("requests/new/")]
    assert all(report.cells[id].value is None for id in ids)
    assert [p.id for p in report.problems] == ["read.figures-unclear"]
    assert set(report.problems[0].params["cells"]) == set(ids)


def test_a_report_of_a_later_year_on_the_form_of_2019():
    sample = Sample("annual-2019", 4)
    source = sample.source(whole)
    source.blocks[0] = para("云岭县民政局2021年政府信息公开工作年度报告")
    report = recognise(source, forms())
    assert (report.form.id, report.year) == ("annual-2019", 2021)
    assert {id: cell.value for id, cell in report.cells.items() if cell.value is not None} == sample.cells
    assert [problem.id for problem in report.problems] == ["read.replaced-form"]


def test_a_blank_table_four_is_a_table():
    def layout(sample, id):
        lines = sample.printed(id)
        return [to_grid(lines[:-1] if id == "review" else lines)]

    report = recognise(Sample().source(layout), forms())
    cells = [report.cells[id] for id in report.cells if id.startswith("review/")]
    assert [(cell.value, cell.printed) for cell in cells] == [(None, "")] * 15


def test_a_word_among_the_figures_costs_its_own_cell_only():
    def layout(sample, id):
        lines = sample.printed(id)
        if id == "requests":
            lines = [[*line[:-7], "详见附件", *line[-6:]] if line[0].startswith("一、") else line for line in lines]
        return [to_grid(lines)]

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    assert report.cells["requests/new/natural_person"][:2] == (None, "详见附件")
    others = [id for id in sample.cells if id != "requests/new/natural_person"]
    assert all(report.cells[id].value == sample.cells[id] for id in others)


def test_money_under_a_head_that_counts_in_yuan():
    def layout(sample, id):
        lines = sample.printed(id)
        if id == "art20":
            lines = [["" if "万元" in c else c for c in line] for line in lines]
            lines[-2] = ["信息内容", "本年收费金额（单位：元）"]
            lines[-1] = ["行政事业性收费", "125000"]
        return [to_grid(lines)]

    report = recognise(Sample().source(layout), forms())
    assert str(report.value("art20/fees/amount_10k_yuan")) == "12.5"
    assert report.cells["art20/fees/amount_10k_yuan"].printed == "125000"


def test_a_report_on_one_line():
    sample = Sample()
    source = sample.source(everything_on_one_line, flat=True)
    source.blocks[:] = [para(" ".join(block.text for block in source.blocks))]
    report = recognise(source, forms())
    assert (report.agency, report.year) == ("云岭县民政局", 2021)
    assert [part.number for part in report.parts] == [1, 2, 3, 4, 5, 6]
    assert {id: cell.value for id, cell in report.cells.items() if cell.value is not None} == sample.cells


def test_figures_above_their_labels_are_not_shifted_to_the_next():
    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        lines = []
        for line in sample.printed(id):
            figures = [cell for cell in line if cell.isdigit()]
            lines += figures + [squeeze(cell) for cell in line if cell and not cell.isdigit()]
        return lines_of("\n".join(lines))

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    read = {id: cell.value for id, cell in report.cells.items() if cell.value is not None}
    assert all(sample.cells[id] == value for id, value in read.items())


@pytest.mark.parametrize("drawn", [True, False])
def test_cells_told_by_their_places_are_believed_where_the_row_adds_up(drawn):
    def layout(sample, id):
        grid = to_grid(sample.printed(id))._replace(drawn=drawn)
        if id == "requests":
            at = next(place for place, text in enumerate(grid.texts) if text.isdigit())
            grid.texts[at : at + 7] = ["5", "7", "", "2", "0", "0", "15"]
        return [grid]

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    row = [cell for id, cell in report.cells.items() if id.startswith("requests/new/")]
    named = {cell for problem in report.problems for cell in problem.params.get("cells", ())}
    if drawn:
        assert [cell.value for cell in row] == [5, 7, None, 2, 0, 0, 15] and not named
    else:
        assert {cell.value for cell in row} == {None}
        assert named == {id for id in report.cells if id.startswith("requests/new/")}
    others = {id: value for id, value in sample.cells.items() if not id.startswith("requests/new/")}
    assert {id: report.value(id) for id in others} == others


def test_figures_under_broken_heads_are_believed_where_they_add_up():
    sample = Sample()
    report = recognise(sample.source(heads_set_vertically), forms())
    assert {id: cell.value for id, cell in report.cells.items() if cell.value is not None} == sample.cells
    assert [problem.id for problem in report.problems] == ["read.by-order"]
    assert report.part(4).text == ""

    sample.cells["review/reconsideration/total"] += 1
    report = recognise(sample.source(heads_set_vertically), forms())
    assert {cell.value for id, cell in report.cells.items() if id.startswith("review/")} == {None}
    assert [problem.id for problem in report.problems] == ["read.figures-unclear"]


def test_a_row_that_a_sheet_shows_by_its_label_alone_is_blank_not_missing():
    def layout(sample, id):
        lines = sample.printed(id)
        if id != "requests":
            return [to_grid(lines)]
        return [to_grid(lines[:-1]), para("四、结转下年度继续办理")]

    report = recognise(Sample().source(layout), forms())
    row = {id: cell for id, cell in report.cells.items() if id.startswith("requests/carried_out/")}
    assert {cell[:2] for cell in row.values()} == {(None, "")}
    assert "结转" not in "".join(part.text for part in report.parts)


def test_rows_without_figures_are_unknown_where_figures_are_left_over():
    """A label that the text has torn apart leaves its figures to the row before it."""

    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        lines = ["\n".join([squeeze("".join(cell for cell in line if not cell.isdigit())), " ".join(line[-7:])])
                 for line in sample.printed(id)]  # fmt: skip
        return lines_of("\n".join(lines).replace("重复申请", "重复申", 1))

    report = recognise(Sample().source(layout), forms())
    problems = {problem.id: problem.params for problem in report.problems}
    assert problems["read.row-without-figures"]["row"] == "2.重复申请"
    unknown = {cell for problem in report.problems for cell in problem.params.get("cells", ())}
    rows = ("requests/unprocessed.petition/", "requests/unprocessed.duplicate/")
    assert unknown == {id for id in report.cells if id.startswith(rows)}


def blanked(sample, row, *values):
    """Figures of one row of table three as printed; ``None`` for a blank."""
    ids = [f"requests/{row}/{column.id}" for column in sample.table("requests").blocks[0].columns]
    sample.cells.update(zip(ids, values, strict=True))
    return dict(zip(ids, values, strict=True))


def headless(sample, id, spare=1):
    """A table's second piece: no head, and idle columns at the right."""
    if id != "requests":
        return whole(sample, id)
    lines = [
        [*("" if cell == "None" else cell for cell in line), *[""] * spare] for line in sample.printed(id, header=False)
    ]
    return [to_grid(lines)]


def test_a_row_that_begins_with_a_blank_is_not_shifted_into_it():
    sample = Sample()
    wanted = blanked(sample, "unprocessed.duplicate", None, 9, 0, 4, None, 7, 20)
    wanted |= blanked(sample, "unprocessed.publication", None, 0, 0, 0, 0, 0, 0)
    report = recognise(sample.source(headless), forms())
    assert {id: report.value(id) for id in wanted} == wanted
    assert report.problems == ()


def merged_labels_dropped(sample, id):
    """Markdown made from merged cells: a group on its first row only, short rows filled up at the right."""
    if id != "requests":
        return whole(sample, id)
    lines = [["" if cell == "None" else cell for cell in line] for line in sample.printed(id, header=False)]
    rows = [[*[cell for cell in line[:-7] if cell], *line[-7:]] for line in lines]
    width = max(map(len, rows))
    return [to_grid([row + [""] * (width - len(row)) for row in rows])]


def test_a_short_row_that_begins_with_a_blank_is_placed_by_its_sum():
    sample = Sample()
    wanted = blanked(sample, "unprocessed.duplicate", None, 0, 2, 1, 8, None, 11)
    report = recognise(sample.source(merged_labels_dropped), forms())
    assert {id: report.value(id) for id in wanted} == wanted


def test_where_neither_sum_nor_neighbours_tell_the_row_is_unknown():
    def layout(sample, id):
        grids = whole(sample, id)
        if id != "art20":
            return grids
        lines = [[grids[0].texts[cell] for cell in dict.fromkeys(row)] for row in grids[0].rows]
        lines = [
            ["规章", "", "3", "4", ""] if line[0] == "规章" else line for line in lines if "制发" not in "".join(line)
        ]
        return [to_grid(lines)]

    report = recognise(Sample().source(layout), forms())
    row = [report.cells[f"art20/rules/{column}"] for column in ("made", "abolished", "in_force")]
    assert {cell.value for cell in row} == {None}
    assert [problem.params["found"] for problem in report.problems] == ["| 3 | 4 |"]


def test_last_years_table_in_another_part_does_not_stand_for_this_years():
    sample, before = Sample(), Sample(seed=7)
    source = sample.source(whole)
    at = next(place for place, block in enumerate(source.blocks) if getattr(block, "text", "").startswith("三、"))
    source.blocks[at:at] = [para("附：上年数据"), before.grid("requests")]
    report = recognise(source, forms())
    assert {id: report.value(id) for id in sample.cells} == sample.cells


@pytest.mark.parametrize(
    ("head", "printed"),
    [
        ("本年收费金额（元）", "3500"),
        ("本年收费金额（单位：万元）", "3500（单位：元）"),
        ("本年收费金额", "3500（元）"),
    ],
)
def test_money_in_yuan_is_counted_in_ten_thousands(head, printed):
    def layout(sample, id):
        if id != "art20":
            return whole(sample, id)
        lines = [[cell for cell in line if cell] for line in sample.printed(id)]
        at = next(place for place, line in enumerate(lines) if "收费金额" in line[-1])
        lines[at][-1] = head
        lines[at + 1] = ["行政事业性收费", printed]
        return [to_grid(lines)]

    assert str(recognise(Sample().source(layout), forms()).value("art20/fees/amount_10k_yuan")) == "0.35"


def test_a_row_printed_twice_with_different_figures_is_unknown():
    def layout(sample, id):
        lines = sample.printed(id)
        if id == "requests":
            twice = next(line for line in lines if any("重复申请" in cell for cell in line))
            lines.insert(lines.index(twice) + 1, [*twice[:-7], *"1000001"])
            lines.append(list(lines[-1]))  # twice alike says nothing else
        return [to_grid(lines)]

    report = recognise(Sample().source(layout), forms())
    assert {report.value(id) for id in report.cells if "unprocessed.duplicate/" in id} == {None}
    assert [problem.params["cell"] for problem in report.problems] == ["requests/unprocessed.duplicate/total"]


def test_a_figure_with_a_unit_behind_a_column_s_word_is_no_header():
    """3.其他 is a row, 其他 a column."""

    def layout(sample, id):
        lines = sample.printed(id)
        return [to_grid([[cell + "件" if cell.isdigit() else cell for cell in line if cell] for line in lines])]

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    assert {id: report.value(id) for id in sample.cells} == sample.cells


def reordered(line, order):
    return [*line[:-7], *(line[-7:][place] for place in order)]


ORDER = (3, 0, 4, 6, 5, 1, 2)


def test_a_piece_without_heads_keeps_the_order_of_columns_of_the_piece_before():
    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        lines = sample.printed(id, header=False)
        names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
        head = ["", "", "", *(names[place] for place in ORDER)]
        lines = [reordered(line, ORDER) for line in lines]
        return [to_grid([head, *lines[:9]]), to_grid(lines[9:])]

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    assert {id: report.value(id) for id in sample.cells} == sample.cells


@pytest.mark.parametrize("where", ["unit", "remark", "remark-nothing"])
def test_columns_of_units_and_remarks_hold_no_figures(where):
    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        lines = [["" if cell == "0" else cell for cell in line] for line in sample.printed(id, header=False)]
        if where == "unit":
            return [to_grid([[*line[:-7], "件", *line[-7:]] for line in lines])]
        remark = {"remark": "其中含上年", "remark-nothing": "无"}[where]
        return [to_grid([[*line, remark if place % 2 else ""] for place, line in enumerate(lines)])]

    sample = Sample()
    report = recognise(sample.source(layout), forms())
    values = {id: report.value(id) or 0 for id in sample.cells}
    assert values == sample.cells


def test_text_whose_heads_stand_in_another_order_is_unknown():
    def layout(sample, id):
        if id != "requests":
            return whole(sample, id)
        names = ["自然人", "其他", "法律服务机构", "社会公益组织", "商业企业", "科研机构", "总计"]
        lines = ["    ".join([squeeze("".join(line[:-7])), *line[-7:]]) for line in sample.printed(id, header=False)]
        return lines_of("\n".join(["    ".join(names), *lines]))

    report = recognise(Sample().source(layout), forms())
    assert {cell.value for id, cell in report.cells.items() if id.startswith("requests/")} == {None}
    assert report.problems


def test_blocks_with_the_same_columns_have_each_their_own_order():
    """处罚 and 许可 of the form of 2019: 处理决定数量 may stand first in one and last in the other."""

    def layout(sample, id):
        grids = whole(sample, id)
        if id != "art20":
            return grids
        lines = [[cell for cell in line if cell] for line in sample.printed(id)]
        at = next(place for place, line in enumerate(lines) if any("第（六）项" in cell for cell in line))
        for place in range(at + 1, at + 4):
            lines[place] = [lines[place][0], *reversed(lines[place][1:])]
        return [to_grid(lines)]

    sample = Sample("annual-2019")
    report = recognise(sample.source(layout), forms())
    assert {id: report.value(id) for id in sample.cells} == sample.cells
