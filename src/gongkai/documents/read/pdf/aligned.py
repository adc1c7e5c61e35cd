"""Tables without rulings: figures that stand under each other on several lines make columns, blanks included."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.tables.report import Place
from gongkai.documents.read.pdf.glyphs import Glyph
from gongkai.documents.read.pdf.lines import Line, text_of
from gongkai.documents.read.source import Grid

_UNITS = "件宗份项个次条起人户家元"
_FIGURE = re.compile(rf"[+\-−－]?[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?:[ \u3000]?[{_UNITS}])?|[/／\\—–－-]{{1,2}}")
_FIGURES = re.compile(rf"(?:[0-9０-９]+[ \u3000]?[{_UNITS}]?[ \u3000]?)+")
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]+[）)、]|[（(]?[0-9０-９]+[）)、.．])")
_GLUED = re.compile(r"[\u4e00-\u9fff] ?[0-9０-９]+(?![0-9０-９.．、)）])")
_DIGITS = re.compile(r"[0-9０-９]+")
_LEAST_ROWS = 4
_LEAST_COLUMNS = 3
_MOST_LABEL_LINES = 30
"""A label in a narrow column has as many lines as characters."""

_MOST_BLANKS = 2
_LEAST_LABELS = 3
_GUTTER = 0.4
_CLOSE = 1.0
"""Figures nearer to each other than this (in ems) are in one column, unless a line has both."""

_APART = 2.0
_FAR = 3.0
"""Lines of one label are nearer to each other than this, in ems; its paragraphs, where rows have numbers, than that."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table told by the places of its figures: its rows of texts, all equally long, and where its columns lie."""

    page: int
    rows: list[list[str]]
    columns: "Columns"

    def grid(self, number: int) -> Grid:
        """The table as a grid, its cells placed as the ``number``-th table of the file."""
        width = len(self.rows[0])
        return Grid(
            texts=[text for row in self.rows for text in row],
            rows=[list(range(r * width, (r + 1) * width)) for r in range(len(self.rows))],
            places=[
                Place(page=self.page, table=number, row=r + 1, column=c + 1)
                for r in range(len(self.rows))
                for c in range(width)
            ],
            drawn=False,
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table without rulings begin: its figures' (``edges``), and the further ones of its labels
    (``gutters``). Its figures end at ``right``.
    """

    edges: list[float]
    gutters: list[float]
    right: float

    def at(self, span: tuple[float, float]) -> int | None:
        """The column in which a figure lies, ``None`` where it lies in none."""
        low, high = span
        column = sum((low + high) / 2 >= edge for edge in self.edges) - 1
        end = self.edges[column + 1] if column + 1 < len(self.edges) else self.right
        return column if column >= 0 and low >= self.edges[column] and high <= end else None

    def take(self, line: Line) -> bool:
        """Whether a line can be one of the table: its figures fit, or it is a numbered row with figures, if a
        blurred one: its sum must tell.
        """
        blurred = bool(_NUMBERED.match(line.text)) and len(_DIGITS.findall(line.text)) > _LEAST_COLUMNS
        return self.fit(line) or blurred

    def fit(self, line: Line) -> bool:
        """Whether all figures of a line, if it has any, lie each in a column of its own, and no words beside them."""
        spans = _figures(line)
        columns = [self.at(span) for span in spans]
        if None in columns or len(set(columns)) < len(columns):
            return False
        first = min((low for low, _ in spans), default=self.edges[0])
        return not _has_words(line, first)


def with_aligned(found: Sequence[Line], before: Columns | None = None) -> list[Line | AlignedTable]:
    """The lines of one page, those that make a table without rulings replaced by it.

    A table is four lines or more with three figures or more each, which fall into the same columns; label lines
    without figures may stand between them. Below a table, or at the head of a page where the one before ends in a table
    with the columns ``before``, fewer lines will do that fall into its columns.
    """
    result: list[Line | AlignedTable] = []
    start = 0
    while start < len(found):
        end = _run(found, start)
        columns = _columns(found[start:end]) if end - start >= _LEAST_ROWS else None
        head: list[Line] = []
        if columns is not None:
            while result and isinstance(above := result[-1], Line) and len(above.pieces) > 1:
                head.insert(0, above)
                result.pop()
        elif before and (end := _run_on(found, start, before)) > start:
            columns = before
        else:
            if before and not before.take(found[start]):
                before = None
            result.append(found[start])
            start += 1
            continue
        far = _FAR if _has_paragraphs(found[start:end]) else _APART
        while end < len(found) and _continues(found[end - 1], found[end], columns, far):
            end += 1
        result.append(AlignedTable(found[start].page, _rows(head, found[start:end], columns), columns))
        before = columns
        start = end
    return result


def rejoin(above: AlignedTable, below: AlignedTable) -> None:
    """Give the last row of a table the end of its label, where that heads the next page: labels without figures and
    without a number of their own.
    """
    figures, first = len(below.columns.edges), below.rows[0]
    labels = first[:-figures]
    if any(first[-figures:]) or any(_NUMBERED.match(label) for label in labels) or len(below.rows) < 2:
        return
    row, inner = above.rows[-1], len(above.rows[-1]) - len(above.columns.edges)
    while len(labels) > inner and not labels[0]:
        labels.pop(0)
    if len(labels) > inner:
        return
    for at, label in enumerate(labels, start=inner - len(labels)):
        row[at] = _stacked(row[at], label)
    del below.rows[0]


def begun(found: Sequence[Line], below: AlignedTable) -> tuple[int, AlignedTable] | None:
    """The beginning of a table that goes on at the head of the next page, from the last lines of a page: where it
    starts, and it.
    """
    columns = below.columns
    start = len(found)
    while start and columns.fit(line := found[start - 1]) and (_figures(line) or line.x1 <= columns.edges[0]):
        start -= 1
    while start < len(found) and not _is_row(found[start]):
        start += 1
    if start == len(found):
        return None
    return start, AlignedTable(found[start].page, _rows([], found[start:], columns), columns)


def _run_on(found: Sequence[Line], start: int, columns: Columns) -> int:
    """The end of the lines beginning here that go on with a table of these columns; ``start`` where none does."""
    end = start
    for at in range(start, len(found)):
        line = found[at]
        if (
            at - end > _MOST_LABEL_LINES
            or not columns.take(line)
            or (not _figures(line) and line.x1 > columns.edges[0])
        ):
            break
        if _is_row(line) or (len(_figures(line)) > 1 and _NUMBERED.match(line.text) and columns.fit(line)):
            end = at + 1
    return end


def _figures(line: Line) -> list[tuple[float, float]]:
    """From where to where each figure of a line goes; 34件36 are two that touch."""
    found: list[tuple[float, float]] = []
    for piece in line.pieces:
        if _FIGURE.fullmatch(piece.text):
            found.append((piece.x0, piece.x1))
        elif _FIGURES.fullmatch(piece.text):
            fresh = True
            for glyph in (glyph for glyph in line.glyphs if piece.x0 <= glyph.x0 < piece.x1):
                unit = glyph.text in _UNITS
                found.append((glyph.x0, glyph.x1) if fresh and not unit else (found.pop()[0], glyph.x1))
                fresh = unit
    return found


def _is_row(line: Line) -> bool:
    return len(_figures(line)) >= _LEAST_COLUMNS


def _run(found: Sequence[Line], start: int) -> int:
    """The end of the lines that belong to a table beginning here; ``start`` where none does."""
    if not _is_row(found[start]):
        return start
    edge = _figures(found[start])[0][0]
    end = start + 1
    at = end
    while at < len(found) and at - end <= _MOST_LABEL_LINES:
        if _is_row(found[at]):
            edge = min(edge, _figures(found[at])[0][0])
            end = at + 1
        elif found[at].x1 > edge and not _figures(found[at]):
            break
        at += 1
    return end


def _columns(found: Sequence[Line]) -> Columns | None:
    """The columns of some lines; ``None`` where the figures do not fall into columns."""
    rows = [line for line in found if _is_row(line)]
    if len(rows) < _LEAST_ROWS:
        return None
    bands: list[list[float]] = []
    for x0, x1 in sorted(span for line in rows for span in _figures(line)):
        if bands and x0 < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], x1)
        else:
            bands.append([x0, x1])
    _join(bands, rows)
    if len(bands) < _LEAST_COLUMNS or len(bands) > max(len(_figures(line)) for line in rows) + _MOST_BLANKS:
        return None
    for line in rows:
        if len({_band(bands, span) for span in _figures(line)}) < len(_figures(line)):
            return None
    if sum(_has_words(line, bands[0][0]) or _is_glued(line) for line in found) * 4 > len(rows):
        return None
    labels = [glyph.x1 for line in found for glyph in line.glyphs if glyph.x1 <= bands[0][0]]
    first = (max(labels, default=bands[0][0]) + bands[0][0]) / 2
    edges = [first, *((left[1] + right[0]) / 2 for left, right in pairwise(bands))]
    widest = max(right - left for left, right in pairwise([*edges, bands[-1][1]]))
    return Columns(edges, _gutters(found, first), max(bands[-1][1] + rows[0].size, edges[-1] + widest))


def _has_words(line: Line, edge: float) -> bool:
    """Whether words stand right of an edge: then the figures do not stand in columns of their own."""
    return any(
        piece.x1 > edge and not (_FIGURE.fullmatch(piece.text) or _FIGURES.fullmatch(piece.text))
        for piece in line.pieces
    )


def _is_glued(line: Line) -> bool:
    """Whether figures run into words: 数量3100 is a label printed over its figures."""
    return any(_GLUED.search(piece.text) and not _FIGURES.fullmatch(piece.text) for piece in line.pieces)


def _join(bands: list[list[float]], rows: Sequence[Line]) -> None:
    """Make one band of neighbours that are close and of which no line has both: a figure set in by a space."""
    taken = [{_band(bands, span) for span in _figures(line)} for line in rows]
    near = _CLOSE * max(line.size for line in rows)
    for at in range(len(bands) - 2, -1, -1):
        if bands[at + 1][0] - bands[at][1] < near and not any({at, at + 1} <= line for line in taken):
            bands[at][1] = bands.pop(at + 1)[1]
            taken = [{band - (band > at) for band in line} for line in taken]


def _band(bands: list[list[float]], span: tuple[float, float]) -> int:
    middle = (span[0] + span[1]) / 2
    return next(index for index, (low, high) in enumerate(bands) if low <= middle <= high)


def _has_paragraphs(body: Sequence[Line]) -> bool:
    """Whether labels stand in several paragraphs, with more room between them than between lines."""
    return any(
        _APART * line.size < line.y - above.y < _FAR * line.size
        and not _figures(line)
        and not _NUMBERED.match(line.text)
        for above, line in pairwise(body)
    )


def _continues(above: Line, line: Line, columns: Columns, far: float) -> bool:
    """Whether a line below the table's last figures is the rest of a row: close, in its columns, not numbered."""
    beside = line.x1 <= columns.edges[0] or (bool(_figures(line)) and columns.take(line))
    return beside and line.y - above.y < far * line.size and not _NUMBERED.match(line.text)


@dataclass(slots=True)
class _Row:
    """A line of the table, or several that make one row: label texts, figure texts, height of the last line.

    ``across``: the first of the label columns over which the innermost label runs; what stands there, not left of its
    own beginning, is part of it. ``starts``: where the text of each label column begins.
    """

    labels: list[str]
    figures: list[str]
    y: float
    size: float
    starts: list[float]
    across: int

    @property
    def label(self) -> str:
        """The innermost label."""
        return next((label for label in reversed(self.labels) if label), "")

    def take(self, other: "_Row") -> None:
        """Add a further line of the same row."""
        if other.across < self.across and self.labels[other.across] and not any(self.labels[other.across + 1 :]):
            # The line above was too short to show that the label runs over these columns.
            self.labels[-1], self.labels[other.across] = self.labels[other.across], ""
            self.starts[-1], self.across = self.starts[other.across], other.across
        more = list(other.labels)
        begins = min(other.starts[self.across :])
        if not more[-1] and self.starts[-1] - 0.5 * self.size < begins:
            more[-1] = "".join(more[self.across :])
            more[self.across : -1] = [""] * (len(more) - 1 - self.across)
        self.labels = [_stacked(mine, label) for mine, label in zip(self.labels, more, strict=True)]
        self.figures = [_stacked(mine, more) for mine, more in zip(self.figures, other.figures, strict=True)]
        self.y = other.y


def _stacked(above: str, below: str) -> str:
    return "\n".join(text for text in (above, below) if text)


def _rows(head: Sequence[Line], body: Sequence[Line], columns: Columns) -> list[list[str]]:
    """Texts by row: label columns first, then a text for each figure column.

    A row begins with a number of its own, or with figures where the row before has its own. A line without figures goes
    with the row before it, unless that one has its figures already and others without a label follow close below. Where
    rows are numbered, a line without number and with fewer figures than the row before it is the rest of that row:
    figures too long for their columns go on there, or stand lower than the others.
    """
    edges, gutters = columns.edges, columns.gutters
    rows = [_headed(line, edges, gutters) for line in head]
    first = len(rows)
    found = [_split(line, edges, gutters) for line in body]
    figured = [line for line in found if any(line.figures) and line.label]
    numbered = sum(bool(_NUMBERED.match(line.label)) for line in figured) * 2 >= len(figured)
    for line, below in zip(found, [*found[1:], None], strict=True):
        if len(rows) > first and not _begins(rows[-1], line, below, numbered=numbered):
            rows[-1].take(line)
        else:
            rows.append(line)
    for row in rows:
        while row.label and not row.labels[-1]:
            row.labels.insert(0, row.labels.pop())  # an outer label alone stands for the whole row
    return [row.labels + row.figures for row in rows]


def _begins(above: _Row, line: _Row, below: _Row | None, *, numbered: bool) -> bool:
    """Whether a line begins a row after the one above, given the line that follows it; ``numbered``: rows are."""
    alone = bool(below and any(below.figures) and not below.label and below.y - line.y < line.size)
    far = _FAR if numbered and not any(line.figures) and not alone else _APART
    if line.y - above.y > far * line.size:
        return True
    if not any(above.figures) and not (above.labels[-1] and _NUMBERED.match(line.labels[-1])):
        return False
    if _NUMBERED.match(line.label):
        return True
    if any(line.figures):
        return any(above.figures) and not (numbered and _fewer(line, above))
    return alone


def _fewer(line: _Row, above: _Row) -> bool:
    return sum(map(bool, line.figures)) < sum(map(bool, above.figures))


def _gutters(body: Sequence[Line], edge: float) -> list[float]:
    """Where further columns of labels begin: places left of the figures at which words start after a gap on at least
    three lines.
    """
    starts: Counter[int] = Counter()
    left = min(line.x0 for line in body)
    size = max(line.size for line in body)
    for line in body:
        end = left
        for glyph in line.glyphs:
            if glyph.x1 <= edge and glyph.x0 - end > _GUTTER * glyph.size and glyph.x0 > left + 2 * glyph.size:
                starts[round(glyph.x0)] += 1
            end = glyph.x1
    found: list[float] = []
    for place, count in sorted(starts.items()):
        if count >= _LEAST_LABELS and (not found or place - found[-1] > 2 * size):
            found.append(place - 1.0)
    return found


def _headed(line: Line, columns: list[float], gutters: list[float]) -> _Row:
    """A line of the table's head: words wider than their column stay whole, over its middle."""
    labels = len(gutters) + 1
    words: list[list[Glyph]] = []
    for glyph in line.glyphs:
        if words and glyph.x0 - words[-1][-1].x1 < _GUTTER * line.size:
            words[-1].append(glyph)
        else:
            words.append([glyph])
    texts = [""] * (labels + len(columns))
    for word in words:
        at = labels - 1 + sum((word[0].x0 + word[-1].x1) / 2 >= column for column in columns)
        texts[at] += text_of(word)
    return _Row(texts[:labels], texts[labels:], line.y, line.size, [math.inf] * labels, labels - 1)


def _split(line: Line, columns: list[float], gutters: list[float]) -> _Row:
    cells: list[list[Glyph]] = [[] for _ in range(len(gutters) + 1 + len(columns))]
    whole = _figures(line)
    for glyph in line.glyphs:
        low, high = next((span for span in whole if span[0] <= glyph.x0 < span[1]), (glyph.x0, glyph.x1))
        middle = (low + high) / 2
        cells[sum(middle >= place for place in (*gutters, *columns))].append(glyph)
    labels = len(gutters) + 1
    across = labels - 1
    for at in range(labels - 1):
        here, after = cells[at], cells[at + 1]
        close = here and after and after[0].x0 - here[-1].x1 < _GUTTER * line.size
        if close and not (_NUMBERED.match(text_of(here)) and _NUMBERED.match(text_of(after))):
            cells[at], cells[at + 1] = [], here + after  # one label across both columns
            if " " not in text_of(cells[at + 1]):
                across = min(across, at)
    texts = [text_of(cell) if cell else "" for cell in cells]
    starts = [cell[0].x0 if cell else math.inf for cell in cells[:labels]]
    return _Row(texts[:labels], texts[labels:], line.y, line.size, starts, across if cells[labels - 1] else labels - 1)
