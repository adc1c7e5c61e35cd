"""Plain text: paragraphs, page numbers, and tables that still show their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.read.source import Grid, Paragraph
from gongkai.documents.read.txt import read


def blocks(text):
    return read(text.encode(), "a.txt").blocks


def shown(text):
    """Blocks as plain values: a string for a paragraph, a list of rows for a grid."""
    return [
        block.text if isinstance(block, Paragraph) else [[block.texts[cell] for cell in row] for row in block.rows]
        for block in blocks(text)
    ]


def test_lines_are_paragraphs_with_their_line_numbers():
    source = read("标题\r\n\r\n  一、总体情况\u3000\r\n\ufeff二、\u200b主动公开\n".encode(), "a.txt")
    assert source.flat
    assert [(block.text, block.place.line) for block in source.blocks] == [
        ("标题", 1),
        ("一、总体情况", 3),
        ("二、主动公开", 4),
    ]
    assert source.blocks[0].place.page is None


def test_one_cell_a_line():
    text = (
        "三、申请情况\n\t（勾稽关系）\n\t申请人情况\n\n\t\n\t自\n然\n人\n\t总计\n\n\t一、新收\n\t1\n\t\n\n"
        "\t\n\n\n三、\n办理结果\n\t（一）公开\n\t1\n\t0\n\n\t\n\t（二）部分\n\t0\n\t\n\n\n四、复议情况\n正文。\n"
    )
    assert shown(text) == [
        "三、申请情况",
        [
            ["（勾稽关系）", "申请人情况"],
            ["", "自\n然\n人", "总计"],
            ["一、新收", "1", ""],
            ["三、\n办理结果", "（一）公开", "1", "0"],
            ["", "（二）部分", "0", ""],
        ],
        "四、复议情况",
        "正文。",
    ]


def test_a_table_that_ends_without_a_blank_line_does_not_swallow_the_prose():
    prose = "2023年，我局认真落实条例。" * 8
    text = f"\t行政许可\n\t3\n\n\t行政处罚\n\t0\n五、问题\n{prose}\n"
    assert shown(text) == [[["行政许可", "3"], ["行政处罚", "0"]], "五、问题", prose]


def test_cells_know_where_they_stand():
    grid = blocks("标题\n\t行政许可\n\t3\n\n\t行政处罚\n\t0\n")[1]
    assert [(place.table, place.row, place.column, place.line) for place in grid.places] == [
        (1, 1, 1, 2),
        (1, 1, 2, 3),
        (1, 2, 1, 5),
        (1, 2, 2, 6),
    ]


def test_a_lone_row_between_page_numbers_is_a_row_of_the_table_before():
    text = "内容\t制发\t废止\n规章\t0\t1\n— 3 —\n规范性文件\t2\t0\n— 4 —\n"
    assert shown(text)[2] == [["规范性文件", "2", "0"]]
    assert shown("规范性文件\t2\t0\n")[0] == "规范性文件\t2\t0"


def test_indented_prose_is_no_table():
    assert shown("\t2023年，我局工作如下。\n\t一是公开。\n\n\t二是依申请。\n") == [
        "2023年，我局工作如下。",
        "一是公开。",
        "二是依申请。",
    ]


def test_a_row_a_line_with_tabs():
    text = "内容\t制发\t废止\n规章\t0\t\n\t规范性文件\t2\n说明\n内容\t数量\n行政许可\t12\n正文里有一个\t制表符\n"
    assert shown(text) == [
        [["内容", "制发", "废止"], ["规章", "0", ""], ["", "规范性文件", "2"]],
        "说明",
        [["内容", "数量"], ["行政许可", "12"], ["正文里有一个", "制表符"]],
    ]
    assert shown("只有一行\t有\t制表符\n下一行没有\n") == ["只有一行\t有\t制表符", "下一行没有"]


def test_pipes_and_boxes():
    rows = [["内容", "制发"], ["规章", ""], ["文件", "2"]]
    assert shown("| 内容 | 制发 |\n|---|:--:|\n| 规章 |  |\n| 文件 | 2 |\n") == [rows]
    assert shown("┌──┬──┐\n│内容│制发│\n├──┼──┤\n│规章│    │\n├──┼──┤\n│文件│ 2 │\n└──┴──┘\n") == [rows]
    assert shown("+----+---+\n|内容|制发|\n|规章|   |\n|文件|2  |\n+----+---+\n") == [rows]
    assert shown("首页 | 新闻 | 公开\n\n正文\n") == ["首页 | 新闻 | 公开", "正文"]


def test_a_cell_over_several_lines_of_a_box():
    line = "+----+----+\n"
    text = f"{line}| 自 | 总 |\n| 然 | 计 |\n| 人 |    |\n{line}| 1  | 1  |\n{line}| 0  |    |\n{line}"
    assert shown(text) == [[["自\n然\n人", "总\n计"], ["1", "1"], ["0", ""]]]


def test_dashes_in_cells_are_not_rulings():
    assert shown("| 规章 | - | — |\n| 文件 | - | / |\n") == [[["规章", "-", "—"], ["文件", "-", "/"]]]


def test_pipes_without_outer_ones():
    """A line that begins or ends with a bar begins or ends with a blank cell, unless all lines of the table do."""
    text = "自然人 | 企业 | 总计\n |  | 5\n | 2 | 2\n1 | 3 | \n"
    assert shown(text) == [[["自然人", "企业", "总计"], ["", "", "5"], ["", "2", "2"], ["1", "3", ""]]]
    assert shown(text.replace(" | ", "|")) == shown(text)
    assert shown("甲 | 乙 | 丙\n--- | --- | ---\n | 1 | \n") == [[["甲", "乙", "丙"], ["", "1", ""]]]
    assert shown("| 1 | 2 |\n|  | 2 |\n| 1 |  |\n") == [[["1", "2"], ["", "2"], ["1", ""]]]
    # One bar forgotten in a table that has borders.
    assert shown("|甲|1|2|\n|乙|3|4|\n|丙|5|6\n|丁||8|\n") == [
        [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"], ["丁", "", "8"]]
    ]


def test_a_backslash_is_a_dash_and_escapes_nothing():
    assert shown("|甲|\\|0|\\|\n|乙|1|\\|2|\n") == [[["甲", "\\", "0", "\\"], ["乙", "1", "\\", "2"]]]


def test_rows_of_blank_cells_between_tabs():
    head = "内容\t\t制发\t废止\t有效\n"
    assert shown(head + "\t（七）总计\t\t\t\n四、结转\t\t3\t\t3\n") == [
        [["内容", "", "制发", "废止", "有效"], ["", "（七）总计", "", "", ""], ["四、结转", "", "3", "", "3"]]
    ]
    # The same where an editor has cut the tabs at the end of the line; a line of tabs alone is a row too.
    assert shown(head + "\t（七）总计\n四、结转\t\t3\t\t3\n\t\t\t\t\n") == [
        [
            *[["内容", "", "制发", "废止", "有效"], ["", "（七）总计", "", "", ""], ["四、结转", "", "3", "", "3"]],
            ["", "", "", "", ""],
        ]
    ]


@pytest.mark.parametrize("blank", ["\t\n\t\n\t\n\n", "\t\n\t\n\n", "\t\n\n\n", "\t0\n\n", "\t0\n", "\n\t\n\n"])
@pytest.mark.parametrize("heading", ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"])
def test_a_part_heading_is_no_cell(blank, heading):
    text = (
        f"\t内容\n\t制发\n\t废止\n\t有效\n\n\t规章\n\t1\n\t2\n\t3\n\n\t收费\n{blank}{heading}\n\t甲\n\t乙\n\n\t1\n\t2\n"
    )
    found = shown(text)
    assert found[1:] == [heading, [["甲", "乙"], ["1", "2"]]]
    assert found[0][2][0] == "收费"


def test_page_numbers_go_at_page_breaks_and_at_the_end():
    text = "标题\n正文一\n- 1 -\n\f正文二\n— 2 —\n\f第 3 页 共 4 页\n正文三\n\fPage 4 of 4\n六、其他\n无\n4\n"
    assert shown(text) == ["标题", "正文一", "正文二", "正文三", "六、其他", "无"]
    assert [block.place.page for block in blocks(text)] == [1, 1, 2, 3, 4, 4]


def test_bare_digits_go_only_where_they_count_pages():
    assert shown("一\n3\n\f二\n4\n\f三\n5\n") == ["一", "二", "三"]
    # Cells of a table torn by the page break: no count of pages.
    assert shown("合计\n7\n\f0\n件\n\f六\n无\n") == ["合计", "7", "0", "件", "六", "无"]
    assert shown("合计\n3\n4\n") == ["合计", "3", "4"]


def test_numbers_elsewhere_stay():
    assert shown("- 3 -\n正文\n12\n正文\n") == ["- 3 -", "正文", "12", "正文"]


@given(st.text(st.sampled_from("一0\t\n\f| │+-─ 页第:"), max_size=60))
def test_no_text_is_lost_or_doubled(text):
    try:
        found = read(text.encode(), "a.txt").blocks
    except Exception as error:
        assert type(error).__name__ == "Unreadable"
        return
    kept = "".join(block.text if isinstance(block, Paragraph) else "".join(block.texts) for block in found)
    assert kept.count("一") == text.count("一")
    for block in found:
        if isinstance(block, Grid):
            assert len(block.places) == len(block.texts)
            assert [cell for row in block.rows for cell in row] == list(range(len(block.texts)))


def test_the_sample(shared):
    source = read((shared / "samples" / "changyi-2021.txt").read_bytes(), "changyi-2021.txt")
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    assert [[len(row) for row in grid.rows] for grid in grids] == [
        [1, 4, 4, 4, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2],
        [2, 4, 8, 8, 8, 9, 9, *[10] * 19, 9, 8],
        [2, 7, 15, 15],
    ]
    assert "三、\n本年度办理结果" in grids[1].texts
    assert source.blocks[-1].text == "无"
