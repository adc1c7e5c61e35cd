"""Tables without rulings: figures that stand under each other on several lines make columns, blanks included."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.core.tables.report import Place
from gongkai.documents.read.pdf.glyphs import Glyph
from gongkai.documents.read.pdf.lines import Line, text_of
from gongkai.documents.read.source import Grid

_FIGURE = re.compile(r"[+\-−－]?[0-9０-９]+(?:[,，.．][0-9０-９]+)*|[/／—–－-]{1,2}")
_NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]+[）)、]|[（(]?[0-9０-９]+[）)、.．])")
_LEAST_ROWS = 4
_LEAST_COLUMNS = 3
_MOST_LABEL_LINES = 5
_MOST_BLANKS = 2
_LEAST_LABELS = 3
_GUTTER = 0.4
_APART = 2.0
"""Lines of one label are nearer to each other than this, in ems."""


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table told by the places of its figures: its rows of texts, all equally long."""

    page: int
    rows: list[list[str]]

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


def with_aligned(found: Sequence[Line]) -> list[Line | AlignedTable]:
    """The lines of one page, those that make a table without rulings replaced by it.

    A table is four lines or more with three figures or more each, which fall into the same columns; label lines
    without figures may stand between them.
    """
    result: list[Line | AlignedTable] = []
    start = 0
    while start < len(found):
        end = _run(found, start)
        columns = _columns(found[start:end]) if end - start >= _LEAST_ROWS else None
        if columns is None:
            result.append(found[start])
            start += 1
            continue
        head: list[Line] = []
        while result and isinstance(above := result[-1], Line) and len(above.pieces) > 1:
            head.insert(0, above)
            result.pop()
        while end < len(found) and _continues(found[end - 1], found[end], columns):
            end += 1
        result.append(AlignedTable(found[start].page, _rows(head, found[start:end], columns)))
        start = end
    return result


def _figures(line: Line) -> list[tuple[float, float]]:
    return [(piece.x0, piece.x1) for piece in line.pieces if _FIGURE.fullmatch(piece.text)]


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


def _columns(found: Sequence[Line]) -> list[float] | None:
    """The left edges of the figure columns, from the first on; ``None`` where the figures do not fall into columns."""
    rows = [line for line in found if _is_row(line)]
    if len(rows) < _LEAST_ROWS:
        return None
    bands: list[list[float]] = []
    for x0, x1 in sorted(span for line in rows for span in _figures(line)):
        if bands and x0 < bands[-1][1]:
            bands[-1][1] = max(bands[-1][1], x1)
        else:
            bands.append([x0, x1])
    if len(bands) < _LEAST_COLUMNS or len(bands) > max(len(_figures(line)) for line in rows) + _MOST_BLANKS:
        return None
    for line in rows:
        if len({_band(bands, span) for span in _figures(line)}) < len(_figures(line)):
            return None
    labels = [glyph.x1 for line in found for glyph in line.glyphs if glyph.x1 <= bands[0][0]]
    first = (max(labels, default=bands[0][0]) + bands[0][0]) / 2
    return [first, *((left[1] + right[0]) / 2 for left, right in pairwise(bands))]


def _band(bands: list[list[float]], span: tuple[float, float]) -> int:
    middle = (span[0] + span[1]) / 2
    return next(index for index, (low, high) in enumerate(bands) if low <= middle <= high)


def _continues(above: Line, line: Line, columns: list[float]) -> bool:
    """Whether a line below the table's last figures is the rest of a label: close, left of them, not numbered."""
    return line.x1 <= columns[0] and line.y - above.y < _APART * line.size and not _NUMBERED.match(line.text)


@dataclass(slots=True)
class _Row:
    """A line of the table, or several that make one row: label texts, figure texts, height of the last line."""

    labels: list[str]
    figures: list[str]
    y: float
    size: float

    @property
    def label(self) -> str:
        """The innermost label."""
        return next((label for label in reversed(self.labels) if label), "")

    def take(self, other: "_Row") -> None:
        """Add a further line of the same row."""
        self.labels = [_stacked(mine, more) for mine, more in zip(self.labels, other.labels, strict=True)]
        self.figures = [_stacked(mine, more) for mine, more in zip(self.figures, other.figures, strict=True)]
        self.y = other.y


def _stacked(above: str, below: str) -> str:
    return "\n".join(text for text in (above, below) if text)


def _rows(head: Sequence[Line], body: Sequence[Line], columns: list[float]) -> list[list[str]]:
    """Texts by row: label columns first, then a text for each figure column.

    A row begins with a number of its own, or with figures where the row before has its own. A line without figures goes
    with the row before it, unless that one has its figures already and others without a label follow close below.
    """
    gutters = _gutters(body, columns[0])
    rows = [_headed(line, columns, gutters) for line in head]
    first = len(rows)
    found = [_split(line, columns, gutters) for line in body]
    for line, below in zip(found, [*found[1:], None], strict=True):
        if len(rows) > first and not _begins(rows[-1], line, below):
            rows[-1].take(line)
        else:
            rows.append(line)
    for row in rows:
        while row.label and not row.labels[-1]:
            row.labels.insert(0, row.labels.pop())  # an outer label alone stands for the whole row
    return [row.labels + row.figures for row in rows]


def _begins(above: _Row, line: _Row, below: _Row | None) -> bool:
    """Whether a line begins a row after the one above, given the line that follows it."""
    if line.y - above.y > _APART * line.size:
        return True
    if not any(above.figures) and not (above.labels[-1] and _NUMBERED.match(line.labels[-1])):
        return False
    if _NUMBERED.match(line.label):
        return True
    if any(line.figures):
        return any(above.figures)
    return bool(below and any(below.figures) and not below.label and below.y - line.y < line.size)


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
    return _Row(texts[:labels], texts[labels:], line.y, line.size)


def _split(line: Line, columns: list[float], gutters: list[float]) -> _Row:
    cells: list[list[Glyph]] = [[] for _ in range(len(gutters) + 1 + len(columns))]
    for glyph in line.glyphs:
        middle = (glyph.x0 + glyph.x1) / 2
        cells[sum(middle >= place for place in (*gutters, *columns))].append(glyph)
    labels = len(gutters) + 1
    for at in range(labels - 1):
        here, after = cells[at], cells[at + 1]
        if here and after and after[0].x0 - here[-1].x1 < _GUTTER * line.size:
            cells[at], cells[at + 1] = [], here + after  # one label across both columns
    texts = [text_of(cell) if cell else "" for cell in cells]
    return _Row(texts[:labels], texts[labels:], line.y, line.size)
