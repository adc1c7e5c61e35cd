"""Prose in its normal form, in which every format gives it back when it is read again.

Paragraphs are trimmed and never empty; there are no control characters and no invisible ones.
"""

import re

_NUMERALS = "一二三四五六七八九十"
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Spaces of other widths; the ideographic space U+3000 is kept as it is.
_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
# Control characters, lone surrogates, non-characters; and those that are invisible wherever they stand.
_LOST = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def paragraphs(text: str) -> tuple[str, ...]:
    """Text in normal form, cut into paragraphs."""
    lines = (_SPACE.sub(" ", _LOST.sub("", line)).strip() for line in _BREAK.split(text))
    return tuple(line for line in lines if line)


def one_line(text: str) -> str:
    """Text in normal form on one line: titles, headings, cells."""
    return " ".join(paragraphs(text))


def numeral(number: int) -> str:
    """一 … 十, 十一 … 十九."""
    if not 1 <= number < 20:
        raise ValueError(f"no numeral for {number}")
    return _NUMERALS[number - 1] if number <= 10 else "十" + _NUMERALS[number - 11]


def full_title(agency: str | None, year: int | None, ending: str) -> str:
    """〈机关全称〉〈年份〉年政府信息公开工作年度报告, as far as known; ``ending`` is the form's part of it."""
    return f"{agency or ''}{f'{year}年' if year else ''}{ending}"


def subheading(paragraph: str) -> int:
    """How many leading characters are a subheading, set in 楷体: （一）… up to its full stop, or a short line whole."""
    if not re.match(r"[（(][一二三四五六七八九十]{1,3}[）)]", paragraph):
        return 0
    stop = paragraph.find("。") + 1
    if stop:
        # The spaces after it go with it, so that the rest begins with a word.
        return len(paragraph) - len(paragraph[stop:].lstrip()) if stop <= 60 else 0
    return len(paragraph) if len(paragraph) <= 40 else 0
