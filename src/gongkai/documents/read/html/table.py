"""An HTML table as a grid: spans resolved as the standard does ("forming a table")."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.message import message
from gongkai.documents.read.limits import MAX_SLOTS
from gongkai.documents.read.source import Grid, Unreadable, places

MAX_COLSPAN = 1000
"""The standard's own limit; a larger number counts as this."""


class Row(NamedTuple):
    """A row as written: the texts of its cells; for cells that claim more than one slot (by position) their columns
    and rows, 0 rows meaning to the end of the group; and the rows from this one to the end of its group."""

    texts: Sequence[str]
    spans: Mapping[int, tuple[int, int]]
    left: int


def resolve(rows: Sequence[Row], table: int, name: str) -> Grid:
    """Give each cell its slots in the ``table``-th grid of a source.

    Rows may differ in length; a slot that no cell covers is ``-1``.

    Raises:
        Unreadable: the spans ask for more than ``MAX_SLOTS`` slots.
    """
    grid = Grid([], [], [])
    above: dict[int, tuple[int, int]] = {}  # column → (cell that reaches down into it, for how many rows)
    size = 0
    for number, row in enumerate(rows, 1):
        line: list[int] = []
        reaching, above = above, {}
        begun = len(grid.texts)
        left = min(row.left, len(rows) - number + 1)
        last_span = max(row.spans) if row.spans else -1
        last_reached = max(reaching) if reaching else -1
        position, count = 0, len(row.texts)
        while position < count:
            begin = len(line)
            while begin in reaching:
                _reach(line, reaching, above)
                begin += 1
            if position > last_span and begin > last_reached:
                # Nothing claims more than its own slot from here on, and nothing reaches down.
                line.extend(range(begun + position, begun + count))
                grid.places.extend(places(table, number, begin + 1, count - position))
                break
            index = begun + position
            grid.places.extend(places(table, number, begin + 1, 1))
            columns, down = row.spans.get(position, (1, 1))
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
        grid.texts.extend(row.texts)
        grid.rows.append(line)
    return grid


def _reach(line: list[int], reaching: dict[int, tuple[int, int]], above: dict[int, tuple[int, int]]) -> None:
    """Let the cell that reaches down into the next column of ``line`` cover it."""
    column = len(line)
    line.append(reaching[column][0])
    _pass_on(column, reaching, above)


def _pass_on(column: int, reaching: dict[int, tuple[int, int]], above: dict[int, tuple[int, int]]) -> None:
    cell, rows = reaching[column]
    if rows > 1:
        above[column] = cell, rows - 1
