"""One sheet of a spreadsheet, taken apart into paragraphs and grids.

A report in a workbook may be one sheet with everything, prose in merged cells above tables, or a sheet for each part.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.core.tables.report import Place
from gongkai.documents.read.limits import MAX_SLOTS
from gongkai.documents.read.source import Block, Grid, Paragraph

Merge = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: first and last (row, column), both within it, counted from 0."""

Hidden = tuple[frozenset[int], frozenset[int]]
"""Rows and columns that the sheet does not show, counted from 0."""

NOTHING_HIDDEN: Hidden = (frozenset(), frozenset())

_PROSE = 80
"""Characters from which a cell is prose and its row no row of figures: the longest official label has 40."""

_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]+(?:[、.．]|部分)|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[、.．])"
)
_PART = re.compile(r"\s*(?:第?[一二三四五六七八九十]+(?:[、.．]|部分))")
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十]+条")
_FIGURE = re.compile(r"\s*[-+]?[\d０-９][\d０-９,，.．\s]*\D{0,2}\s*")

_Origin = tuple[int, int]
_FAR = MAX_SLOTS


def is_part_heading(text: str) -> bool:
    """Whether a text (the name of a sheet) is numbered as a part of a report is: 「三、…」, 「第三部分 …」."""
    return _PART.match(text) is not None


def blocks(
    name: str,
    values: Sequence[Sequence[str]],
    merges: Sequence[Merge],
    first_table: int,
    hidden: Hidden = NOTHING_HIDDEN,
) -> list[Block]:
    """Paragraphs and grids of a sheet, from top to bottom.

    Rows with one cell that holds anything are paragraphs where they are prose, a heading, or stand apart; rows
    with several are a grid, cut at blank rows. A row that has lost its figures stays in the grid around it.

    Args:
        name: the sheet's name, for the places.
        values: the texts of all slots from the sheet's first row and column on.
        merges: its merged ranges.
        first_table: the number of the first grid found here.
        hidden: its hidden rows and columns; neither they nor what stands in them counts.

    Raises:
        ValueError: the merged ranges cover more than ``MAX_SLOTS`` slots.
    """
    height, width = len(values), max(map(len, values), default=0)
    rows = [row for row in range(height) if row not in hidden[0]]
    columns = [column for column in range(width) if column not in hidden[1]]
    if len(rows) < height or len(columns) < width:
        values, merges = _shown(values, merges, rows, columns)
    return list(_Sheet(name, values, merges, first_table, rows, columns).blocks())


def _shown(
    values: Sequence[Sequence[str]], merges: Sequence[Merge], rows: Sequence[int], columns: Sequence[int]
) -> tuple[list[list[str]], list[Merge]]:
    """A sheet without what is hidden; a merged range shows its text in what is left of it."""
    shown = [[values[row][column] if column < len(values[row]) else "" for column in columns] for row in rows]
    left = []
    for (top, first), (bottom, last) in merges:
        up, down = bisect_left(rows, top), bisect_right(rows, bottom)
        begin, end = bisect_left(columns, first), bisect_right(columns, last)
        if up < down and begin < end:
            left.append(((up, begin), (down - 1, end - 1)))
            shown[up][begin] = values[top][first] if top < len(values) and first < len(values[top]) else ""
    return shown, left


@dataclass
class _Sheet:
    name: str
    values: Sequence[Sequence[str]]
    merges: Sequence[Merge]
    table: int
    rows: Sequence[int]
    columns: Sequence[int]
    _owners: dict[tuple[int, int], _Origin] = field(default_factory=dict)
    _ends: dict[_Origin, tuple[int, int]] = field(default_factory=dict)
    _said: set[_Origin] = field(default_factory=set)
    _left: int = _FAR
    _right: int = 0

    def __post_init__(self) -> None:
        height = len(self.values)
        width = max(map(len, self.values), default=0)
        covered = 0
        for (top, left), (bottom, right) in self.merges:
            bottom, right = min(bottom, height - 1), min(right, width - 1)
            if bottom < top or right < left:
                continue
            self._ends[top, left] = (bottom, right)
            covered += (bottom - top + 1) * (right - left + 1)
        if covered > MAX_SLOTS:
            raise ValueError("merged ranges cover too much")
        for origin, (bottom, right) in self._ends.items():
            for row in range(origin[0], bottom + 1):
                for column in range(origin[1], right + 1):
                    self._owners[row, column] = origin

    def blocks(self) -> Iterator[Block]:
        """See the function of this name."""
        rows = [self._filled(row) for row in range(len(self.values))]
        below: list[list[_Origin]] = []
        following: list[_Origin] = []
        for origins in reversed(rows):
            below.append(following)
            following = following if len(origins) == 1 else origins
        below.reverse()
        gathered: list[int] = []
        for row, origins in enumerate(rows):
            if origins and self._joins(rows, row, gathered, below[row]):
                gathered.append(row)
                self._left = min(self._left, origins[0][1])
                self._right = max(self._right, *(self._end(origin)[1] for origin in origins))
                continue
            yield from self._grid(rows, gathered)
            gathered = []
            for origin in origins:
                # A block of prose merged over several rows is met once in each.
                if origin not in self._said:
                    self._said.add(origin)
                    yield Paragraph(self._text(origin), self._place(origin))
        yield from self._grid(rows, gathered)

    def _joins(self, rows: list[list[_Origin]], row: int, gathered: list[int], below: list[_Origin]) -> bool:
        """Whether a row that is not blank belongs to a grid: the one gathered above it, or a new one.

        ``below``: the cells of the next row that has not just one.
        """
        origins = rows[row]
        if any(len(self._text(origin)) >= _PROSE for origin in origins) and not self._has_figure(origins):
            return False
        if not self._said.isdisjoint(origins):
            return False
        if len(origins) > 1:
            return True
        origin = origins[0]
        text = self._text(origin)
        if origin[0] < row:
            return bool(gathered)
        # Merged downwards, it is the label of rows that hold more.
        if any(len(rows[lower]) > 1 for lower in range(row + 1, self._end(origin)[0] + 1)):
            return True
        if _ARTICLE.match(text):
            return True
        if not gathered or "。" in text:
            return False
        if not _HEADING.match(text):
            return True
        # 「三、…」 may head the next part, or be the label of a row whose figures are blank; not where it is merged
        # over the whole width of the grid, or heads the columns of another table.
        if self._end(origin)[1] >= self._right:
            return False
        if _PART.match(text):
            if self._heads_columns(rows, row + 1):
                return False
        elif origin[1] > self._left:
            # 「3.…」 in an inner column is the label of a blank row: what stands outside tables begins at their edge.
            return True
        return self._has_figure(below) or not self._has_figure(rows[gathered[-1]])

    def _heads_columns(self, rows: list[list[_Origin]], row: int) -> bool:
        """Whether a row begins a table: several words, none of them a figure, the first without a number."""
        origins = rows[row] if row < len(rows) else []
        return len(origins) > 1 and not self._has_figure(origins) and not _HEADING.match(self._text(origins[0]))

    def _has_figure(self, origins: list[_Origin]) -> bool:
        return any(_FIGURE.fullmatch(self._text(origin)) for origin in origins)

    def _grid(self, rows: list[list[_Origin]], gathered: list[int]) -> Iterator[Grid]:
        """The grid of neighbouring rows, as wide as anything in them reaches."""
        if not gathered:
            return
        filled = [origin for row in gathered for origin in rows[row]]
        first = min(origin[1] for origin in filled)
        last = max(self._end(origin)[1] for origin in filled)
        texts: list[str] = []
        places: list[Place] = []
        index: dict[_Origin, int] = {}
        slots = []
        for row in gathered:
            line = []
            for column in range(first, last + 1):
                origin = self._owners.get((row, column), (row, column))
                if origin not in index:
                    index[origin] = len(texts)
                    texts.append(self._text(origin))
                    places.append(self._place(origin, self.table))
                line.append(index[origin])
            slots.append(line)
        self.table += 1
        self._said.update(filled)
        self._left, self._right = _FAR, 0
        yield Grid(texts, slots, places)

    def _filled(self, row: int) -> list[_Origin]:
        """The cells with text that cover any slot of a row, from left to right, each once."""
        origins = (self._owners.get((row, column), (row, column)) for column in range(len(self.values[row])))
        return [origin for origin in dict.fromkeys(origins) if self._text(origin)]

    def _text(self, origin: _Origin) -> str:
        return self.values[origin[0]][origin[1]]

    def _end(self, origin: _Origin) -> tuple[int, int]:
        return self._ends.get(origin, origin)

    def _place(self, origin: _Origin, table: int | None = None) -> Place:
        return Place(sheet=self.name, table=table, row=self.rows[origin[0]] + 1, column=self.columns[origin[1]] + 1)
