"""Spreadsheets: prose rows are paragraphs, tables are grids, and a blank stays a blank."""

import datetime
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.read import limits, sheet, workbook, xlsx
from gongkai.documents.read.source import Grid, Paragraph, Unreadable

NAME = "云岭县档案局.xlsx"


@pytest.fixture
def read(tmp_path):
    """Read a workbook given as {sheet: rows}, with merged ranges as {sheet: "A1:C1 …"}."""

    def read(sheets, merges=None, change=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    page.cell(number, column).value = value
            for each in (merges or {}).get(title, "").split():
                page.merge_cells(each)
        change(book)
        path = tmp_path / "report.xlsx"
        book.save(path)
        return xlsx.read(path, NAME)

    return read


def seen(source):
    """Blocks as one sees them: paragraphs as text, grids as rows of texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[block.texts[index] for index in row] for row in block.rows]
        for block in source.blocks
    ]


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        xlsx.read(path, NAME)
    assert caught.value.message.params["file"] == NAME
    return caught.value.message.id


def test_a_report_on_one_sheet(read):
    prose = "2021年，本局认真贯彻落实条例，全年主动公开政府信息14条。"
    source = read(
        {
            "Sheet1": [
                ["云岭县档案局2021年政府信息公开工作年度报告"],
                [],
                ["一、总体情况"],
                [prose],
                ["二、主动公开政府信息情况"],
                ["第二十条第（一）项"],
                ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
                ["规章", 0, 0, 0],
                ["行政规范性文件", 1, None, 3],
                ["第二十条第（五）项"],
                ["信息内容", "本年处理决定数量"],
                ["行政许可", 12],
                ["三、收到和处理政府信息公开申请情况"],
                ["（勾稽关系）", None, None, "申请人情况"],
                [None, None, None, "自然人", "总计"],
                ["一、本年新收政府信息公开申请数量", None, None, None, None],
                ["二、上年结转政府信息公开申请数量", None, None, 0, 0],
                ["三、本年度办理结果", "（一）予以公开", None, 1, 1],
                [None, "（二）部分公开", None, None, None],
                ["四、结转下年度继续办理", None, None, 0, 0],
                [],
                ["五、存在的主要问题及改进情况"],
                ["无"],
            ]
        },
        {"Sheet1": "A1:E1 A4:E4 A6:E6 A10:E10 A14:C15 D14:E14 A16:C16 A17:C17 A18:A19 B18:C18 B19:C19 A20:C20"},
    )
    corner, done = "（勾稽关系）", "三、本年度办理结果"
    new, carried, left = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "四、结转下年度继续办理",
    )
    assert seen(source) == [
        "云岭县档案局2021年政府信息公开工作年度报告",
        "一、总体情况",
        prose,
        "二、主动公开政府信息情况",
        [
            ["第二十条第（一）项"] * 5,
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", ""],
            ["规章", "0", "0", "0", ""],
            ["行政规范性文件", "1", "", "3", ""],
            ["第二十条第（五）项"] * 5,
            ["信息内容", "本年处理决定数量", "", "", ""],
            ["行政许可", "12", "", "", ""],
        ],
        "三、收到和处理政府信息公开申请情况",
        [
            [corner] * 3 + ["申请人情况"] * 2,
            [corner] * 3 + ["自然人", "总计"],
            [new] * 3 + ["", ""],
            [carried] * 3 + ["0", "0"],
            [done, "（一）予以公开", "（一）予以公开", "1", "1"],
            [done, "（二）部分公开", "（二）部分公开", "", ""],
            [left] * 3 + ["0", "0"],
        ],
        "五、存在的主要问题及改进情况",
        "无",
    ]
    first, second = (block for block in source.blocks if isinstance(block, Grid))
    assert (first.places[0].sheet, first.places[0].table, first.places[0].row, first.places[0].column) == (
        "Sheet1",
        1,
        6,
        1,
    )
    figure = second.places[second.rows[4][3]]
    assert (figure.table, figure.row, figure.column) == (2, 18, 4)
    assert second.rows[4][0] == second.rows[5][0]
    assert (source.blocks[2].place.sheet, source.blocks[2].place.row) == ("Sheet1", 4)


def test_a_table_whose_figures_are_all_blank_stays_whole(read):
    rows = [["项目", "自然人", "总计"], ["一、本年新收"], ["二、上年结转"], ["三、总计"]]
    blank = ["", ""]
    assert seen(read({"a": rows})) == [
        [["项目", "自然人", "总计"], ["一、本年新收", *blank], ["二、上年结转", *blank], ["三、总计", *blank]]
    ]


def test_a_sheet_a_part_and_names_of_sheets(read):
    table = [["项目", "数量"], ["行政许可", 3]]
    source = read({"一、总体情况": [["一、总体情况"], ["没有申请。"]], "二、主动公开": table, "Sheet3": [["附注"]]})
    assert seen(source) == ["一、总体情况", "没有申请。", "二、主动公开", [["项目", "数量"], ["行政许可", "3"]], "附注"]
    assert source.blocks[2].place.sheet == "二、主动公开"


def test_hidden_sheets_are_not_read(read):
    def hide(book):
        book["b"].sheet_state = "hidden"
        book["c"].sheet_state = "veryHidden"

    assert seen(read({"a": [["看得见"]], "b": [["隐藏"]], "c": [["深藏"]]}, change=hide)) == ["看得见"]


def test_hidden_rows_and_columns_are_not_read(read, tmp_path):
    def hide(book):
        page = book["a"]
        page.row_dimensions[2].hidden = True
        page.row_dimensions[5].hidden = True
        page.column_dimensions["C"].hidden = True
        page.column_dimensions["E"].hidden = True

    rows = [
        ["项目", "甲", "乙", "丙"],
        ["新收", 9, 9, 9],
        ["新收", 23, 8, 38],
        ["结转", 0, 8, 1],
        ["结转", 7, 7, 7],
        ["总计", 23, 8, 39],
    ]
    source = read({"a": rows}, change=hide)
    assert seen(source) == [
        [["项目", "甲", "丙"], ["新收", "23", "38"], ["结转", "0", "1"], ["总计", "23", "39"]],
    ]
    grid = source.blocks[0]
    assert [(place.row, place.column) for place in grid.places[3:6]] == [(3, 1), (3, 2), (3, 4)]
    path = tmp_path / "report.xlsx"
    flat = ('hidden="1" width="13"', 'width="0"'), ('hidden="1"', 'ht="0"')
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(*flat[0]).replace(*flat[1]))
    assert seen(xlsx.read(path, NAME)) == seen(source)


def test_a_merged_range_shows_in_what_is_left_of_it(read):
    def hide(book):
        book["a"].row_dimensions[1].hidden = True
        book["a"].column_dimensions["A"].hidden = True

    rows = [["办理结果", "", "x", "隐藏"], ["", "", "公开", 1], ["", "", "不公开", 2]]
    assert seen(read({"a": rows}, {"a": "A1:B3"}, hide)) == [[["办理结果", "公开", "1"], ["办理结果", "不公开", "2"]]]


def test_rows_and_columns_that_are_hidden_altogether(read):
    def hide(book):
        for column in "AB":
            book["a"].column_dimensions[column].hidden = True

    with pytest.raises(Unreadable, match=r"read\.office-no-text"):
        read({"a": [["甲", 1]]}, {"a": "A1:B1"}, hide)


HEADER = [["项目", "", "自然人", "总计"]]
NEXT = [["四、行政复议情况"], ["结果维持", "结果纠正", "其他结果", "总计"], [1, 2, 3, 6]]


def test_a_blank_row_stays_in_the_grid_around_it(read):
    rows = [
        ["三、办理", "2.重复申请", "5", "5"],
        ["", "4.大量反复申请", "", ""],
        ["", "5.重新出具", "", ""],
        ["（六）其他处理", "1.逾期不补正", "", ""],
        ["", "（七）总计", "5", "5"],
    ]
    assert seen(read({"a": [*HEADER, *rows]})) == [[*HEADER, *rows]]


@pytest.mark.parametrize("last", ["结转下年继续办理", "四、结转下年度继续办理"])
def test_the_next_parts_heading_right_below_a_blank_row_is_no_row(read, last):
    rows = [["三、办理", "2.重复申请", 5, 5], ["", "（七）总计", 5, 5], [last]]
    source = read({"a": [*HEADER, *rows, *NEXT]})
    grid, heading, table = seen(source)[0], *seen(source)[-2:]
    assert grid[:3] == [*HEADER, ["三、办理", "2.重复申请", "5", "5"], ["", "（七）总计", "5", "5"]]
    assert (heading, table) == ("四、行政复议情况", [NEXT[1], ["1", "2", "3", "6"]])


def test_a_heading_below_a_table_that_ends_blank(read):
    first = [["信息内容", "数量"], ["行政处罚", 3], ["行政事业性收费"]]
    source = read({"a": [*first, ["三、收到和处理申请情况"], *HEADER, ["一、新收", "", 1, 1]]})
    assert seen(source) == [
        [["信息内容", "数量"], ["行政处罚", "3"], ["行政事业性收费", ""]],
        "三、收到和处理申请情况",
        [*HEADER, ["一、新收", "", "1", "1"]],
    ]


def test_prose_merged_over_many_rows_comes_once(read):
    prose = "本局把政府信息公开作为一项经常性工作来抓。" * 6
    assert seen(read({"a": [["一、总体情况"], [prose], [], [], ["二、其他"]]}, {"a": "A2:F4"})) == [
        "一、总体情况",
        prose,
        "二、其他",
    ]


def test_prose_beside_its_heading(read):
    prose = "本局把政府信息公开作为一项经常性工作来抓。" * 6
    assert seen(read({"a": [["一、总体情况", prose], ["二、其他", "无"]]})) == [
        "一、总体情况",
        prose,
        [["二、其他", "无"]],
    ]


def test_cut_at_blank_rows_and_numbered_through(read):
    source = read({"a": [["甲", 1], [], ["乙", 2]], "b": [["丙", 3]]})
    assert seen(source) == [[["甲", "1"]], [["乙", "2"]], [["丙", "3"]]]
    assert [block.places[0].table for block in source.blocks] == [1, 2, 3]


def test_a_table_in_one_cell_keeps_its_lines(read):
    assert seen(read({"a": [["项目\t数量\r\n新收\t1"]]})) == ["项目\t数量\n新收\t1"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0, "0"),
        (-0.0, "0"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (123456789012.0, "123456789012"),
        (1e16, "10000000000000000"),
        (datetime.date(2022, 1, 31), "2022-01-31"),
        (datetime.datetime(2022, 1, 31, 8, 30), "2022-01-31 08:30:00"),
        (True, ""),
        (" ３件 ", "３件"),
        ("007", "007"),
    ],
)
def test_values_read_as_typed(read, value, text):
    assert seen(read({"a": [["标签", value, "末"]]})) == [[["标签", text, "末"]]]


@given(st.integers(0, 10**9), st.decimals(0, 10**6, places=2))
def test_figures_never_change(count, amount):
    assert workbook._text(float(count)) == str(count)
    assert float(workbook._text(float(amount))) == float(amount)
    assert "e" not in workbook._text(float(amount)).lower()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "", "0", "5", "行政许可", "一、总体情况"]), min_size=5, max_size=5), max_size=8
    ),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 9), st.integers(0, 5)), max_size=3),
)
def test_every_text_of_a_sheet_comes_out_once_and_in_its_place(values, corners):
    merges = [((min(a, c), min(b, d)), (max(a, c), max(b, d))) for a, b, c, d in corners]
    owned = [[(row, column) for column in range(5)] for row in range(len(values))]
    taken = set()
    for (top, left), (bottom, right) in list(merges):
        slots = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if slots & taken or (top, left) == (bottom, right):
            merges.remove(((top, left), (bottom, right)))
            continue
        taken |= slots
        for row, column in slots:
            if row < len(values) and column < 5:
                owned[row][column] = (top, left)
    # As a spreadsheet does: a merged range keeps the text of its first cell only.
    kept = {(row, column): text for row, line in enumerate(values) for column, text in enumerate(line)}
    kept = {slot: text for slot, text in kept.items() if text and owned[slot[0]][slot[1]] == slot}
    texts = [[kept.get((row, column), "") for column in range(5)] for row in range(len(values))]
    found = {}
    for block in sheet.blocks("a", texts, merges, 1):
        pairs = (
            [(block.text, block.place)] if isinstance(block, Paragraph) else zip(block.texts, block.places, strict=True)
        )
        for text, place in pairs:
            if text:
                assert (place.row - 1, place.column - 1) not in found
                found[place.row - 1, place.column - 1] = text
    assert found == kept


def test_formulas_without_saved_result_are_named(read):
    source = read(
        {"表三": [["总计", "=1+2", 3], ["错误", "#REF!", 1]], "藏": [["a", "=1"]]},
        change=lambda b: setattr(b["藏"], "sheet_state", "hidden"),
    )
    assert seen(source) == [[["总计", "", "3"], ["错误", "", "1"]]]
    assert [(problem.id, problem.params["cells"]) for problem in source.problems] == [
        ("read.formula-unsaved", "表三!B1、表三!B2")
    ]


def test_title_among_the_properties(read):
    assert read({"a": [["正文"]]}, change=lambda book: setattr(book.properties, "title", "年报")).titles == ["年报"]


# XLS


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row: int, column: int, value: float) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))


@pytest.fixture
def make_xls(tmp_path, compound_file):
    """An XLS from the records of its sheets: {(name, hidden): bytes}."""

    def make(sheets, globals=b""):
        begin = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 6)
        bodies = [
            record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 6)) + body + record(10, b"")
            for body in sheets.values()
        ]
        heads = [(hidden, name.encode("utf-16-le"), len(name)) for name, hidden in sheets]
        start = len(record(0x0809, begin) + globals) + sum(4 + 8 + len(name) for _, name, _ in heads) + 4
        bounds = b""
        for (hidden, name, length), body in zip(heads, bodies, strict=True):
            bounds += record(0x0085, struct.pack("<IBBBB", start, hidden, 0, length, 1) + name)
            start += len(body)
        stream = record(0x0809, begin) + globals + bounds + record(10, b"") + b"".join(bodies)
        path = tmp_path / "report.xls"
        path.write_bytes(compound_file({"Workbook": stream}))
        return path

    return make


def test_xls_with_merged_cells_and_hidden_sheets(make_xls):
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 0, 1, 0, 0))
    rows = label(0, 0, "项目") + label(0, 1, "自然人") + number(1, 1, 3.0) + merged
    source = xlsx.read(make_xls({("表三", 0): rows, ("藏", 1): label(0, 0, "隐藏")}), NAME)
    assert seen(source) == [[["项目", "自然人"], ["项目", "3"]]]
    assert source.blocks[0].rows == [[0, 1], [0, 2]]


def test_xls_with_hidden_rows_and_columns(make_xls):
    hide_row = record(0x0208, struct.pack("<HHHHHHHH", 1, 0, 3, 255, 0, 0, 0x20, 0))
    show_row = record(0x0208, struct.pack("<HHHHHHHH", 2, 0, 3, 255, 0, 0, 0x100, 0))
    hide_column = record(0x007D, struct.pack("<HHHHHH", 1, 1, 2048, 0, 1, 0))
    cells = label(0, 0, "项目") + label(0, 1, "甲") + label(0, 2, "乙")
    cells += b"".join(label(row, 0, "新收") + number(row, 1, 8.0) + number(row, 2, row) for row in (1, 2))
    shown = label(0, 0, "项目") + label(0, 1, "甲") + label(1, 0, "新收") + number(1, 1, 5)
    path = make_xls({("藏", 1): hide_column, ("表三", 0): hide_column + hide_row + show_row + cells, ("乙", 0): shown})
    source = xlsx.read(path, NAME)
    assert seen(source) == [[["项目", "乙"], ["新收", "2"]], [["项目", "甲"], ["新收", "5"]]]


def test_xls_with_a_cell_in_the_far_corner(make_xls, monkeypatch):
    # It must be refused before calamine sees it, which would take 1 GB at once.
    monkeypatch.delattr(workbook, "_sheets")
    rows = label(0, 0, "a") + number(65535, 255, 1.0)
    assert refusal(make_xls({("a", 0): rows})) == "read.office-too-large"


def test_xls_with_a_password(make_xls):
    assert refusal(make_xls({("a", 0): label(0, 0, "a")}, record(0x002F, b"\0" * 6))) == "read.office-encrypted"


@pytest.mark.parametrize("merged", [b"", b"\xff" * 8])
def test_a_damaged_xls_that_makes_calamine_panic(make_xls, capfd, merged):
    path = make_xls({("表三", 0): label(0, 0, "项目") + record(0x00E5, merged)})
    assert refusal(path) == "read.sheet-damaged"
    assert capfd.readouterr() == ("", "")


# What is no report


def test_nothing_at_all(read):
    with pytest.raises(Unreadable, match=r"read\.office-no-text"):
        read({"a": []})


def test_truncated_and_foreign_files(tmp_path, compound_file):
    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    path.write_bytes(path.read_bytes()[:-100])
    assert refusal(path) == "read.office-damaged"
    path.write_bytes(b"PK\x03\x04 not a zip")
    assert refusal(path) == "read.office-damaged"
    path.write_bytes(compound_file({"EncryptedPackage": b"", "EncryptionInfo": b""}))
    assert refusal(path) == "read.office-encrypted"
    path.write_bytes(compound_file({"Anything": b""}))
    assert refusal(path) == "read.sheet-damaged"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert refusal(path) == "read.sheet-damaged"


@pytest.mark.parametrize("cell", ['<c r="XFD1048576"><v>1</v></c>', "<c><v>1</v></c>"])
def test_a_cell_in_the_far_corner(read, tmp_path, cell):
    read({"a": [["正文"]]})
    path = tmp_path / "report.xlsx"
    far = f'<row r="1048576">{cell * 2}</row></sheetData>'
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", far))
    assert refusal(path) == "read.office-too-large"


def test_formats_alone_reach_nowhere(read):
    def format_far(book):
        book["a"]["XFD1000"].font = openpyxl.styles.Font(bold=True)

    assert seen(read({"a": [["正文"]]}, change=format_far)) == ["正文"]


def test_merges_over_everything(read, tmp_path):
    read({"a": [["正文"]]}, {"a": "A1:B1"})
    path = tmp_path / "report.xlsx"
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("A1:B1", "A1:XFD1048576"))
    assert seen(xlsx.read(path, NAME)) == ["正文"]
    many = [((0, column), (999, 999)) for column in range(3)]
    with pytest.raises(ValueError, match="merged"):
        sheet.blocks("a", [["x"] * 1000] * 1000, many, 1)


def test_zip_bomb_and_entities(tmp_path):
    path = tmp_path / "x.xlsx"
    openpyxl.Workbook().save(path)
    _replace(path, "xl/worksheets/sheet1.xml", lambda xml: xml + " " * limits.MAX_PART_BYTES)
    assert refusal(path) == "read.office-too-large"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(limits.MAX_PARTS_BYTES // limits.MAX_PART_BYTES):
            archive.writestr(f"xl/more{number}.xml", b" " * limits.MAX_PART_BYTES)
    assert refusal(path) == "read.office-too-large"
    openpyxl.Workbook().save(path)
    _replace(path, "xl/workbook.xml", lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    assert refusal(path) == "read.office-entities"


def _replace(path: Path, part: str, change) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = change(parts[part].decode())
    assert changed != parts[part].decode()
    parts[part] = changed.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
