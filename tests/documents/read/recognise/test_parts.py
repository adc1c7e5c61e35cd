"""Headings of parts: numbered in any way, with known variants, in tables of contents, run on into text."""

import pytest

from gongkai.core.tables.report import Place
from gongkai.documents.read.recognise.parts import find_headings
from gongkai.documents.read.recognise.report import recognise
from gongkai.documents.read.source import Paragraph, Source
from gongkai.rulebook.load.forms import form, forms

TITLE = "云岭县民政局2021年政府信息公开工作年度报告"
HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def report(*lines, marked=()):
    blocks = [Paragraph(text, Place(line=n), 2 if text in marked else 0) for n, text in enumerate(lines, 1)]
    return recognise(Source("x", blocks), forms())


def texts(read):
    return [(part.number, part.heading, part.text) for part in read.parts]


def test_six_parts_with_their_text():
    lines = [line for n, heading in enumerate(HEADINGS) for line in (heading, f"第{n}段。", f"又{n}段。")]
    read = report(TITLE, "开头一段。", *lines)
    assert read.opening == "开头一段。"
    assert texts(read) == [(n + 1, heading, f"第{n}段。\n又{n}段。") for n, heading in enumerate(HEADINGS)]
    assert [part.title for part in read.parts] == [heading[2:] for heading in HEADINGS]


def test_numbers_in_any_style():
    styled = [
        "1. 总体情况",
        "（二）主动公开政府信息情况",
        "3、 收到和处理政府信息公开申请的情况",
        "第四部分、行政复议、行政诉讼情况",
        "五．存在的问题及改进情况：",
        "其他需要报告的事项",
    ]
    read = report(TITLE, *[line for heading in styled for line in (heading, "文字。")])
    assert [part.number for part in read.parts] == [1, 2, 3, 4, 5, 6]
    assert read.parts[2].heading == "3、 收到和处理政府信息公开申请的情况"
    assert read.parts[4].title == "存在的问题及改进情况"


def test_a_table_of_contents_is_no_report():
    read = report(TITLE, "目录", *HEADINGS, *[line for heading in HEADINGS for line in (heading, "正文。")])
    assert [part.text for part in read.parts] == ["正文。"] * 6


def test_a_heading_that_runs_on():
    read = report(TITLE, "一、总体情况。2021年，我局认真工作。", *HEADINGS[1:])
    assert read.parts[0].text == "2021年，我局认真工作。"


@pytest.mark.parametrize(
    "broken", [("三、收到和处", "理政府信息公开申请情况"), ("三、", "收到和处理", "政府信息公开申请情况")]
)
def test_a_heading_broken_over_lines(broken):
    lines = [*HEADINGS[:2], "文字。", *broken, "又。", *HEADINGS[3:]]
    read = report(TITLE, *lines, marked=[*HEADINGS, broken[0]])
    assert texts(read)[1:3] == [(2, HEADINGS[1], "文字。"), (3, HEADINGS[2], "又。")]
    assert read.parts[2].title == HEADINGS[2][2:]


@pytest.mark.parametrize(
    "lines",
    [
        ("一、总体情况", "！", "正文。"),
        ("一、总体情况", "情况", "正文。"),
        ("一、总体情况", "（一）总体", "情况"),
        ("一、总体情况", "我局总体", "情况"),
        ("一、总体情况", "一、总体工作", "综述"),
    ],
)
def test_lines_that_only_look_like_a_broken_heading(lines):
    read = report(TITLE, *lines[:1], *lines[1:], *HEADINGS[1:])
    assert texts(read)[0] == (1, HEADINGS[0], "\n".join(lines[1:]))


def test_marked_headings_win_over_sentences_that_repeat_them():
    read = report(TITLE, HEADINGS[0], "五、存在的主要问题及改进情况", "文字。", *HEADINGS[1:], marked=HEADINGS)
    assert len(read.parts) == 6


def test_unknown_words_are_recognised_by_likeness_and_place():
    lines = [*HEADINGS[:2], "三、收到和办理政府信息公开申请有关情况", "文字。", *HEADINGS[3:]]
    headings = find_headings(form("annual-2021"), [Paragraph(line, Place()) for line in lines])
    assert [(h.part.number, h.printed) for h in headings][2] == (3, lines[2])


def test_the_foot_of_a_page_is_not_part_six():
    read = report(TITLE, *HEADINGS, "无。", "上一篇：别的报告", "主办单位：某某")
    assert read.parts[-1].text == "无。"
