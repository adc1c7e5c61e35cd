"""Numbers as prose writes them: 1,234, 12.5, 十二, 三百零五, 两."""

from decimal import Decimal

from gongkai.core.tables.report import Number

_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"

_LONGEST = 15
"""Digits of the longest number: what is longer is a serial number or damage."""


def number(text: str) -> Number | None:
    """The number, or ``None`` for what is none (一二, a mere 百, forty digits). Thousands separators and spaces are
    dropped."""
    plain = "".join(text.replace(",", "").replace("，", "").split())
    if len(plain) > _LONGEST:
        return None
    if plain.isascii():
        if plain.isdigit():
            return int(plain)
        value = Decimal(plain)
        return int(value) if value == int(value) else value
    if all(numeral in "零〇" for numeral in plain):
        return 0 if len(plain) == 1 else None
    before, myriad, after = plain.rpartition(_MYRIAD)
    if not myriad:
        return _below_myriad(after)
    high, low = _below_myriad(before), _below_myriad(after) if after else 0
    return None if high is None or low is None else high * 10_000 + low


def _below_myriad(text: str) -> int | None:
    """A numeral without 万: digits each followed by a falling unit, 零 for a gap, 十 alone for ten."""
    total, digit, least = 0, None, 10_000
    for numeral in text:
        unit = _UNITS.get(numeral)
        if unit is None:
            value = _DIGITS.get(numeral)
            if value is None or (digit is not None and digit != 0):
                return None
            digit = value
        else:
            if unit >= least or (digit is None and unit != 10) or (digit is None and total):
                return None
            total += (1 if digit is None else digit) * unit
            digit, least = None, unit
    return total + (digit or 0) if text else None
