"""Figures out of tables that kept their cells: rows by their labels, columns by their heads.

A table may come whole or in pieces, its label columns split, merged or repeated, its header on one piece only, its
columns in another order. So every row is placed by its own label, and every figure by the header above it or, where
the count fits, by its position.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.message import Message
from gongkai.core.tables.form import Block, Column, Form, Row, Table
from gongkai.core.tables.report import Cell
from gongkai.documents.read.recognise.figures import YUAN, whole
from gongkai.documents.read.recognise.index import TableIndex, table_indexes
from gongkai.documents.read.recognise.labels import GridWords, last_key
from gongkai.documents.read.recognise.rows import Slot, fill, sums
from gongkai.documents.read.source import Grid

HEADED, BARE = 2, 1
"""How sure a row is: its table's header or heading stood above it in the same grid, or only its label speaks."""

MAX_GUESSES = 2000
"""Labels in no list that are remembered; a million files must not fill the memory."""


@dataclass
class Figures:
    """Cells found so far, with how sure each row is; ``used`` are the grids that gave any."""

    form: Form
    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Message] = field(default_factory=list)
    strength: dict[tuple[str, str], int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def add(
        self,
        table: Table,
        rows: Sequence[tuple[Row, Sequence[Column]]],
        slots: Sequence[Slot],
        strength: int,
        *,
        drawn: bool = True,
    ) -> bool:
        """Enter the rows (one, or several side by side) that ``slots`` hold, unless surer ones stand.

        From a grid that is not ``drawn`` a row with a sum of its own is believed only where it adds up.
        """
        fresh = False
        for row, _ in rows:
            fresh = fresh or self.strength.get((table.id, row.id), 0) < strength
        if not fresh:
            return False
        wanted: list[tuple[str, Column]] = []
        for row, columns in rows:
            wanted += _wanted(table, row, tuple(columns))
            self.strength[table.id, row.id] = strength
        certain = drawn or not sums(self.form, tuple(id for id, _ in wanted))
        cells, problems = fill(self.form, wanted, slots, certain=certain)
        self.cells.update(cells)
        self.problems.extend(problems)
        return True

    def scale(self, cell: str, factor: Decimal) -> None:
        """Count a figure in the form's unit; what was printed stays beside it."""
        found = self.cells[cell]
        if found.value is not None:
            self.cells[cell] = found._replace(value=whole(found.value * factor))


@lru_cache(maxsize=1024)
def _wanted(table: Table, row: Row, columns: tuple[Column, ...]) -> list[tuple[str, Column]]:
    """The cells of a row in the order in which its columns are printed; the same few in every report."""
    return [(f"{table.id}/{row.id}/{column.id}", column) for column in columns]


_UNIT = re.compile(r"(?:单位\s*[:：]?\s*|[（(]\s*)(亿元|万元|元)")


class Line(NamedTuple):
    """One printed line: its slots, its cells from left to right, and their comparable words (``""`` for a figure)."""

    slots: list[int]
    cells: list[int]
    words: list[str]


def read_grids(form: Form, grids: Iterable[tuple[int, Grid, int | None]], keyed: GridWords) -> Figures:
    """Cells of all tables of ``form`` in grids given as ``(position, grid, part in which it stands)``."""
    figures = Figures(form)
    for position, grid, part in grids:
        words = keyed.of(grid.texts)
        lines = []
        for slots in grid.rows:
            cells = distinct(slots)
            lines.append(Line(slots, cells, [words[cell] for cell in cells]))
        # The table of the part in which the grid stands; the others only where that one finds nothing.
        for index in sorted(table_indexes(form), key=lambda index: index.table.part != part):
            if position in figures.used:
                break
            if index.table.part != part and index.vocabulary.isdisjoint(words):
                continue
            read = _across if index.table.layout == "across" else _down
            if read(index, grid, lines, index.table.part == part, figures):
                figures.used.add(position)
    return figures


def distinct(slots: list[int]) -> list[int]:
    """The cells of one row from left to right, a merged cell once; holes are left out."""
    if -1 in slots:
        return [cell for cell in dict.fromkeys(slots) if cell >= 0]
    return list(dict.fromkeys(slots))


def _down(index: TableIndex, grid: Grid, lines: list[Line], at_home: bool, figures: Figures) -> bool:
    """Rows of a table whose rows are printed as lines."""
    heads: dict[int, str] = {}
    order: dict[Block, list[Column]] = {}
    factors: dict[Column, Decimal] = {}
    strength = HEADED if at_home else BARE
    found = False
    for line in lines:
        end = _end_of_label(index, grid, line)
        if not end:
            continue
        followed = end < len(line.cells) and grid.texts[line.cells[end]].isdigit()
        if not followed and _is_header(index, line):
            strength = HEADED
            _learn(index, grid, line, heads, order, factors)
            continue
        match = _match(index, line.words[:end], grid.texts[line.cells[end - 1]])
        values = line.cells[end:]
        if match is None or not values:
            continue
        block, row = match
        columns = order.get(block, block.columns)
        if len(values) != len(columns):
            values = _choose(index, grid, line, values, columns, heads, block)
        if figures.add(index.table, [(row, columns)], _slots(grid, values), strength, drawn=grid.drawn):
            found = True
            for column in columns:
                if column in factors:
                    figures.scale(f"{index.table.id}/{row.id}/{column.id}", factors[column])
    return found


def _end_of_label(index: TableIndex, grid: Grid, line: Line) -> int:
    """Behind which cell the figures begin: behind the row's label, though one of the figures may be a word; where no
    list knows the label, behind the words that stand before the first figure.
    """
    for place in range(len(line.words) - 1, -1, -1):
        if line.words[place] in index.rows:
            return place + 1
    end = 0
    for place, (cell, word) in enumerate(zip(line.cells, line.words, strict=True)):
        if word:
            end = place + 1
        elif grid.texts[cell].strip() and end:
            break
    return end


def _is_header(index: TableIndex, line: Line) -> bool:
    """A line that names columns: several, or one and nothing else (信息内容 | 本年处理决定数量), or a block's
    heading.
    """
    words = [word for word in line.words if word]
    columns = {word for word in words if word in index.columns}
    if len(columns) >= 2 and sum(word in columns for word in words) * 2 >= len(words):
        return True
    return all(word in index.headings or (word in index.columns and word not in index.rows) for word in words)


def _learn(
    index: TableIndex,
    grid: Grid,
    line: Line,
    heads: dict[int, str],
    order: dict[Block, list[Column]],
    factors: dict[Column, Decimal],
) -> None:
    """Remember which column stands over which slot, and in which order a block's columns are printed.

    A header over several lines (申请人情况 / 法人或其他组织 / 商业企业) is completed by the lines below it.
    """
    printed = dict(zip(line.cells, line.words, strict=True))
    for slot, cell in enumerate(line.slots):
        if printed.get(cell, "") in index.columns:
            heads[slot] = printed[cell]
    for words in (line.words, [heads[slot] for slot in sorted(heads)]):
        for block in index.table.blocks:
            columns = index.columns_of[block]
            named = list(dict.fromkeys(columns[word] for word in words if word in columns))
            if len(named) == len(block.columns):
                order[block] = named
                _learn_units(grid, line, named, factors)
                return


def _learn_units(grid: Grid, line: Line, columns: list[Column], factors: dict[Column, Decimal]) -> None:
    """Money counted in another unit than the form's: 本年收费金额（单位：元） where the form has 万元."""
    for column in columns:
        if column.unit in YUAN:
            for cell in line.cells:
                printed = _UNIT.search(grid.texts[cell])
                if printed and printed[1] != column.unit:
                    factors[column] = YUAN[printed[1]] / YUAN[column.unit]


def _match(index: TableIndex, words: list[str], printed: str) -> tuple[Block, Row] | None:
    """The row that a line's labels name: the last label decides, then its last piece, then labels run together."""
    for word in reversed(words):
        if word in index.rows:
            return index.rows[word]
    if last_key(printed) in index.rows:
        return index.rows[last_key(printed)]
    joined = "".join(dict.fromkeys(words))
    if joined in index.rows:
        return index.rows[joined]
    if joined not in index.guesses:
        if len(index.guesses) > MAX_GUESSES:
            index.guesses.clear()
        index.guesses[joined] = _guess(index, joined)
    return index.guesses[joined]


def _guess(index: TableIndex, joined: str) -> tuple[Block, Row] | None:
    """三、本年度办理结果（三）不予公开1.属于国家秘密 in one cell; or a long label cut short."""
    best: tuple[int, tuple[Block, Row]] | None = None
    for word, row in index.rows.items():
        if len(word) >= 4 and (joined.endswith(word) or (len(joined) >= 8 and word.startswith(joined))):
            size = min(len(word), len(joined))
            if best is None or size > best[0]:
                best = (size, row)
    return best[1] if best else None


def _choose(
    index: TableIndex,
    grid: Grid,
    line: Line,
    values: list[int],
    columns: Sequence[Column],
    heads: dict[int, str],
    block: Block,
) -> list[int]:
    """The cells that are the row's figures where there are more of them, or fewer, than columns.

    By the header above each slot; where that does not fit, idle blank cells are left off, those of unfilled label
    columns first.
    """
    placed: dict[Column, int] = {}
    allowed = set(values)
    for slot, cell in enumerate(line.slots):
        if cell in allowed and slot in heads:
            column = index.columns_of[block].get(heads[slot])
            if column is not None and column not in placed:
                placed[column] = cell
    if len(set(placed.values())) == len(columns):
        return [placed[column] for column in columns]
    values = list(values)
    while len(values) > len(columns) and not grid.texts[values[0]].strip():
        values.pop(0)
    while len(values) > len(columns) and not grid.texts[values[-1]].strip():
        values.pop()
    return values


def _across(index: TableIndex, grid: Grid, lines: list[Line], at_home: bool, figures: Figures) -> bool:
    """A table printed as one line of figures under heads of several levels, whole or one row's columns at a time."""
    table = index.table
    size = len(table.blocks[0].columns)
    everything = [(row, block.columns) for block in table.blocks for row in block.rows]
    named: set[str] = set()
    headed = found = False
    under: set[int] = set()
    for line in lines:
        inline = [index.rows[word][1].id for word in line.words if word in index.rows]
        columns = sum(word in index.columns for word in line.words)
        if columns and not any(grid.texts[cell].isdigit() for cell in line.cells):
            named_here = {cell for cell, word in zip(line.cells, line.words, strict=True) if word in index.columns}
            under.update(slot for slot, cell in enumerate(line.slots) if cell in named_here)
        headed = headed or columns >= min(3, size)
        last = max((place for place, word in enumerate(line.words) if word), default=-1)
        values = line.cells[last + 1 :]
        if len(inline) == 1 and len(values) == size and headed:
            # Table four turned over: a line a row.
            row = [pair for pair in everything if pair[0].id == inline[0]]
            found |= figures.add(table, row, _slots(grid, values), HEADED, drawn=grid.drawn)
            continue
        named.update(inline)
        if not values or not headed:
            continue
        # The heads may name fewer rows than the table has: then this grid is a piece of it.
        rows = everything
        if named and len(values) < size * len(everything):
            rows = [pair for pair in everything if pair[0].id in named]
        total = size * len(rows)
        placed = [line.slots[slot] for slot in sorted(under) if slot < len(line.slots) and line.slots[slot] >= 0]
        if not columns and len(values) != total and len(under) == total == len(set(placed)):
            values = placed
        if len(values) > total and not any(grid.texts[cell].strip() for cell in values[total:]):
            values = values[:total]
        if not any(grid.texts[cell].strip() for cell in values):
            continue  # an idle line above the figures, or the body of a blank table, which is seen to at the end
        sure = HEADED if len(values) == total else BARE
        found |= figures.add(table, rows, _slots(grid, values), sure, drawn=grid.drawn)
    if not found and size * len(everything) == len(under):
        # All heads and nothing under them: the table stands there, blank.
        return figures.add(table, everything, [("", grid.places[-1])] * len(under), BARE)
    return found


def _slots(grid: Grid, cells: Sequence[int]) -> list[Slot]:
    texts, places = grid.texts, grid.places
    return [(texts[cell], places[cell]) for cell in cells]
