"""Text in columns where a Chinese character is two wide: measuring, filling, breaking lines, drawing tables."""

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple
from unicodedata import category, east_asian_width

# A unit is never broken: a run of Latin text (an id, a number, a path), spaces, or one other character. Closing
# punctuation sticks to what it closes and opening punctuation to what it opens (禁则).
_CLOSING = "。，、；：？！％）〕］｝」』】〗》〉”’…,.;:?!%)]}"
_OPENING = "（〔［｛「『【〖《〈“‘([{"
_UNIT = re.compile(rf"\s+|(?:[!-~]*[{re.escape(_OPENING)}])*(?:[!-~]+|[^\s])[{re.escape(_CLOSING)}]*")


def width(text: str) -> int:
    """How many columns the text takes: wide East Asian characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else category(char) not in ("Mn", "Me", "Cf") for char in text)


def fill(text: str, columns: int, align: str = "<") -> str:
    """The text with spaces up to a width: ``<`` behind it, ``>`` before it."""
    blank = " " * max(0, columns - width(text))
    return blank + text if align == ">" else text + blank


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``, broken as Chinese is: not inside Latin words, after an opening mark or before a
    closing one.

    A single unit that is wider than a line stands alone on one, unbroken: ids and paths can then be copied.
    """
    lines = []
    for paragraph in text.splitlines() or [""]:
        line, used = "", 0
        for unit in _UNIT.findall(paragraph):
            size = width(unit)
            if used and used + size > columns:
                lines.append(line.rstrip())
                line, used = "", 0
            if line or not unit.isspace():
                line, used = line + unit, used + size
        lines.append(line.rstrip())
    return lines


def shorten(text: str, columns: int) -> str:
    """The text on one line, cut to a width, ``…`` where something was cut off."""
    text = " ".join(text.split())
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


class Line(NamedTuple):
    """One line of a table: its label, how deep it stands under group headings, its figures (none for a heading)."""

    label: str
    figures: Sequence[str] = ()
    depth: int = 0


GAPS = (2, 1)
"""Blanks between columns, and between them where it is tight."""
LEAST_LABEL = 32
"""Labels get at least so much room, if they need it, before heads may be broad."""


def table(corner: str, heads: Sequence[str], lines: Sequence[Line], columns: int) -> list[str]:
    """A table with figures at the right of their columns; heads and labels are broken over lines where it is tight.

    ``corner`` stands above the labels. The heads grow narrower, a line more each time, until the labels have room.
    """
    labels = max(width("  " * line.depth + line.label) for line in [*lines, Line(corner)])
    figures = [max([width(line.figures[n]) for line in lines if line.figures] or [0]) for n in range(len(heads))]
    for gap, parts in product(GAPS, range(1, 7)):
        wanted = [max(-(-width(head) // parts // 2) * 2, 4) for head in heads]
        # A word that is wider than wanted stands unbroken, so its column is as wide as that word.
        sizes = [
            max(size, figures[n], *map(width, wrap(head, size)))
            for n, (head, size) in enumerate(zip(heads, wanted, strict=True))
        ]
        room = columns - sum(sizes) - gap * len(sizes)
        if room >= min(labels, LEAST_LABEL):
            break
    room = max(min(labels, room), 12)
    top = [wrap(head, size) for head, size in zip(heads, sizes, strict=True)]
    height = max(len(head) for head in top)
    out = []
    for n in range(height):
        texts = [head[n - height + len(head)] if n >= height - len(head) else "" for head in top]
        out.append(_row(corner if n == height - 1 else "", texts, room, sizes, gap))
    out.append("─" * (room + sum(sizes) + gap * len(sizes)))
    for line in lines:
        indent = "  " * line.depth
        *first, last = wrap(line.label, room - len(indent))
        out += [indent + text for text in first]
        out.append(_row(indent + last, line.figures, room, sizes, gap))
    return out


def _row(label: str, texts: Sequence[str], room: int, sizes: Sequence[int], gap: int) -> str:
    cells = (" " * gap + fill(text, size, ">") for text, size in zip(texts, sizes, strict=False))
    return (fill(label, room) + "".join(cells)).rstrip()
