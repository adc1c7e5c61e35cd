"""Automatic numbers of Word (自动编号), which stand in no text: rendered as the printed page shows them.

Part headings of published reports are often numbered this way: without it 「一、总体情况」 would read 「总体情况」.
"""

import re
from dataclasses import dataclass
from typing import Any

from gongkai.documents.read.wordml import STYLE, VAL

_W = STYLE.removesuffix("style")
_MAX_LEVELS = 9


@dataclass
class _Level:
    """One level of a list: ``text`` such as ``（%1）``, in which ``%1`` is the number of the first level."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    style: str | None = None


class Numbering:
    """The lists of a document with their counters. Each call of ``label`` counts one paragraph further.

    Args:
        root: the root of ``word/numbering.xml``, or ``None`` where the document has none.
    """

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        linked: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.iterchildren(_W + "abstractNum"):
            id = abstract.get(_W + "abstractNumId", "")
            self._abstract[id] = {
                _number(level.get(_W + "ilvl"), 0): _level(level) for level in abstract.iterchildren(_W + "lvl")
            }
            for child in abstract.iterchildren(_W + "styleLink"):
                linked[child.get(VAL)] = id
            for child in abstract.iterchildren(_W + "numStyleLink"):
                links[id] = child.get(VAL)
        # A list may point by a style's name to the definition that it shares with others.
        for num in root.iterchildren(_W + "num"):
            id = num.get(_W + "numId", "")
            abstract_id = next((child.get(VAL) for child in num.iterchildren(_W + "abstractNumId")), "")
            self._lists[id] = linked.get(links.get(abstract_id, ""), abstract_id)
            for override in num.iterchildren(_W + "lvlOverride"):
                level = _number(override.get(_W + "ilvl"), 0)
                for start in override.iterchildren(_W + "startOverride"):
                    self._overrides.setdefault(id, {})[level] = _number(start.get(VAL), 1)
                for definition in override.iterchildren(_W + "lvl"):
                    own = dict(self._abstract.get(self._lists[id], {}))
                    own[level] = _level(definition)
                    self._lists[id] = f"{self._lists[id]} {id}"
                    self._abstract[self._lists[id]] = own

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a list gives to the paragraphs of a style; 0 where it names none."""
        levels = self._abstract.get(self._lists.get(list_id, ""), {})
        return next((number for number, level in levels.items() if level.style == style), 0)

    def label(self, list_id: str, level: int) -> str:
        """The number before the next paragraph of this list and level, with its suffix; ``""`` for a bullet."""
        abstract = self._lists.get(list_id)
        levels = self._abstract.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _MAX_LEVELS)
        # A list with its own start begins afresh the first time it is met.
        for restarted, start in self._overrides.pop(list_id, {}).items():
            counts[restarted : restarted + 1] = [start - 1]
        before = counts[level]
        counts[level] = levels[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_MAX_LEVELS - level - 1)
        return _render(levels, level, counts)


def _level(element: Any) -> _Level:
    level = _Level()
    for child in element:
        value = child.get(VAL)
        match child.tag.removeprefix(_W):
            case "start":
                level.start = _number(value, 1)
            case "numFmt":
                level.format = value or "decimal"
            case "lvlText":
                level.text = value or ""
            case "suff":
                level.suffix = value or "tab"
            case "isLgl":
                level.legal = value not in ("0", "false", "off")
            case "pStyle":
                level.style = value
    return level


def _number(value: str | None, default: int) -> int:
    """A whole number of an attribute, within what Word itself allows."""
    try:
        number = int(value or "")
    except ValueError:
        return default
    return number if 0 <= number <= 32767 else default


def _render(levels: dict[int, _Level], level: int, counts: list[int | None]) -> str:
    shown = levels[level]
    if shown.format == "bullet":
        return ""

    def one(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        definition = levels.get(place, _Level())
        count = counts[place]
        return numeral(definition.start if count is None else count, "decimal" if shown.legal else definition.format)

    text = re.sub(r"%([1-9])", one, shown.text)
    # A tab after 「一、」 leaves no gap that one would type; after "1." it keeps "1. 5万元" from reading 1.5.
    if shown.suffix == "space" or (shown.suffix == "tab" and text[-1:].isascii()):
        text += " "
    return text if text.strip() else ""


_DIGITS = "零一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X"} | {
    9: "IX",
    5: "V",
    4: "IV",
    1: "I",
}


def numeral(number: int, format: str) -> str:
    """A number in one of Word's number formats (ST_NumberFormat); formats not used in Chinese come out decimal.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(4, "upperRoman")
    ('十二', '③', 'IV')
    """
    match format:
        case "none":
            return ""
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | ("taiwaneseCountingThousand")
        ):
            return _counted(number, _DIGITS, "十百千")
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return _counted(number, _FORMAL_DIGITS, "拾佰仟")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital":
            return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
        case "ideographTraditional" if 1 <= number <= len(_STEMS):
            return _STEMS[number - 1]
        case "ideographZodiac" if 1 <= number <= len(_BRANCHES):
            return _BRANCHES[number - 1]
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join("０１２３４５６７８９"[int(digit)] for digit in str(number))
        case "decimalZero":
            return f"{number:02}"
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(ord("①") + number - 1)
        case "decimalEnclosedParen" if 1 <= number <= 20:
            return chr(ord("⑴") + number - 1)
        case "decimalEnclosedFullstop" if 1 <= number <= 20:
            return chr(ord("⒈") + number - 1)
        case "upperRoman" | "lowerRoman" if 1 <= number <= 3999:
            roman = _roman(number)
            return roman if format == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter" if number >= 1:
            # After Z come AA, BB …: the letter doubled, not counted on.
            letter = chr(ord("A" if format == "upperLetter" else "a") + (number - 1) % 26)
            return letter * min((number - 1) // 26 + 1, 9)
    return str(number)


def _counted(number: int, digits: str, units: str) -> str:
    """Chinese counting with units, 十一 and not 一十一; from ten thousand on, the plain digits."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = digits[int(digit)] + (units[place - 1] if place else "") + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    return text[1:] if 10 <= number < 20 and units[0] == "十" else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text
