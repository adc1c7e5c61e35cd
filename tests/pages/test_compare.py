"""Two versions of a text: nothing of either is lost, and what changed is told to the word."""

import time

from hypothesis import given
from hypothesis import strategies as st

from gongkai.pages.compare import compare

TEXTS = st.text("甲乙丙丁。，12 .ab\n", max_size=60)


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def told(paragraphs, *kinds):
    """The text of the runs of these kinds; paragraphs of other kinds alone are not there."""
    found = ("".join(run.text for run in runs if run.kind in kinds) for runs in paragraphs)
    return [text for text in found if text]


def marked(before, after):
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return ["".join(signs[run.kind].format(run.text) for run in runs) for runs in compare(before, after)]


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_out_of_it(before, after):
    found = compare(before, after)
    assert told(found, "same", "removed") == lines(before)
    assert told(found, "same", "added") == lines(after)


@given(TEXTS)
def test_nothing_is_marked_where_nothing_changed_or_nothing_was_before(text):
    assert told(compare(text, text), "same") == told(compare(None, text), "same") == lines(text)


def test_words_within_a_paragraph():
    before, after = "第一条　补贴按月发放。\n第二条　每人每月300元。", "第一条　补贴按月发放。\n第二条　每人每月320元。"
    assert marked(before, after) == ["第一条　补贴按月发放。", "第二条　每人每月[-300-][+320+]元。"]
    assert marked("已查档案室", "已查档案室和业务系统") == ["已查档案室[+和业务系统+]"]


def test_paragraphs_that_came_and_went():
    assert marked("甲段不变。\n要删去的一段。", "甲段不变。") == ["甲段不变。", "[-要删去的一段。-]"]
    assert marked("丁。", "丁。\n新的一段文字。") == ["丁。", "[+新的一段文字。+]"]
    assert marked("完全不同的话", "ABC 123") == ["[+ABC 123+]", "[-完全不同的话-]"]


def test_changes_close_together_are_one():
    assert marked("由甲局负责承办", "由乙厅负责承办") == ["由[-甲局-][+乙厅+]负责承办"]
    assert marked("共收到申请三十件其中", "总接到申报五十件其中") == ["[-共收到申请三-][+总接到申报五+]十件其中"]


def test_a_very_long_text_costs_no_long_time():
    begun = time.process_time()
    compare("甲" * 500_000, "乙甲" * 250_000)
    compare("甲\n" * 50_000, "乙\n甲\n" * 50_000)
    compare(f"{'甲' * 1490}\n" * 330, f"{'甲' * 1480}{'乙' * 10}\n" * 330)
    assert time.process_time() - begun < 5
