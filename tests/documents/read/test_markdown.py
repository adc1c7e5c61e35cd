"""Markdown: headings, tables, inline marks, HTML inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.read.markdown import plain, read
from gongkai.documents.read.source import Paragraph


def shown(text):
    return [
        (block.heading, block.text)
        if isinstance(block, Paragraph)
        else [[block.texts[cell] for cell in row] for row in block.rows]
        for block in read(text.encode(), "a.md").blocks
    ]


def test_headings_and_paragraphs():
    assert shown(
        "# 标题 #\n\n一、总体情况\n===\n## **二、**主动公开\n\n正文\n下一行\n- 一是\n> 引文\n1. 二是\n***\n"
    ) == [
        (1, "标题"),
        (1, "一、总体情况"),
        (2, "二、主动公开"),
        (0, "正文"),
        (0, "下一行"),
        (0, "一是"),
        (0, "引文"),
        (0, "1. 二是"),
    ]


def test_pipe_tables():
    text = "说明\n\n| 内容 | 数量 |\n|:---|---:|\n| **规章** |  |\n| 自<br>然<br>人 | 3 |\n\n正文\n"
    assert shown(text) == [
        (0, "说明"),
        [["内容", "数量"], ["规章", ""], ["自\n然\n人", "3"]],
        (0, "正文"),
    ]
    assert shown("| | |\n|---|---|\n| 规章 | 0 |\n") == [[["规章", "0"]]]


def test_html_inside_is_read_as_html():
    text = (
        "# 标题\n\n|a|b|\n|-|-|\n|1|2|\n\n<table>\n<tr><td rowspan=2>三</td><td>1</td></tr>\n\n"
        "<tr><td>2</td></tr>\n</table>\n尾\n\n<p>段</p>\n"
    )
    source = read(text.encode(), "a.md")
    assert [type(block).__name__ for block in source.blocks] == ["Paragraph", "Grid", "Grid", "Paragraph", "Paragraph"]
    assert [list(row) for row in source.blocks[2].rows] == [[0, 1], [0, 2]]
    assert {place.table for place in source.blocks[2].places} == {2}
    assert [block.text for block in source.blocks[3:]] == ["尾", "段"]


def test_front_matter_gives_the_title():
    source = read("---\ntitle: 青川市民政局2023年年度报告\ndate: 2024-01-20\n---\n正文\n".encode(), "a.md")
    assert source.titles == ["青川市民政局2023年年度报告"]
    assert [(block.text, block.place.line) for block in source.blocks] == [("正文", 5)]


def test_fenced_lines_stay_as_they_are():
    assert shown("```\n# 非标题 **\n```\n正文\n") == [(0, "# 非标题 **"), (0, "正文")]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**一、**总体 *情况*", "一、总体 情况"),
        ("***a*** `c`", "a c"),
        ("~~9~~3", "3"),
        ("~~**9** 件~~3", "3"),
        ("3<sup>9</sup>", "3"),
        ("<s>9</s><DEL class=a><b>8</b></DEL>3 <span>件</span>", "3 件"),
        ("<s>9", "9"),
        ("*甲 **乙** 丙*", "甲 乙 丙"),
        ("[公开指南](https://example.invalid/a_b 'x')", "公开指南"),
        ("![图](a.png)公报", "公报"),
        (r"3\*4 \[bookmark: _GoBack\]", "3*4 [bookmark: _GoBack]"),
        ("[bookmark: _GoBack]（二）", "[bookmark: _GoBack]（二）"),
        ("2 * 3 * 4, file_name_x", "2 * 3 * 4, file_name_x"),
        ("A&amp;B&nbsp;C<u>D</u>", "A&B CD"),
    ],
)
def test_inline(marked, words):
    assert plain(marked) == words


@given(st.text(st.sampled_from("*_~`[]()<>|\\ #-=\n一1&;!b"), min_size=1, max_size=80))
def test_any_marks_are_read(text):
    try:
        read(text.encode(), "a.md")
    except Exception as error:
        assert type(error).__name__ == "Unreadable"


@pytest.mark.parametrize(
    "mark", ["*a ", "**a ", "_", "`a", "[", "![", "[a](", "~~a ", "> ", "<a", "<s>", "<s><sup>", "| ", "# "]
)
def test_a_long_line_of_marks_costs_little(mark, seconds):
    with seconds(2):
        plain(mark * 200_000)
        try:
            read((mark * 200_000 + "\n---|---\n").encode(), "a.md")
        except Exception as error:
            assert type(error).__name__ == "Unreadable"
