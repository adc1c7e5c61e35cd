"""Plain text: lines are paragraphs, and tables are found where the text still shows their cells."""

import re
from collections import Counter
from typing import NamedTuple

from gongkai.core.message import message
from gongkai.core.tables.report import Place
from gongkai.documents.read.charset import decode
from gongkai.documents.read.layout import Line, blocks
from gongkai.documents.read.limits import MAX_TEXT_BYTES, MAX_TEXT_LINES
from gongkai.documents.read.recognise.labels import key
from gongkai.documents.read.recognise.parts import MAX_HEADING, heading_words
from gongkai.documents.read.source import Source, Unreadable
from gongkai.rulebook.load.forms import forms

_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_PAGE_NUMBER = re.compile(
    r"(?P<bare>\d{1,3})"
    r"|[-—–－―~～·•]+\s*\d{1,3}\s*[-—–－―~～·•]+"
    r"|第\s*\d{1,3}\s*页(?:\s*[,，/／、]?\s*共\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
    r"|page\s+\d{1,3}(?:\s+of\s+\d{1,3})?",
    re.IGNORECASE,
)


def read(data: bytes, name: str) -> Source:
    """Lines of a text file of any charset as paragraphs, its tables with tabs, pipes or one cell a line as grids.

    ``flat`` is always true: what is not recognised here may still be a table without its cells.

    Raises:
        Unreadable: too large, or nothing but white space.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(message("read.too-large", file=name, limit=MAX_TEXT_BYTES >> 20))
    text, charset, lost = decode(data)
    refuse_too_many_lines(text, name)
    source = Source(name, blocks(split_lines(text), is_heading=_heads_part), flat=True)
    if not source.blocks:
        raise Unreadable(message("read.empty", file=name))
    if lost:
        source.problems.append(message("read.characters-lost", count=lost, charset=charset))
    return source


def _heads_part(text: str) -> bool:
    """Whether a line is the heading of a part of a report: then it is no cell of the table above it."""
    return len(text) <= MAX_HEADING and key(text) in heading_words(forms())


def refuse_too_many_lines(text: str, name: str) -> None:
    """Raise ``Unreadable`` where a text has more lines, or cells between tabs or pipes, than any report."""
    if sum(map(text.count, "\n\r\f\t|")) > MAX_TEXT_LINES:
        raise Unreadable(message("read.too-many-lines", file=name, limit=MAX_TEXT_LINES))


class _Foot(NamedTuple):
    """A line that looks like a page number, by its place among the filled lines; ``number`` where it is bare digits."""

    position: int
    page: int
    number: int | None


def split_lines(text: str) -> list[Line]:
    """Lines with their numbers and, where there are form feeds, their pages; without page numbers between pages."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NO_WIDTH | _CONTROLS)
    paged = "\f" in text.strip("\f\n ")
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(text.split("\n"), 1):
        for turned, piece in enumerate(raw.split("\f")):
            page += turned > 0
            if piece or not turned:
                lines.append(Line(piece, Place(page if paged else None, None, None, None, None, number)))
    drop = _page_numbers(lines)
    return [line for index, line in enumerate(lines) if index not in drop]


def _page_numbers(lines: list[Line]) -> set[int]:
    """Indices of page numbers: next to a page break or at the very end, and counting as pages do.

    A lone figure may as well be the last cell of a table. So bare digits count only where they run with the pages, and
    at the end only after something that is not a figure.
    """
    filled = [index for index, line in enumerate(lines) if line.text.strip()]
    pages = [lines[index].place.page or 1 for index in filled]
    last = len(filled) - 1
    feet: list[_Foot] = []
    for position, page in enumerate(pages):
        if position == last or pages[position + 1] != page or (position > 0 and pages[position - 1] != page):
            text = lines[filled[position]].text.strip(" \u3000")
            if match := _PAGE_NUMBER.fullmatch(text):
                feet.append(_Foot(position, page, int(match["bare"]) if match["bare"] else None))
    offsets = Counter(foot.number - foot.page for foot in feet if foot.number is not None)
    offset, times = offsets.most_common(1)[0] if offsets else (0, 0)
    drop = set()
    for position, page, number in feet:
        if number is None:
            is_foot = True
        elif position == last:
            is_foot = position > 0 and not lines[filled[position - 1]].text.strip().isdecimal()
        else:
            is_foot = number - page == offset and (times > 1 or offset == 0)
        if is_foot:
            drop.add(filled[position])
    return drop
