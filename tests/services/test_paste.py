"""Pasted text: no markup survives, the words do."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.services.outgoing.paste import clean, clean_line

MARKUP = re.compile(r"<[A-Za-z/!?]|<!--|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
WORDS = st.text("养老服务补贴发放办法一二三（）《》，。第条0123456789abcXYZ<>&;#/!-=\"' \n\t", max_size=40)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<br/>", '<span style="mso-x: 1">', "</span>", "<o:p>&nbsp;</o:p>", "<li>"),
        *("<ol>", "</ol>", "<ul>", "</ul>", "<td>", "</td>", "<script>", "</script>", "<style>p{}</style>", "<!--"),
        *("-->", "<![endif]-->", "&lt;b&gt;", "&amp;lt;i&amp;gt;", "&#60;u&#62;", "&#x200b;", "\u200b", "<xml>", "<"),
        *(r"PAGE \* MERGEFORMAT", "[bookmark: _GoBack]", "\uf0b7", "&amp;amp;amp;amp;amp;lt;b>", "\0", "\x07"),
    ]
)


@given(st.lists(WORDS | TAGS, max_size=30).map("".join) | st.text(max_size=200))
def test_no_markup_survives_and_clean_text_stays_as_it_is(pasted):
    cleaned = clean(pasted)
    assert not MARKUP.search(cleaned)
    assert not re.search(r"[\0-\x08\x0b-\x1f\x7f\u200b\ufeff]", cleaned)
    assert clean(cleaned) == cleaned
    assert "\n" not in clean_line(pasted)


PLAIN = st.text("养老服务补贴发放办法一二三四（）《》，。：第条款0123456789abcXYZ%〔〕", min_size=1, max_size=30)


@given(st.lists(PLAIN, min_size=1, max_size=8))
def test_the_words_of_paragraphs_lists_and_tables_stay(words):
    assert clean("\r\n".join(words)) == "\n".join(words)
    wrapped = "".join(f'<p class="MsoNormal"><b>{word[:1]}</b>{word[1:]}<o:p></o:p></p>' for word in words)
    assert [line for line in clean(wrapped).split("\n") if line] == words
    listed = "<ol>" + "".join(f"<li>{word}</li>" for word in words) + "</ol>"
    assert [line for line in clean(listed).split("\n") if line] == [
        f"{count}. {word}" for count, word in enumerate(words, 1)
    ]
    row = "<table><tr>" + "".join(f"<td>{word}</td>" for word in words) + "</tr></table>"
    assert clean(row) == "　".join(words)


CELL = st.text("养老服务123.%", max_size=6)


@given(st.integers(2, 5).flatmap(lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), min_size=2)))
def test_a_figure_of_a_table_stays_in_its_column(table):
    heads = [f"栏{at}" for at in range(len(table[0]))]
    first, *rest = clean("\n".join("\t".join(row) for row in [heads, *table])).split("\n")
    assert first.split("　") == heads
    filled = [row for row in table if any(row)]
    assert [line.split("　") for line in rest if line] == [[cell or "—" for cell in row] for row in filled]


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("乡镇\t人数\t金额\r\n白石镇\t\t1200\r\n青川镇\t3\t", "乡镇　人数　金额\n白石镇　—　1200\n青川镇　3　—"),
        ("\t第一段。\n\t第二段。", "第一段。\n第二段。"),
        ("地址：\t\t某路\n电话：\t\t12345", "地址：　某路\n电话：　12345"),
        ("<h1>总则</h1><p>第一条　为了规范，</p>", "总则\n\n第一条　为了规范，"),
        ("面积 < 5 亩，比例 a<3，<关于补贴的通知>", "面积 < 5 亩，比例 a<3，<关于补贴的通知>"),
        ("http://example.org/?a=1&copy=2&lt;", "http://example.org/?a=1&copy=2<"),
        ("若 a<b，则 c>d；联系 <yi@example.org>", "若 a＜b，则 c>d；联系 ＜yi@example.org>"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->正文", "正文"),
        ("<style>p { color: red }</style>正<b>文</b><script>x()</script>", "正文"),
        ("<ul><li>甲<ol><li>乙</li></ol></li><li>丙</li></ul>", "• 甲\n1. 乙\n• 丙"),
        ("\uf0b7\t第一项\r\n\r\n\r\n\r\n\uf0b7\t第二项", "•　第一项\n\n•　第二项"),
        ("第 PAGE \\* MERGEFORMAT 页，见 错误！未找到引用源。", "第 页，见"),
        ("信\u00ad息\u200b公开\ufeff", "信息公开"),
        ("某\ue000某", "某\ue000某"),
        ("<script>没有结束", "没有结束"),
    ],
)
def test_what_offices_paste(pasted, text):
    assert clean(pasted) == text


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<xml>", "<b", "<<b>b>", "&amp;", "<script>", "<!", "&", "[bookmark:", " "]
)
def test_the_time_grows_with_the_length_only(piece):
    begun = time.process_time()
    clean(f"甲{piece * 40_000}乙")
    assert time.process_time() - begun < 5
