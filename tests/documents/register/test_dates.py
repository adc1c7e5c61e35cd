"""Dates in many writings, and none that could be two."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.register.dates import NoDate, is_iso, read_date

DAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-3-4", "2024-03-04", "2024/3/4", "2024.3.4", "2024.03.04.", "2024年3月4日", "2024年03月04号"),
        *("20240304", "45355", "45355.0", "45355.4166", "２０２４年３月４日", "２０２４－３－４", "２０２４．３．４"),
        *("2024 年 3 月 4 日", "2024—3—4", " 2024-3-4\n", "2024-03-04 10:00:00", "2024-03-04T10:00", "2024/3/4 9:30"),
        *("2024年3月4日 9时30分", "2024年3月4日9:30"),
    ],
)
def test_every_writing_of_a_day(text):
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *[(text, "ambiguous") for text in ("24.3.4", "24-03-04", "3/4/2024", "3/4/24", "24年3月4日", "04.03.2024")],
        *[(text, "impossible") for text in ("2024-2-30", "20241301", "2023年2月29日", "2024.0.4")],
        *[
            (text, "unreadable")
            for text in ("三月初", "2024-3", "3月4日", "2024", "123", "99999", "1.5", "12345678901")
        ],
        *[
            (text, "unreadable")
            for text in ("2024-3-4至2024-3-8", "2024-3-4、2024-3-8", "2024-3-4 已电话告知", "00:30:00")
        ],
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text, why):
    with pytest.raises(NoDate) as caught:
        read_date(text)
    assert caught.value.reason == why


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_each_day_in_each_writing(day):
    serial = str((day - date(1899, 12, 30)).days)
    for text in (f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}", f"{day:%Y年%m月%d日}", serial):
        assert read_date(text) == day


@given(st.text(max_size=40))
def test_no_text_crashes(text):
    with contextlib.suppress(NoDate):
        assert is_iso(read_date(text).isoformat())


def test_the_strict_form():
    assert is_iso("2024-02-29")
    assert not any(map(is_iso, ("2024-2-29", "2023-02-29", "2024-W10-1", "20240229", "", None, 3, "2024-02-29\n")))
