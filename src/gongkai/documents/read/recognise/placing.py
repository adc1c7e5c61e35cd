"""Where the figures of a form's tables stand in a grid: rows by their labels, columns by their heads.

A table may come whole or in pieces, its label columns split, merged or repeated, its header on one piece only, its
columns in another order. So every row is placed by its own label, and every figure by the header above it or, where
the count fits, by its position. What the figures are does not matter here: sites print the forms in the same few ways
over and over, and a way that was met before is remembered.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.tables.form import Block, Column, Row
from gongkai.documents.read.recognise.figures import YUAN, is_blank
from gongkai.documents.read.recognise.index import TableIndex
from gongkai.documents.read.recognise.labels import last_key, words_of

HOME, HEADED, BARE = 3, 2, 1
"""How sure a row is: it stands in its table's own part of the report; its table's header or heading stood above it in
the same grid; or only its label speaks."""

MAX_GUESSES = 2000
"""Labels in no list that are remembered; a million files must not fill the memory."""


class Placed(NamedTuple):
    """Rows of a table (one, or several side by side) and the grid's cells that hold their figures.

    ``rows`` are pairs of table and row; ``ids`` and ``columns`` name the form's cells in the order printed; ``cells``
    are the grid's, −1 where the form's stands blank in none; ``factors`` what a figure is multiplied by, where it
    counts in another unit than the form. ``others`` are further places where the figures may stand, as far as the
    layout tells; ``usual`` says that the rows like this one have theirs at ``cells``.
    """

    rows: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: tuple[int, ...]
    strength: int
    factors: tuple[tuple[str, Decimal], ...] = ()
    others: tuple[tuple[int, ...], ...] = ()
    usual: bool = True


class Line(NamedTuple):
    """One printed line: its slots, its cells from left to right, and their comparable words (``""`` for a figure)."""

    slots: Sequence[int]
    cells: list[int]
    words: list[str]


class Learnt(NamedTuple):
    """What a table's heads said, for its next pieces, which may have none: the order of columns by block, and what
    figures of a column are multiplied by.
    """

    order: tuple[tuple[Block, tuple[Column, ...]], ...] = ()
    factors: tuple[tuple[Column, Decimal], ...] = ()


NOTHING = Learnt()
UNITS = frozenset(("件", "宗", "份", "项", "个", "件次", "元", "万元", "亿元"))
"""What a column of units (计量单位) has in every row: no label, and no figure."""

_UNIT = re.compile(r"(?:单位\s*[:：]?\s*|[（(]\s*)(亿元|万元|元)")


@lru_cache(maxsize=256)
def place(
    index: TableIndex,
    at_home: bool,
    rows: tuple[tuple[int, ...], ...],
    texts: tuple[str, ...],
    learnt: Learnt = NOTHING,
) -> tuple[tuple[Placed, ...], Learnt]:
    """Where a table's figures stand in a grid of these ``rows`` and ``texts`` (``GridWords.shape``), in reading order,
    and what the next piece of the table should know.

    ``at_home``: the grid stands in the table's own part of the report. ``learnt``: from the pieces before.
    """
    words = words_of(texts)
    lines = []
    for slots in rows:
        cells = _without_unit(_distinct(slots), words, texts)
        lines.append(Line(slots, cells, [words[cell] for cell in cells]))
    if index.table.layout == "across":
        return tuple(_across(index, texts, lines, at_home)), learnt
    return _down(index, texts, lines, at_home, learnt)


def _without_unit(cells: list[int], words: tuple[str, ...], texts: tuple[str, ...]) -> list[int]:
    """The cells of a line without the only one that is a unit, where that stands before the figures."""
    units = [place for place, cell in enumerate(cells) if words[cell] in UNITS]
    if len(units) != 1 or any(not words[cell] and texts[cell].strip() for cell in cells[: units[0]]):
        return cells
    return cells[: units[0]] + cells[units[0] + 1 :]


def _placed(
    index: TableIndex,
    rows: Sequence[tuple[Row, Sequence[Column]]],
    cells: Sequence[int],
    strength: int,
    factors: dict[Column, Decimal] | None = None,
) -> Placed:
    table = index.table.id
    wanted = [(f"{table}/{row.id}/{column.id}", column) for row, columns in rows for column in columns]
    return Placed(
        tuple((table, row.id) for row, _ in rows),
        tuple(id for id, _ in wanted),
        tuple(column for _, column in wanted),
        tuple(cells),
        strength,
        tuple((id, factors[column]) for id, column in wanted if column in factors) if factors else (),
    )


def _distinct(slots: Sequence[int]) -> list[int]:
    """The cells of one row from left to right, a merged cell once; holes are left out."""
    if -1 in slots:
        return [cell for cell in dict.fromkeys(slots) if cell >= 0]
    return list(dict.fromkeys(slots))


class _Found(NamedTuple):
    """A row of a table: where its figures may stand among the cells behind its label, each place as an offset.

    ``like``: rows that begin at the same slot and have as many cells hold their figures at the same offset.
    """

    placed: Placed
    values: tuple[int, ...]
    offsets: tuple[int, ...]
    like: tuple[int, int]


def _down(
    index: TableIndex, texts: tuple[str, ...], lines: list[Line], at_home: bool, learnt: Learnt
) -> tuple[tuple[Placed, ...], Learnt]:
    """Rows of a table whose rows are printed as lines."""
    heads: dict[int, str] = {}
    order: dict[Block, Sequence[Column]] = dict(learnt.order)
    factors: dict[Column, Decimal] = dict(learnt.factors)
    strength = HOME if at_home else BARE
    found: list[_Found] = []
    for line in lines:
        end = _end_of_label(index, texts, line)
        if not end:
            continue
        followed = end < len(line.cells) and not line.words[end] and any(map(str.isdigit, texts[line.cells[end]]))
        if not followed and _is_header(index, line):
            strength = max(strength, HEADED)
            _learn(index, texts, line, heads, order, factors)
            continue
        match = _match(index, line.words[:end], texts[line.cells[end - 1]])
        values = line.cells[end:]
        if match is None or not values:
            continue
        block, row = match
        columns = order.get(block, block.columns)
        offsets: tuple[int, ...] = (0,)
        if len(values) != len(columns):
            under = _under_heads(index, texts, line, values, columns, heads, block)
            offsets = (0,) if under else _offsets(texts, values, line.words[end:], len(columns))
            values = under or values
        if not offsets:
            values, offsets = _trimmed(texts, values), (0,)
        placed = _placed(index, [(row, columns)], values, strength, factors)
        found.append(_Found(placed, tuple(values), offsets, (line.slots.index(values[0]), len(values))))
    known = tuple((block, tuple(columns)) for block, columns in order.items())
    return tuple(_settled(found)), Learnt(known, tuple(factors.items()))


def _settled(found: Sequence[_Found]) -> Iterator[Placed]:
    """The rows with the cells of their figures: at the offset that all rows of like shape allow, if that is one."""
    shared: dict[tuple[int, int], set[int]] = {}
    for each in found:
        shared.setdefault(each.like, set(each.offsets)).intersection_update(each.offsets)
    for each in found:
        if len(each.offsets) < 2 and not each.offsets[0] and len(each.values) <= len(each.placed.ids):
            yield each.placed
            continue
        usual = len(shared[each.like]) == 1
        size = len(each.placed.ids)
        windows = {offset: each.values[offset : offset + size] for offset in each.offsets}
        first = windows.pop(min(shared[each.like]) if usual else each.offsets[0])
        yield each.placed._replace(cells=first, others=tuple(windows.values()), usual=usual)


def _end_of_label(index: TableIndex, texts: tuple[str, ...], line: Line) -> int:
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
        elif texts[cell].strip() and end:
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
    texts: tuple[str, ...],
    line: Line,
    heads: dict[int, str],
    order: dict[Block, Sequence[Column]],
    factors: dict[Column, Decimal],
) -> None:
    """Remember which column stands over which slot, and in which order a block's columns are printed.

    A header over several lines (申请人情况 / 法人或其他组织 / 商业企业) is completed by the lines below it.
    """
    if index.columns.isdisjoint(line.words):
        return
    printed = dict(zip(line.cells, line.words, strict=True))
    for slot, cell in enumerate(line.slots):
        word = printed.get(cell, "")
        if word in index.columns or (word and slot not in heads):
            heads[slot] = word
    learnt = False
    for words in (line.words, [heads[slot] for slot in sorted(heads)]):
        for block in index.table.blocks:
            columns = index.columns_of[block]
            named = list(dict.fromkeys(columns[word] for word in words if word in columns))
            if len(named) == len(block.columns):
                # Blocks with the same columns have a header each: it holds for what stands below it.
                order[block] = named
                _learn_units(texts, line, named, factors)
                learnt = True
        if learnt:
            return


def _learn_units(texts: tuple[str, ...], line: Line, columns: list[Column], factors: dict[Column, Decimal]) -> None:
    """Money counted in another unit than the form's: 本年收费金额（单位：元） where the form has 万元."""
    for column in columns:
        if column.unit in YUAN:
            for cell in line.cells:
                printed = _UNIT.search(texts[cell])
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


def _under_heads(
    index: TableIndex,
    texts: tuple[str, ...],
    line: Line,
    values: Sequence[int],
    columns: Sequence[Column],
    heads: dict[int, str],
    block: Block,
) -> list[int] | None:
    """The cells that are the row's figures by the header above each slot, where that finds all of them and leaves no
    figure over but those under heads of no column (小计).
    """
    placed: dict[Column, int] = {}
    allowed = set(values)
    for slot, cell in enumerate(line.slots):
        if cell in allowed and slot in heads:
            column = index.columns_of[block].get(heads[slot])
            if column is not None and column not in placed:
                placed[column] = cell
    under = set(placed.values())
    words = dict(zip(line.cells, line.words, strict=True))
    headed = {cell for slot, cell in enumerate(line.slots) if slot in heads}
    left = allowed - under - headed
    if len(under) != len(columns) or any(texts[cell].strip() and not words[cell] for cell in left):
        return None
    return [placed[column] for column in columns]


def _offsets(texts: tuple[str, ...], values: Sequence[int], words: Sequence[str], size: int) -> tuple[int, ...]:
    """Where ``size`` figures may begin among more cells than that: wherever all others are blank, marks for nothing, or
    words (备注).
    """
    filled = [place for place, cell in enumerate(values) if not is_blank(texts[cell])]
    figures = [place for place in filled if not words[place]]
    apart = _windows(figures, len(values), size)
    apart = [offset for offset in apart if not any(words[offset : offset + size])]
    return tuple(apart or _windows(filled, len(values), size))


def _windows(filled: Sequence[int], count: int, size: int) -> list[int]:
    first, last = (filled[0], filled[-1]) if filled else (0, 0)
    return list(range(max(0, last - size + 1), min(first, count - size) + 1))


def _trimmed(texts: tuple[str, ...], values: Sequence[int]) -> list[int]:
    """The cells from the first to the last that is not blank."""
    filled = [place for place, cell in enumerate(values) if texts[cell].strip()]
    return list(values[filled[0] : filled[-1] + 1]) if filled else list(values)


def _across(index: TableIndex, texts: tuple[str, ...], lines: list[Line], at_home: bool) -> Iterator[Placed]:
    """A table printed as one line of figures under heads of several levels, whole or one row's columns at a time."""
    sure = HOME if at_home else HEADED
    upright = tuple(_upright(index, lines, sure))
    if upright:
        yield from upright
        return
    table = index.table
    size = len(table.blocks[0].columns)
    everything = [(row, block.columns) for block in table.blocks for row in block.rows]
    named: set[str] = set()
    headed = found = False
    under: set[int] = set()
    for line in lines:
        inline = [index.rows[word][1].id for word in line.words if word in index.rows]
        columns = sum(word in index.columns for word in line.words)
        if columns and not any(texts[cell].isdigit() for cell in line.cells):
            named_here = {cell for cell, word in zip(line.cells, line.words, strict=True) if word in index.columns}
            under.update(slot for slot, cell in enumerate(line.slots) if cell in named_here)
        headed = headed or columns >= min(3, size)
        last = max((place for place, word in enumerate(line.words) if word), default=-1)
        values = line.cells[last + 1 :]
        if len(inline) == 1 and len(values) == size and headed:
            # Table four turned over: a line a row.
            row = [pair for pair in everything if pair[0].id == inline[0]]
            found = True
            yield _placed(index, row, values, sure)
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
        if len(values) > total and not any(texts[cell].strip() for cell in values[total:]):
            values = values[:total]
        if not any(texts[cell].strip() for cell in values):
            continue  # an idle line above the figures, or the body of a blank table, which is seen to at the end
        found = True
        yield _placed(index, rows, values, sure if len(values) == total else BARE)
    if not found and size * len(everything) == len(under):
        # All heads and nothing under them: the table stands there, blank.
        yield _placed(index, everything, [-1] * len(under), BARE)


def _upright(index: TableIndex, lines: list[Line], sure: int) -> Iterator[Placed]:
    """A table that is printed across, set upright instead: 行政复议 | 结果维持 | 3, a line a figure.

    A row counts where each of its columns has exactly one line.
    """
    found: dict[str, dict[Column, int]] = {}
    named: tuple[Block, Row] | None = None
    for line in lines:
        named = next((index.rows[word] for word in reversed(line.words) if word in index.rows), named)
        labels = [word for word in line.words if word in index.columns]
        if named is None or len(labels) != 1 or line.words[-2:] != [labels[0], ""]:
            continue
        block, row = named
        column = index.columns_of[block][labels[0]]
        if column in found.setdefault(row.id, {}):
            return
        found[row.id][column] = line.cells[-1]
    for block in index.table.blocks:
        for row in block.rows:
            cells = found.get(row.id, {})
            if len(cells) == len(block.columns):
                yield _placed(index, [(row, block.columns)], [cells[column] for column in block.columns], sure)
