"""What spreadsheets of agencies are like: titles, merged cells, sums, notes, several sheets, several charsets."""

import datetime
import zipfile

import pytest
from tests.documents.register.conftest import AGENCY, HEAD, ROW

from gongkai.documents.register import read_register
from gongkai.rulebook.load.messages import render

TWO_ROWS = [
    ["编号", "申请人", None, "申请方式", "申请内容", "收到日期", "第三方", None, "答复日期", "答复结果"],
    [None, "姓名", "类型", None, None, None, "征求日期", "答复日期", None, None],
    ["1号", "申请人甲", "自然人", "当面", "目录", "2024-3-4", "2024-3-6", "2024-3-12", "2024-3-20", "部分公开"],
]
MERGED = "A1:A2 B1:C1 D1:D2 E1:E2 F1:F2 G1:H1 I1:I2 J1:J2"


def place_and_id(register):
    return [(problem.place, problem.message.id) for problem in register.problems]


def days(register):
    return [[plain["on"] for plain in line.data["events"]] for line in register.lines]


def test_titles_above_and_sums_and_notes_below(workbook):
    rows = [
        [f"{AGENCY}依申请公开登记台账"],
        ["填报单位：云岭区档案局", None, "填报日期：2024-12-31"],
        [],
        HEAD,
        ROW,
        [],
        HEAD,
        ["2号", *ROW[1:]],
        ["合 计", "2件"],
        ["注：申请方式以实际为准，收到日期以收到当日为准。"],
        ["填表人：张三", None, "审核人：李四", None, "2024-12-31"],
    ]
    register = workbook({"台账": rows}, {"台账": "A1:H1 A10:H10"})
    assert not register.problems
    assert [(line.place, line.data["number"]) for line in register.lines] == [(5, ROW[0]), (8, "2号")]


def test_a_header_over_two_rows(workbook, table):
    register = workbook({"台账": TWO_ROWS}, {"台账": MERGED})
    (line,) = register.lines
    assert line.place == 3 and line.data["applicant"] == {"kind": "natural_person", "name": "申请人甲"}
    assert days(register) == [["2024-03-06", "2024-03-12", "2024-03-20"]]
    plain = table([[cell or "" for cell in row] for row in TWO_ROWS])
    assert plain.lines == register.lines and not plain.problems


def test_a_header_over_three_rows_below_a_title(workbook):
    rows = [
        ["登记台账"],
        ["申请情况", None, None, None, None, None, "办理情况", None, "答复情况"],
        ["编号", "申请人", None, "申请方式", "申请内容", "收到日期", "第三方", None, "答复日期", "答复结果"],
        *TWO_ROWS[1:],
    ]
    merges = "A1:J1 A2:F2 G2:H2 I2:J2 A3:A4 B3:C3 D3:D4 E3:E4 F3:F4 G3:H3 I3:I4 J3:J4"
    register = workbook({"台账": rows}, {"台账": merges})
    assert days(register) == [["2024-03-06", "2024-03-12", "2024-03-20"]] and not register.unread


def test_a_column_of_several_merged_ones(workbook):
    rows = [[*HEAD[:5], None, *HEAD[5:]], [*ROW[:5], None, *ROW[5:]]]
    register = workbook({"台账": rows}, {"台账": "E1:F1 E2:F2"})
    assert register.lines[0].data["subject"] == ROW[4] and not register.problems


def test_merged_cells_mean_the_same_below(workbook):
    rows = [HEAD, ROW, ["2号", None, None, "传真", "另一目录", None, None, None], ["3号", *ROW[1:]]]
    register = workbook({"台账": rows}, {"台账": "B2:B3 C2:C3 F2:F3 G2:G3 H2:H3"})
    assert [line.data["received_on"] for line in register.lines] == ["2024-03-04"] * 3
    assert register.lines[1].data["applicant"]["name"] == "申请人甲"
    assert register.lines[1].data["events"] == register.lines[0].data["events"]


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2024, 3, 4),
        datetime.datetime(2024, 3, 4, 15, 30),
        45355,
        45355.5,
        "2024年3月4日",
        "２０２４．３．４",
        20240304,
    ],
)
def test_dates_as_spreadsheets_hold_them(workbook, value):
    rows = [HEAD, [*ROW[:5], value, *ROW[6:]]]
    assert workbook({"台账": rows}).lines[0].data["received_on"] == "2024-03-04"


def test_numbers_stay_numbers(workbook):
    assert workbook({"台账": [HEAD, [20240001, *ROW[1:]]]}).lines[0].data["number"] == "20240001"


def test_only_sheets_with_a_header_are_read_and_hidden_ones_are_not(workbook):
    def hide(book):
        book["旧"].sheet_state = "hidden"

    notes = [["填写说明"], ["编号", "按年度顺序编排"], ["收到日期", "以收到当日为准"]]
    register = workbook({"说明": notes, "台账": [HEAD, ROW], "旧": [HEAD, ROW]}, change=hide)
    assert len(register.lines) == 1 and not register.problems


def test_several_sheets_are_all_read_and_named(workbook):
    bad = ["2号", *ROW[1:5], "24.3.4", *ROW[6:]]
    register = workbook({"2023年": [HEAD, ROW], "2024年": [["台账"], HEAD, ROW, bad]})
    assert [line.place for line in register.lines] == [2, 3]
    (problem,) = register.problems
    assert problem.place == 4 and render(problem.message).startswith("「2024年」")
    alone = workbook({"2024年": [["台账"], HEAD, bad]}).problems[0]
    assert "2024年" not in render(alone.message)


def test_rows_prepared_in_advance_are_blank(table):
    head = ["序号", *HEAD, "是否经复议"]
    register = table([head, ["1", *ROW, "否"], ["2", *[""] * 8, "否"], ["3", *["/"] * 8, ""]])
    assert len(register.lines) == 1 and not register.problems and register.unread == ("序号",)


@pytest.mark.parametrize("count", ["8", "8件", "共8件", ""])
@pytest.mark.parametrize("place", [0, 1])
def test_a_sum_below_any_column_is_no_request(table, place, count):
    row = [""] * len(HEAD)
    row[place], row[HEAD.index("收到日期")] = "合计", count
    register = table([HEAD, ROW, row])
    assert len(register.lines) == 1 and not register.problems


def test_a_row_of_sums_with_a_receipt_is_a_request(table):
    register = table([HEAD, ["合计", *ROW[1:]]])
    assert register.lines[0].data["number"] == "合计"


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "gbk", "utf-16", "utf-8"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_charsets_and_separators(table, charset, delimiter):
    subject = f"目录{delimiter}说明\n第二行，“引号”"
    register = table([HEAD, [*ROW[:4], subject, *ROW[5:]]], charset=charset, delimiter=delimiter)
    assert register.lines[0].data["subject"] == subject


def test_rows_are_counted_as_a_spreadsheet_shows_them(table):
    register = table([HEAD, [], [*ROW[:4], "一\n二", *ROW[5:]], ["", *ROW[1:]]])
    assert (register.lines[0].place, place_and_id(register)) == (3, [(4, "register.missing-value")])


def test_formulas_give_their_saved_values_and_are_told_without(tmp_path, workbook):
    rows = [[*HEAD, "剩余天数"], [*ROW[:5], "=DATE(2024,3,4)", *ROW[6:], "=1/0"]]
    assert place_and_id(workbook({"台账": rows})) == [(2, "register.formula-unsaved")]
    path, saved = tmp_path / "台账.xlsx", tmp_path / "saved.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(saved, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part.endswith("sheet1.xml"):
                data = data.replace(b"<f>DATE(2024,3,4)</f><v />", b"<f>DATE(2024,3,4)</f><v>45355</v>")
                data = data.replace(b"<f>DATE(2024,3,4)</f><v></v>", b"<f>DATE(2024,3,4)</f><v>45355</v>")
            new.writestr(part, data)
    register = read_register(saved, agency=AGENCY)
    assert register.lines[0].data["received_on"] == "2024-03-04" and not register.problems
