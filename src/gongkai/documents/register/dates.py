"""Dates as people type them into registers. What could be two days, or none, is refused with the reason."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Literal

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_TIME = r"(?:[T ]*\d{1,2}[:时点]\d{1,2}.*)?"
_WRITTEN = re.compile(rf"(\d{{4}}) ?[-/.年] ?(\d{{1,2}}) ?[-/.月] ?(\d{{1,2}}) ?[日号.]?{_TIME}")
_COMPACT = re.compile(rf"(\d{{4}})(\d\d)(\d\d){_TIME}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SHORT = re.compile(r"\d{1,2} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,4} ?[日号]?")
_EPOCH = date(1899, 12, 30)
"""Day 0 of the serial numbers of spreadsheets, for all days after February 1900."""
_FIRST, _LAST = 2000, 2099
"""Years in which a bare five-digit number is taken for a serial number."""

ISO = re.compile(r"\d{4}-\d\d-\d\d")


class NoDate(ValueError):
    """A text that is no date. ``reason``: which sentence of ``register.date-…`` says why."""

    def __init__(self, reason: Literal["impossible", "ambiguous", "unreadable"]) -> None:
        super().__init__(reason)
        self.reason = reason


def read_date(text: str) -> date:
    """The date in a cell: 2024-3-4, 2024/3/4, 2024.3.4, 2024年3月4日, 20240304, 45355; a time of day is left off.

    Raises:
        NoDate: a year of two digits, a day that does not exist, or no date at all.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())
    match = _WRITTEN.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            raise NoDate("impossible") from None
    serial = _SERIAL.fullmatch(plain)
    if serial:
        day = _EPOCH + timedelta(days=int(serial[1]))
        if _FIRST <= day.year <= _LAST:
            return day
    if _SHORT.fullmatch(plain):
        raise NoDate("ambiguous")
    raise NoDate("unreadable")


def is_iso(text: object) -> bool:
    """Whether a value is a date that exists, written ``YYYY-MM-DD``."""
    if not isinstance(text, str) or not ISO.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
