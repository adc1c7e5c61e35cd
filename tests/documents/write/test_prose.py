"""The normal form of prose, and where a subheading ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.write.prose import full_title, numeral, one_line, paragraphs, subheading


@given(st.text())
def test_the_normal_form_is_stable_and_has_nothing_invisible(text):
    once = paragraphs(text)
    assert paragraphs("\n".join(once)) == once
    for paragraph in once:
        assert paragraph and paragraph == paragraph.strip()
        assert not set(paragraph) & {"\n", "\r", "\t", "\x00", "\x0b", "\u2028", "\u200b", "\ufeff", "\u00a0", "\ud800"}


def test_words_and_inner_spaces_stay_as_they_are():
    assert paragraphs("　　一是 PDF  两种\u3000格式 \r\n\r\n\t二\u00a0是") == ("一是 PDF  两种\u3000格式", "二 是")
    assert one_line("某局\n2024年\n报告") == "某局 2024年 报告"


@pytest.mark.parametrize(
    ("paragraph", "lead"),
    [
        ("（一）平台建设情况。专栏改版。", "（一）平台建设情况。"),
        ("（一）平台建设。 \u3000专栏改版。", "（一）平台建设。 \u3000"),
        ("（十二）平台建设", "（十二）平台建设"),
        ("(二)平台建设", "(二)平台建设"),
        ("平台建设（一）", ""),
        ("（1）平台建设。", ""),
        ("（一）" + "长" * 80 + "。", ""),
    ],
)
def test_a_subheading_ends_at_its_full_stop(paragraph, lead):
    assert paragraph[: subheading(paragraph)] == lead


def test_numerals_and_titles():
    assert [numeral(number) for number in (1, 6, 10, 11)] == ["一", "六", "十", "十一"]
    with pytest.raises(ValueError):
        numeral(0)
    assert full_title("某局", None, "报告") == "某局报告"
