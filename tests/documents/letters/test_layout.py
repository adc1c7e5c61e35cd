"""Where lines break."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.letters.layout import balanced, lay_out, width


def test_a_title_breaks_after_the_organ_and_a_long_one_evenly(make):
    printed = lay_out(make["R3.6"]())
    assert printed.title == ("青川市云岭县文化和旅游局", "政府信息不予公开答复书")
    lines = balanced("青川市云岭县文化广电旅游体育和新闻出版电影文物保护管理综合执法局", 20)
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) <= 1


def test_no_line_begins_with_a_closing_mark_or_parts_a_word():
    lines = balanced("关于申请公开《云岭县乡村旅游专项资金管理办法》、GB12345.6789号文件的答复", 10)
    assert not any(line[0] in "》、）。" for line in lines)
    assert any("GB12345.6789" in line for line in lines)


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=200), st.integers(5, 30))
def test_no_character_is_lost_and_no_line_too_long(text: str, most: int):
    lines = balanced(text, most)
    assert "".join(lines) == text
    assert all(width(line) <= most or len(line) <= most for line in lines)


@pytest.mark.parametrize(("name", "lines", "size"), [("云岭县民政局", 1, 36), ("云" * 15, 1, 29), ("云" * 41, 3, 22)])
def test_the_head_is_as_large_as_it_fits(make, name, lines, size):
    printed = lay_out(replace(make["R1"](), organ=name))
    assert (len(printed.head), printed.head_size) == (lines, size)


def test_the_name_stands_over_the_date_and_within_the_line(make):
    short, long = (lay_out(replace(make["R1"](), organ="云" * length)) for length in (6, 22))
    assert short.centre == 4 + width("2026年3月25日") / 2
    assert long.centre == 2 + 11


def test_attachments_are_numbered_where_there_are_several(make):
    one, two = (lay_out(make["R2"](attachments=given)) for given in (["甲"], ["甲", "乙"]))
    assert one.attachments == (("附件：", "甲"),)
    assert two.attachments == (("附件：1.", "甲"), ("2.", "乙"))
    assert lay_out(make["R2"]()).attachments == ()
