"""An HTML table as a grid: spans resolved as the standard does ("forming a table")."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.message import message
from gongkai.core.tables.report import Place
from gongkai.documents.read.limits import MAX_SLOTS
from gongkai.documents.read.source import Grid, Unreadable, places

MAX_COLSPAN = 1000
"""The standard's own limit; a larger number counts as this."""

_USUAL_SLOTS, _USUAL_LAYOUTS = 1000, 250
"""Up to how many slots a layout is remembered (table three of the forms has 280), and how many at once."""


class Row(NamedTuple):
    """A row as written: the texts of its cells; for cells that claim more than one slot (by position) their columns
    and rows, 0 rows meaning to the end of the group; and the rows from this one to the end of its group."""

    texts: Sequence[str]
    spans: Mapping[int, tuple[int, int]]
    left: int


class _Shape(NamedTuple):
    """A row without its texts: how many cells it has, and the other two of ``Row``."""

    cells: int
    spans: tuple[tuple[int, tuple[int, int]], ...]
    left: int


class _Layout(NamedTuple):
    """For each row its slots, each with the number of the cell that covers it, and for each cell where it begins."""

    rows: tuple[tuple[int, ...], ...]
    places: tuple[Place, ...]


def resolve(rows: Sequence[Row], table: int, name: str) -> Grid:
    """Give each cell its slots in the ``table``-th grid of a source.

    Rows may differ in length; a slot that no cell covers is ``-1``.

    Raises:
        Unreadable: the spans ask for more than ``MAX_SLOTS`` slots.
    """
    texts = [text for row in rows for text in row.texts]
    shapes = tuple([_Shape(len(row.texts), tuple(row.spans.items()), row.left) for row in rows])
    layout = _usual.get((table, shapes))
    if layout is None:
        layout = _lay_out(shapes, table, name)
        if sum(map(len, layout.rows)) <= _USUAL_SLOTS:
            if len(_usual) >= _USUAL_LAYOUTS:
                _usual.clear()
            _usual[table, shapes] = layout
    return Grid(texts, layout.rows, layout.places)


_usual: dict[tuple[int, tuple[_Shape, ...]], _Layout] = {}
"""Layouts met before: sites print the tables of the forms in the same few over and over."""


def _lay_out(shapes: tuple[_Shape, ...], table: int, name: str) -> _Layout:
    lines: list[tuple[int, ...]] = []
    where: list[Place] = []
    above: dict[int, tuple[int, int]] = {}  # column → (cell that reaches down into it, for how many rows)
    size = 0
    for number, (count, claims, group) in enumerate(shapes, 1):
        line: list[int] = []
        reaching, above = above, {}
        begun = len(where)
        left = min(group, len(shapes) - number + 1)
        spans = dict(claims)
        last_span = max(spans, default=-1)
        last_reached = max(reaching, default=-1)
        position = 0
        while position < count:
            begin = len(line)
            while begin in reaching:
                _reach(line, reaching, above)
                begin += 1
            if position > last_span and begin > last_reached:
                # Nothing claims more than its own slot from here on, and nothing reaches down.
                line.extend(range(begun + position, begun + count))
                where.extend(places(table, number, begin + 1, count - position))
                break
            index = begun + position
            where.extend(places(table, number, begin + 1, 1))
            columns, down = spans.get(position, (1, 1))
            if size + begin + columns > MAX_SLOTS:
                raise Unreadable(message("read.table-too-large", file=name, limit=MAX_SLOTS))
            line.extend([index] * columns)
            down = min(down or left, left)
            for column in range(begin, begin + columns):
                if down > 1:
                    above[column] = index, down - 1
                elif column in reaching:  # two cells overlap: the one from above goes on below
                    _pass_on(column, reaching, above)
            position += 1
        for column in range(len(line), last_reached + 1):
            if column in reaching:
                _reach(line, reaching, above)
            else:
                line.append(-1)
        size += len(line)
        lines.append(tuple(line))
    return _Layout(tuple(lines), tuple(where))


def _reach(line: list[int], reaching: dict[int, tuple[int, int]], above: dict[int, tuple[int, int]]) -> None:
    """Let the cell that reaches down into the next column of ``line`` cover it."""
    column = len(line)
    line.append(reaching[column][0])
    _pass_on(column, reaching, above)


def _pass_on(column: int, reaching: dict[int, tuple[int, int]], above: dict[int, tuple[int, int]]) -> None:
    cell, rows = reaching[column]
    if rows > 1:
        above[column] = cell, rows - 1
