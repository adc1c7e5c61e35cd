"""Running heads, running feet and page numbers (页眉、页脚、页码), which belong to the sheet and not to the report."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.read.pdf.lines import Line

_BAND = 0.12
"""The share of the page's height, at its head and at its foot, in which such lines stand; never less than 2 cm."""

_DETACHED = 2.0
"""A running head keeps this distance (in ems) from the text; the lines of the text are nearer to each other."""

_EDGE = 0.045
"""Nearer to the edge than this no report has text of its own: browsers print date and address there."""

_DIGITS = re.compile(r"[0-9０-９]+")
_BARE = re.compile(r"\s*([0-9０-９]{1,4})\s*")
_DRESSED = re.compile(
    r"\s*[-—–－―~·•\s]+[0-9０-９]{1,4}[-—–－―~·•\s]+"
    r"|\s*第\s*[0-9０-９一二三四五六七八九十]+\s*页(?:\s*[,，/、]?\s*(?:共|总)\s*[0-9０-９一二三四五六七八九十]+\s*页)?\s*"
    r"|\s*[0-9０-９]{1,4}\s*[/／]\s*[0-9０-９]{1,4}\s*"
    r"|\s*(?i:page)\s*[0-9]{1,4}(?:\s*(?:of|/)\s*[0-9]{1,4})?\s*"
)
_BROWSER = re.compile(r"[0-9]{1,4}/[0-9]{1,4}\s*$|^(?:https?|file)://|^[0-9]{2,4}[/-][0-9]{1,2}[/-][0-9]{1,2}\b")


@dataclass(frozen=True)
class Sheet:
    """A page's lines outside its tables, from the top down, and the heights between which its tables stand."""

    number: int
    height: float
    lines: list[Line]
    tables: tuple[float, float] | None = None


def without_margins(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """The lines of each page without running heads, feet and page numbers.

    Only the outermost lines of a page go, only near its edge and beyond its tables, and only if they are dressed as a
    page number ("— 3 —", "第 3 页"), are a bare number that counts with the pages, recur with the same words at the
    same height on other pages, or stand where only a browser prints.
    """
    kept = [list(sheet.lines) for sheet in sheets]
    for _ in range(3):  # heads of up to three lines
        doomed = _doomed(sheets, kept)
        if not doomed:
            break
        for page, line in doomed:
            kept[page] = [other for other in kept[page] if other is not line]
    return kept


def _doomed(sheets: Sequence[Sheet], kept: list[list[Line]]) -> list[tuple[int, Line]]:
    outermost = [found for page, sheet in enumerate(sheets) for found in _outermost(page, sheet, kept[page])]
    alike: dict[tuple[str, bool], list[_Outermost]] = defaultdict(list)
    offsets: Counter[int] = Counter()
    for found in outermost:
        alike[found.words].append(found)
        if found.number is not None:
            offsets[found.number - sheets[found.page].number] += 1
    doomed: list[tuple[int, Line]] = []
    for found in outermost:
        if found.number is not None:
            offset = found.number - sheets[found.page].number
            sure = offsets[offset] > 1 or (offset == 0 and found.at_foot)
        else:
            recurring = [other for other in alike[found.words] if abs(other.line.y - found.line.y) < 3]
            sure = len(recurring) >= max(2, len(sheets) // 3) and any(other.detached for other in recurring)
            sure = sure or bool(_DRESSED.fullmatch(found.line.text))
            sure = sure or (found.at_edge and bool(_BROWSER.search(found.line.text)))
        if sure:
            doomed.append((found.page, found.line))
    return doomed


@dataclass(frozen=True)
class _Outermost:
    """The first or the last line of a page that stands in its margin, and how it stands there."""

    page: int
    line: Line
    at_foot: bool
    at_edge: bool
    detached: bool

    @property
    def number(self) -> int | None:
        """The number, if it is nothing but one."""
        bare = _BARE.fullmatch(self.line.text)
        return int(bare[1]) if bare else None

    @property
    def words(self) -> tuple[str, bool]:
        """What recurs from page to page: its text with all numbers made alike, at the head or at the foot."""
        return _DIGITS.sub("0", self.line.text), self.at_foot


def _outermost(page: int, sheet: Sheet, lines: list[Line]) -> Iterator[_Outermost]:
    """The first and the last line of a page, if they stand in its margins and beyond its tables."""
    band = max(_BAND * sheet.height, 60.0)
    for at_foot in (False, True):
        inwards = lines[::-1] if at_foot else lines
        if not inwards:
            continue
        heights = [sheet.height - line.y if at_foot else line.y for line in inwards]
        if sheet.tables:
            heights.append(sheet.height - sheet.tables[1] if at_foot else sheet.tables[0])
        if heights[0] < min(band, heights[-1] + 1):
            steps = [low - high for high, low in pairwise(heights[:4])]
            detached = any(step > _DETACHED * inwards[0].size for step in steps)
            yield _Outermost(page, inwards[0], at_foot, heights[0] < _EDGE * sheet.height, detached)
