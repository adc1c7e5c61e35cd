"""From what stands in a cell to a figure: ``"１,２３４ 件"`` is 1234, ``"—"`` is no figure.

A cell is a number or null, never a guess: text that is not exactly one number, with at most a sign, a unit and a
remark in brackets, gives null, and what stood there is kept beside it.
"""

import re
from decimal import Decimal
from functools import lru_cache

from gongkai.core.tables.form import Column
from gongkai.core.tables.report import Number

WIDE = str.maketrans("０１２３４５６７８９．，－＋／（）＂", '0123456789.,-+/()"')
BLANKS = frozenset(
    ("", "/", "//", "\\", "-", "--", "—", "——", "–", "一", "－", "−", "～", "~", "*", "无", "空", "·", ".", "?", "？")
)
"""What people put into a cell that has no figure."""

_NUMBER = re.compile(
    r"""^(?P<sign>[+\-−–—↑↓±]|增加?|减少?)?
        (?P<digits>\d{1,3}(?:[,'，]\d{3})+|\d+)
        (?P<fraction>\.\d+)?
        (?P<unit>件次|件|宗|份|项|个|次|条|起|人次|人|户|元|万元|亿元|万|家)?
        (?P<remark>[((\[【].*[))\]】])?$""",
    re.VERBOSE | re.DOTALL,
)
_UNIT_IN_REMARK = re.compile(r"[(\[【](?:单位[:：]?)?(亿元|万元|元|万)[))\]】]")
YUAN = {"元": Decimal(1), "万元": Decimal(10_000), "万": Decimal(10_000), "亿元": Decimal(100_000_000)}
_SPACE = re.compile(r"[\s\u3000\u00a0\u2000-\u200b\ufeff]+")
LONGEST = 30
"""Characters of the longest cell that can be a figure with unit and remark; more is text, or an attack."""
_ZERO = frozenset(("零", "〇", "○"))


@lru_cache(maxsize=4096)
def figure(text: str, column: Column) -> Number | None:
    """The figure in a cell of this column, in the column's unit; ``None`` for a blank, a dash or other text.

    Money in another unit than the column's is converted (15000元 in a column of 万元 is 1.5). Spaces inside a number
    are dropped; where two lines of a cell could each be a figure, there is none.
    """
    if "\n" in text.strip() and sum(_stands_alone(piece) for piece in text.split("\n")) > 1:
        return None
    plain = _SPACE.sub("", text.translate(WIDE))
    if len(plain) > LONGEST:
        return None
    if plain in _ZERO:
        return 0
    match = _NUMBER.match(plain)
    if not match:
        return None
    value = Decimal(re.sub(r"[,'，]", "", match["digits"]) + (match["fraction"] or ""))
    sign = match["sign"] or ""
    if sign == "±" or (sign in "—–↑↓增加减少" and sign and column.type != "signed_count"):
        return None
    if sign in ("-", "−", "–", "—", "↓", "减", "减少"):
        value = -value
    unit = match["unit"]
    if unit is None and (said := _UNIT_IN_REMARK.fullmatch(match["remark"] or "")):
        unit = said[1]
    if unit in YUAN and column.unit in YUAN:
        value = value * YUAN[unit] / YUAN[column.unit]
    elif unit in YUAN and column.unit is None:
        return None
    return whole(value)


def _stands_alone(text: str) -> bool:
    """Whether a line could be a figure by itself; 38,55 above a 2 cannot."""
    plain = _SPACE.sub("", text.translate(WIDE))
    return len(plain) <= LONGEST and _NUMBER.match(plain) is not None


def whole(value: Decimal) -> Number:
    """An integer where the decimal is one, else the decimal without idle zeros."""
    return int(value) if value == value.to_integral_value() else value.normalize()


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or only a mark that stands for nothing."""
    return _SPACE.sub("", text.translate(WIDE)) in BLANKS


@lru_cache(maxsize=4096)
def is_figure_like(text: str) -> bool:
    """Whether a cell can stand among figures: a number of any kind, a blank or a dash; a label cannot."""
    if text.isdigit() and len(text) <= LONGEST:
        return True
    plain = _SPACE.sub("", text.translate(WIDE))
    return plain in BLANKS or plain in _ZERO or _NUMBER.match(plain) is not None
