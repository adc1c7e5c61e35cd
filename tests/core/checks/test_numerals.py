from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.checks.numerals import number

DIGITS = "零一二三四五六七八九"


def numeral(value: int) -> str:
    """The plain Chinese numeral, written in another way than it is read."""
    if value >= 10_000:
        rest = value % 10_000
        return numeral(value // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (numeral(rest) if rest else "")
    if value < 10:
        return DIGITS[value]
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if value >= unit:
            rest = value % unit
            gap = "零" if 0 < rest < unit // 10 else ""
            return DIGITS[value // unit] + name + gap + (numeral(rest) if rest else "")
    raise AssertionError


@given(st.integers(0, 99_999_999))
def test_every_numeral(value):
    assert number(numeral(value)) == value
    assert number(f"{value:,}") == value == number(str(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("两", 2),
        ("一百零五", 105),
        ("二十", 20),
        ("〇", 0),
        ("12.5", Decimal("12.5")),
        ("3.0", 3),
        ("1，234", 1234),
        ("两千", 2000),
        ("一千万零一", 10_000_001),
    ],
)
def test_ways_of_writing(text, value):
    assert number(text) == value


@pytest.mark.parametrize("text", ["百", "一二", "十百", "零零", "万千", "1二"])
def test_what_is_no_number(text):
    assert number(text) is None
