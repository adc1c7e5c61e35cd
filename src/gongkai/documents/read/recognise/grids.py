"""Figures out of tables that kept their cells: rows by their labels, columns by their heads.

A table may come whole or in pieces, its label columns split, merged or repeated, its header on one piece only, its
columns in another order. So every row is placed by its own label, and every figure by the header above it or, where
the count fits, by its position.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.core.message import Message
from gongkai.core.tables.form import Block, Column, Form, Row, Table
from gongkai.core.tables.report import Cell
from gongkai.documents.read.recognise.figures import is_figure_like
from gongkai.documents.read.recognise.index import TableIndex, index
from gongkai.documents.read.recognise.labels import key, last_key
from gongkai.documents.read.recognise.rows import Slot, fill
from gongkai.documents.read.source import Grid

HEADED, BARE = 2, 1
"""How sure a row is: its table's header or heading stood above it in the same grid, or only its label speaks."""


@dataclass
class Figures:
    """Cells found so far, with how sure each row is; ``used`` are the grids that gave any."""

    form: Form
    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Message] = field(default_factory=list)
    strength: dict[tuple[str, str], int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def add(
        self, table: Table, rows: Sequence[tuple[Row, Sequence[Column]]], slots: Sequence[Slot], strength: int
    ) -> bool:
        """Enter the rows (one, or several side by side) that ``slots`` hold, unless surer ones stand."""
        places = [(table.id, row.id) for row, _ in rows]
        if all(self.strength.get(place, 0) >= strength for place in places):
            return False
        wanted = [(f"{table.id}/{row.id}/{column.id}", column) for row, columns in rows for column in columns]
        cells, problems = fill(self.form, wanted, slots)
        for place in places:
            self.strength[place] = strength
        self.cells.update(cells)
        self.problems.extend(problems)
        return True


def read_grids(form: Form, grids: Iterable[tuple[int, Grid, int | None]]) -> Figures:
    """Cells of all tables of ``form`` in grids given as ``(position, grid, part in which it stands)``."""
    figures = Figures(form)
    for position, grid, part in grids:
        for words in index(form):
            at_home = part == words.table.part
            read = _across if words.table.layout == "across" else _down
            if read(words, grid, at_home, figures):
                figures.used.add(position)
    return figures


def distinct(grid: Grid, row: list[int]) -> list[int]:
    """The cells of one row from left to right, a merged cell once; holes are left out."""
    if -1 in row:
        return [cell for cell in dict.fromkeys(row) if cell >= 0]
    return list(dict.fromkeys(row))


def _down(words: TableIndex, grid: Grid, at_home: bool, figures: Figures) -> bool:
    """Rows of a table whose rows are printed as lines."""
    texts = grid.texts
    heads: dict[int, list[str]] = {}
    order: dict[str, list[Column]] = {}
    strength = HEADED if at_home else BARE
    found = False
    for slots in grid.rows:
        cells = distinct(grid, slots)
        named = [key(texts[cell]) if not is_figure_like(texts[cell]) else "" for cell in cells]
        last = len(named)
        while last and not named[last - 1]:
            last -= 1
        if not last:
            continue
        columns = [word for word in named if word in words.columns]
        if (
            (len(columns) >= 2
            and len(columns) * 2 > sum(1 for word in named if word) - 1)
            or _is_header(words, named)
        ):
            strength = HEADED
            _learn(words, grid, slots, heads, order)
            continue
        match = _match(words, named[:last], texts[cells[last - 1]])
        if match is None:
            continue
        block, row = match
        values = cells[last:]
        if not values:
            if any(word in words.headings for word in named):
                strength = HEADED
            continue
        expected = order.get(_block_key(block)) or list(block.columns)
        chosen = _choose(values, slots, expected, heads, block, words, texts)
        found |= figures.add(words.table, [(row, expected)], _slots(grid, chosen), strength)
    return found


def _is_header(words: TableIndex, named: list[str]) -> bool:
    """A header line with a single column (信息内容 | 本年处理决定数量), or a block's heading."""
    texts = [word for word in named if word]
    return bool(texts) and all(
        word in words.headings or (word in words.columns and word not in words.rows) for word in texts
    )


def _learn(
    words: TableIndex,
    grid: Grid,
    slots: list[int],
    heads: dict[int, list[str]],
    order: dict[str, list[Column]],
) -> None:
    """Remember which column stands over which slot, for every block whose columns this header names in full."""
    for slot, cell in enumerate(slots):
        if cell >= 0:
            word = key(grid.texts[cell])
            if word in words.columns:
                heads.setdefault(slot, []).append(word)
    line = [key(grid.texts[cell]) for cell in distinct(grid, slots)]
    # A header over several lines (申请人情况 / 法人或其他组织 / 商业企业) is completed by the lines below it.
    across: list[str] = [heads[slot][-1] for slot in sorted(heads)]
    for block in words.table.blocks:
        for candidate in (line, across):
            named = list(dict.fromkeys(column for column in words.columns_of(block, candidate) if column))
            if len(named) == len(block.columns):
                order[_block_key(block)] = named
                break


def _block_key(block: Block) -> str:
    return block.rows[0].id


def _match(words: TableIndex, named: list[str], printed: str) -> tuple[Block, Row] | None:
    """The row that a line's labels name: the last label decides, then its last piece, then labels run together."""
    labels = [word for word in named if word]
    for word in reversed(labels):
        if word in words.rows:
            return words.rows[word]
    if last_key(printed) in words.rows:
        return words.rows[last_key(printed)]
    joined = "".join(dict.fromkeys(labels))
    if joined in words.rows:
        return words.rows[joined]
    # 三、本年度办理结果（三）不予公开1.属于国家秘密 in one cell; or a long label cut short.
    best: tuple[int, tuple[Block, Row]] | None = None
    for word, row in words.rows.items():
        if len(word) >= 4 and (joined.endswith(word) or (len(joined) >= 8 and word.startswith(joined))):
            size = min(len(word), len(joined))
            if best is None or size > best[0]:
                best = (size, row)
    return best[1] if best else None


def _choose(
    values: list[int],
    slots: list[int],
    columns: Sequence[Column],
    heads: dict[int, list[str]],
    block: Block,
    words: TableIndex,
    texts: list[str],
) -> list[int]:
    """The cells that are the row's figures, in the order of ``columns``.

    As many cells as columns: by position. Otherwise by the header above each slot; and where that does not fit either,
    idle blank cells are left off, those of unfilled label columns first.
    """
    if len(values) == len(columns):
        return values
    if len(values) > len(columns):
        placed: dict[str, int] = {}
        allowed = set(values)
        for slot, cell in enumerate(slots):
            if cell in allowed and slot in heads:
                column = words.columns_of(block, [heads[slot][-1]])[0]
                if column and column.id not in placed:
                    placed[column.id] = cell
        if len(placed) == len(columns) and len(set(placed.values())) == len(columns):
            return [placed[column.id] for column in columns]
        trimmed = list(values)
        while len(trimmed) > len(columns) and not texts[trimmed[0]].strip():
            trimmed.pop(0)
        while len(trimmed) > len(columns) and not texts[trimmed[-1]].strip():
            trimmed.pop()
        return trimmed
    return values


def _across(words: TableIndex, grid: Grid, at_home: bool, figures: Figures) -> bool:
    """A table printed as one line of figures under heads of several levels, whole or one row's columns at a time."""
    table = words.table
    size = len(table.blocks[0].columns)
    everything = [(row, block.columns) for block in table.blocks for row in block.rows]
    named: set[str] = set()
    headed = found = False
    for slots in grid.rows:
        cells = distinct(grid, slots)
        labels = [key(grid.texts[cell]) if not is_figure_like(grid.texts[cell]) else "" for cell in cells]
        inline = [words.rows[word][1].id for word in labels if word in words.rows]
        headed = headed or sum(1 for word in labels if word in words.columns) >= min(3, size)
        last = max((place for place, word in enumerate(labels) if word), default=-1)
        values = cells[last + 1 :]
        if len(inline) == 1 and len(values) == size and headed:
            # Table four turned over: a line a row.
            found |= figures.add(
                table, [pair for pair in everything if pair[0].id == inline[0]], _slots(grid, values), HEADED
            )
            continue
        named.update(inline)
        if not values or not headed:
            continue
        # The heads may name fewer rows than the table has: then this grid is a piece of it.
        rows = everything
        if named and len(values) < size * len(everything):
            rows = [pair for pair in everything if pair[0].id in named]
        total = size * len(rows)
        blank = all(not grid.texts[cell].strip() for cell in values)
        if len(values) > total and all(not grid.texts[cell].strip() for cell in values[total:]):
            values = values[:total]
        if blank and len(values) != total:
            continue
        sure = HEADED if len(values) == total else BARE
        found |= figures.add(table, rows, _slots(grid, values), sure)
    return found


def _slots(grid: Grid, cells: Sequence[int]) -> list[Slot]:
    return [Slot(grid.texts[cell], grid.places[cell]) for cell in cells]
