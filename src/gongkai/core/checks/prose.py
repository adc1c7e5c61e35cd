"""A report's prose as passages, sentences and clauses, each still knowing where it stood."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.core.tables.report import Report

_WIDE = "０１２３４５６７８９"
_DIGITS = str.maketrans(_WIDE, "0123456789")

_CENTURIES = "〇○零九"
"""The second numeral of every year: a text with none of them names no year in numerals, and is soon done with."""
_YEAR = re.compile(f"[一二](?<![〇○零一二三四五六七八九].)[{_CENTURIES}][〇○零一二三四五六七八九]{{2}}(?=年)")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")

OPENING = "opening"

_ENDS = "。！？!?\n"
_SENTENCE = re.compile(f"[^{_ENDS}]+")
_CLAUSE = re.compile("[^，,；;（）()]+")


class Passage(NamedTuple):
    """Running text: the label ``key`` and ``number`` of the form's part, its ``name`` for people.

    Before part one these are ``OPENING``, 0 and no name. ``text`` is for reading, with plain digits for full-width
    ones and for the numerals of years (二〇二三年), position for position the same as ``printed``.
    """

    key: str
    number: int
    name: str
    text: str
    printed: str


def passages(report: Report) -> Iterator[Passage]:
    """The opening and the parts in the order of the report, as far as they have text."""
    labels = {part.number: part.label for part in report.form.parts}
    if report.opening:
        yield Passage(OPENING, 0, "", _plain(report.opening), report.opening)
    for part in report.parts:
        if part.text:
            label = labels.get(part.number)
            key, name = (label.key, label.text) if label else ("", part.title)
            yield Passage(key, part.number, name, _plain(part.text), part.text)


def _plain(text: str) -> str:
    if any(digit in text for digit in _WIDE):
        text = text.translate(_DIGITS)
    if any(numeral in text for numeral in _CENTURIES):
        text = _YEAR.sub(lambda match: match[0].translate(_NUMERALS), text)
    return text


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Sentences with their position, cut at full stops and line ends, without the mark that ends them."""
    return ((match.start(), match[0]) for match in _SENTENCE.finditer(text))


def clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """Clauses with their position, cut at commas, semicolons and brackets."""
    return ((match.start(), match[0]) for match in _CLAUSE.finditer(sentence))


def sentence_at(text: str, position: int) -> str:
    """The whole sentence around a position, with the mark that ends it."""
    start = max(text.rfind(end, 0, position) for end in _ENDS) + 1
    ends = [end for end in (text.find(mark, position) for mark in _ENDS) if end >= 0]
    return text[start : min(ends) + 1 if ends else len(text)].strip()


def in_order(short: str, whole: str) -> bool:
    """Whether the characters of one name stand in the other in the same order: 市卫健委 in 青川市卫生健康委员会."""
    letters = iter(whole)
    return all(letter in letters for letter in short)
