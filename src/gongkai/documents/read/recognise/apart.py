"""A text taken apart into its words and its figures, each knowing where it stood among the other.

Labels are looked for in the words alone, so that figures between their characters do not hide them; the figures that
stand behind a label are then found by their place among the words.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from gongkai.documents.read.recognise.figures import WIDE
from gongkai.documents.read.recognise.rows import without_remarks
from gongkai.documents.read.source import Paragraph

_ATOM = re.compile(
    r"(?<![^\s|│])[+\-−]?\d[\d,]*(?:\.\d+)?(?:亿元|万元|元)?(?![^\s|│])|(?<![^\s|│])[/／\\—–\-－]{1,2}(?![^\s|│])"
)
_RUN = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?(?:亿元|万元|元)?")
_UNIT = re.compile(r"(?<=\d) ?(?:件次|人次|[件宗份项个次条起])(?![^\W\d_])")
_LETTERS = re.compile(r"[^\s|│]+")
_PAGE_NUMBER = re.compile(
    r"^[^\S\n]*(?:[-—–－·]+ ?\d{1,3} ?[-—–－·]+|第 ?\d{1,3} ?页.{0,12}|Page +\d+.{0,10})[^\S\n]*$", re.MULTILINE
)


class Figure(NamedTuple):
    """A number or dash: ``at`` its offset among the words, ``where`` its offset in the text."""

    at: int
    where: int
    text: str


_at = attrgetter("at")


class Match(NamedTuple):
    """The label of the n-th ``row`` found in the words, between two offsets."""

    row: int
    start: int
    end: int


@dataclass
class Apart:
    """A text taken apart: its words without blanks and free-standing figures, and those figures apart."""

    lines: Sequence[tuple[int, Paragraph]]
    text: str
    starts: list[int]
    words: str
    origin: Sequence[int]
    atoms: list[Figure]

    def line_of(self, offset: int) -> int:
        """Which of ``lines`` holds an offset of the text."""
        return bisect_right(self.starts, offset) - 1

    def free(self, after: int, limit: int) -> list[Figure]:
        """Free-standing figures behind one offset of the words, up to another."""
        return self.atoms[bisect_right(self.atoms, after, key=_at) : bisect_right(self.atoms, limit, key=_at)]

    def tokens(self, label: Match, limit: int) -> list[Figure]:
        """Figures of a label up to an offset of the words: free-standing ones, also between the label's own characters,
        and digits glued to the words behind it."""
        found = self.free(label.start, limit)
        for run in _RUN.finditer(self.words, label.end, limit):
            before = self.words[run.start() - 1] if run.start() else ""
            if before in "第（(" or self.words[run.end() : run.end() + 1] in ("年", "月", "条", "页"):
                continue
            found.append(Figure(run.start(), self.origin[run.start()], run[0]))
        return sorted(found, key=lambda token: token.where)


def take_apart(lines: Sequence[tuple[int, Paragraph]]) -> Apart:
    """Take paragraphs apart, given as ``(position, paragraph)``. Page numbers, units and remarks behind figures are
    left out.
    """
    starts, pieces, offset = [], [], 0
    for _, paragraph in lines:
        starts.append(offset)
        plain = without_remarks(paragraph.text.translate(WIDE))
        plain = _UNIT.sub(lambda match: " " * len(match[0]), plain)
        pieces.append(plain)
        offset += len(plain) + 1
    text = _PAGE_NUMBER.sub(lambda match: " " * len(match[0]), "\n".join(pieces))
    words: list[str] = []
    origin = array("l")
    atoms: list[Figure] = []
    last = 0
    for atom in chain(_ATOM.finditer(text), (None,)):
        for letters in _LETTERS.finditer(text, last, atom.start() if atom else len(text)):
            words.append(letters[0])
            origin.extend(range(letters.start(), letters.end()))
        if atom:
            atoms.append(Figure(len(origin), atom.start(), atom[0]))
            last = atom.end()
    return Apart(lines, text, starts or [0], "".join(words), origin, atoms)
