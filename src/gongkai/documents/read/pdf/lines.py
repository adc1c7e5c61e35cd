"""Glyphs into lines: what stands on one baseline, left to right, with its gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.read.pdf.glyphs import Glyph

WIDE_GAP = 1.5
"""An empty stretch at least this wide (in ems) parts two columns."""

_FIGURE_GAP = 0.6
_WORD_GAP = 0.17
_FIGURES = frozenset("0123456789０１２３４５６７８９")
_SPACES = " \u3000"
_BARE = re.compile(r"[+\-−－]?[0-9０-９][0-9０-９,，.．]*")


@dataclass(slots=True)
class Piece:
    """A stretch of a line without a wide gap. ``cut``: it touches the page's edge or crosses it."""

    text: str
    x0: float
    x1: float
    cut: bool = False

    def printed(self, again: str) -> str:
        """Its text. A figure cut by the page's edge may go on: it is told twice, with ``again`` between, so that
        nobody takes it for a figure whose row has no sum to confirm it.
        """
        return f"{self.text}{again}{self.text}" if self.cut and _BARE.fullmatch(self.text) else self.text


@dataclass(slots=True)
class Line:
    """One line of text. ``y`` is its baseline, ``size`` its middling type size, ``spaced`` the blanks that it
    ends in.

    ``page``, ``block``, ``heading`` and ``bold`` are those of its glyphs (``bold`` of all of them).
    """

    pieces: list[Piece]
    y: float
    size: float
    bold: bool
    heading: int
    block: int
    spaced: str
    glyphs: list[Glyph]
    page: int = 0

    @property
    def text(self) -> str:
        """The line's text, its columns parted by tabs."""
        return "\t".join(piece.printed("\t") for piece in self.pieces)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.pieces[-1].x1


def lines(glyphs: Iterable[Glyph], page: int = 0) -> list[Line]:
    """The lines of some glyphs, from the top down.

    A glyph belongs to a line if its baseline is within half an em of that of the line's largest glyph, so that raised
    and lowered figures stay with theirs.
    """
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if rows and abs(glyph.y - base) <= 0.5 * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size:
                base, size = glyph.y, glyph.size
        else:
            rows.append([glyph])
            base, size = glyph.y, glyph.size
    found = (_line(row, page) for row in rows)
    return [line for line in found if line is not None]


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The text of a cell: its lines joined by ``\\n``."""
    if len(glyphs) == 1 and not glyphs[0].cut:
        return glyphs[0].text.strip(_SPACES)
    return "\n".join(" ".join(piece.printed("\n") for piece in line.pieces) for line in lines(glyphs))


def _line(row: list[Glyph], page: int) -> Line | None:
    row.sort(key=lambda g: g.x0 + g.x1)
    printed = [glyph for glyph in row if glyph.text not in _SPACES]
    if not printed:
        return None
    first, last = printed[0], printed[-1]
    pieces: list[Piece] = []
    text: list[str] = [first.text]
    start, before = first, first
    spaces: list[str] = []
    slack = _slack(printed)
    at = -1.0
    for glyph in row[row.index(first) + 1 :]:
        if glyph.text in _SPACES:
            if glyph.x0 - at > 0.1 * glyph.size:  # a space may come twice: by its glyph and by its tag
                spaces.append(glyph.text)
            at = glyph.x0
            continue
        em = max(before.size, glyph.size)
        if glyph.text == before.text and glyph.x0 - before.x0 < 0.15 * em and not spaces:
            continue  # printed twice to look bold
        joint = _joint(before, glyph, spaces, em, slack)
        if joint == "\t":
            pieces.append(Piece("".join(text), start.x0, before.x1, start.cut or before.cut))
            text, start = [glyph.text], glyph
        else:
            text += (joint, glyph.text)
        spaces.clear()
        before = glyph
    pieces.append(Piece("".join(text), start.x0, before.x1, start.cut or before.cut))
    sizes = sorted(glyph.size for glyph in printed)
    return Line(
        pieces,
        y=max(printed, key=lambda g: g.size).y,
        size=sizes[len(sizes) // 2],
        bold=all(glyph.bold for glyph in printed),
        heading=max(glyph.heading for glyph in printed),
        block=first.block if first.block == last.block else 0,
        spaced="".join(spaces),
        glyphs=printed,
        page=page,
    )


def _joint(before: Glyph, glyph: Glyph, spaces: list[str], em: float, slack: float) -> str:
    """What stands between two neighbours: nothing, spaces as printed, a space for a gap, a tab for a wide one."""
    gap = glyph.x0 - before.x1
    if spaces:
        # Typed spaces stand as they are, unless the stretch is far wider than they can be.
        natural = sum(1.0 if space == "\u3000" else 0.6 for space in spaces)
        return "\t" if gap > (natural + WIDE_GAP) * em else "".join(spaces)
    if gap > WIDE_GAP * em:
        return "\t"
    if before.text in _FIGURES and glyph.text in _FIGURES and gap > _FIGURE_GAP * em:
        return "\t"
    latin = _is_narrow(before) + _is_narrow(glyph)
    if latin == 2 and gap > _WORD_GAP * em:
        return " "
    # In a line spread out to fill its measure pdfium passes over printed spaces; a space takes the slack twice.
    if latin and slack > 0.06 * em and gap - 2 * slack > 0.19 * em:
        return " "
    return ""


def _is_narrow(glyph: Glyph) -> bool:
    """Whether a character is a letter, a half-width figure or mark, which stand close to each other."""
    return glyph.text.isascii() or glyph.x1 - glyph.x0 < 0.7 * glyph.size


def _slack(printed: list[Glyph]) -> float:
    """By how much the characters of a line are spread out (两端对齐): the middling gap between Chinese ones."""
    if len(printed) < 8:
        return 0.0
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(printed) if not (a.text.isascii() or b.text.isascii()))
    return gaps[len(gaps) // 2] if gaps else 0.0


def pitch(found: Sequence[Line]) -> float:
    """The usual distance from line to line (行距), in ems of the type; 1.5 where there is nothing to measure."""
    steps = sorted(
        (low.y - high.y) / low.size
        for high, low in pairwise(found)
        if high.page == low.page and abs(high.size - low.size) < 0.05 * low.size and 0 < low.y - high.y < 4 * low.size
    )
    return steps[len(steps) // 2] if steps else 1.5
