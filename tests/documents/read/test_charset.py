"""Bytes of every charset that occurs, and bytes of none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.read.charset import decode

SENTENCE = "青川市云岭县民政局2023年政府信息公开工作年度报告，共12件。\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_charsets_that_need_no_declaration(codec):
    assert decode((SENTENCE * 3).encode(codec))[::2] == (SENTENCE * 3, 0)


def test_big5_needs_its_declaration():
    data = "青川市民政局年度報告".encode("big5")
    assert decode(data, "Big5").text == "青川市民政局年度報告"


def test_the_bytes_are_believed_before_the_declaration():
    assert decode(SENTENCE.encode(), "gb2312").text == SENTENCE
    assert decode(SENTENCE.encode("gbk"), "utf-8").text == SENTENCE
    assert decode(SENTENCE.encode("gbk"), "iso-8859-1").text == SENTENCE
    assert decode(SENTENCE.encode("gbk"), "no-such-charset").text == SENTENCE


def test_one_torn_character_does_not_turn_utf8_into_nonsense():
    data = (SENTENCE * 20).encode()
    torn = data[:1] + data[2:]
    decoded = decode(torn)
    assert decoded.charset == "utf-8" and 1 <= decoded.lost <= 2
    assert decoded.text.endswith(SENTENCE)


def test_what_fits_nothing_is_counted():
    decoded = decode(SENTENCE.encode("gbk") + b"\xff\xff")
    assert decoded.charset == "gb18030" and decoded.lost >= 1
    assert decoded.text.startswith(SENTENCE)


@given(st.binary(max_size=300), st.sampled_from([None, "big5", "utf-16", "gbk", "x"]))
def test_no_bytes_fail(data, declared):
    text, _, lost = decode(data, declared)
    assert lost <= text.count("\ufffd")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_chinese_survives_both_usual_charsets(text):
    assert decode(text.encode()).text == text
    # Two-byte GBK may happen to be UTF-8 as well (the classic 联通); a figure or mark among it settles the matter.
    assert decode((text + "，共12件。政府信息公开").encode("gb18030")).text == text + "，共12件。政府信息公开"
