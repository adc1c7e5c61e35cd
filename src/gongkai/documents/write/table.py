"""A table of the form as it is printed: a grid of cells with their spans, made from the form alone.

Every format prints the same grid. Which words stand where follows from the form's rows, columns and their group
headings (``under``), so a new form needs nothing here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, NamedTuple

from gongkai.core.tables.form import Block, Row, Table
from gongkai.core.tables.report import ABSENT, Cell, Number, Report
from gongkai.documents.write.prose import paragraphs

Kind = Literal["corner", "block", "head", "label", "figure"]
"""corner: above the row labels · block: heading over a block · head: over figures · label: beside them · figure."""

LINE = 442.0
"""Width of the type area (版心, 156 mm) in points."""
PAGE = 609.0
"""Height in points that the type area (225 mm) has below a heading."""
SIZES = {"down": 10.5, "across": 9.0}
"""Type size in points of a table printed line by line (五号) and of the wide one (小五号)."""
SMALLEST = 6.5
"""Type size below which a table is rather broken over two pages."""
OUTER = (2.9, 4.9, 4.9)
"""Width in em of the label columns before the last, outermost first: their words may stand one or two to a line."""
INNER, FIGURE = 8.0, 3.0
"""Least width in em of the last label column and of a column of figures."""
PADDING = 0.9
_FOLD = re.compile("^（.）")
"""A group's number stands on a line of its own, because its column is narrow."""


class Slot(NamedTuple):
    """One printed cell: where it begins (from 0), how far it reaches, and the figure's cell id if it holds one."""

    row: int
    column: int
    text: str
    kind: Kind
    rowspan: int = 1
    colspan: int = 1
    cell: str | None = None


@dataclass(frozen=True)
class PrintedTable:
    """A grid of ``height`` × ``width``; its first ``head`` lines are heads, its first ``labels`` columns row labels.

    ``repeats``: the heads hold for the whole table, so that each page repeats them. ``widths`` of the columns sum to 1;
    ``size`` is the type size in points at which the table fits the type area.
    """

    id: str
    slots: tuple[Slot, ...]
    height: int
    width: int
    head: int
    labels: int
    repeats: bool
    widths: tuple[float, ...]
    size: float

    def lines(self) -> Iterator[list[Slot]]:
        """The cells that begin in each line, from left to right."""
        lines: list[list[Slot]] = [[] for _ in range(self.height)]
        for slot in self.slots:
            lines[slot.row].append(slot)
        return (sorted(line, key=lambda slot: slot.column) for line in lines)


def print_table(report: Report, table: Table) -> PrintedTable:
    """The table with the report's figures; rows that the report does not have are left out."""
    if table.layout == "across":
        return _across(report, table)
    return _down(report, table)


def number_text(value: Number) -> str:
    """A figure in plain digits: ``-3``, ``12.5``, never an exponent."""
    return str(value) if isinstance(value, int) else format(value, "f")


def cell_text(cell: Cell) -> str:
    """What is printed for a figure: what stood there, else its digits, else nothing."""
    printed = "\n".join(paragraphs(cell.printed or ""))
    return printed or ("" if cell.value is None else number_text(cell.value))


def stands(cells: Iterable[Cell]) -> bool:
    """Whether any of these cells exists in the report, blank or not."""
    return any(cell.value is not None or cell.printed is not None for cell in cells)


def _rows(report: Report, table: Table, block: Block) -> list[Row]:
    """The rows that are printed: those that the report has; a row that replaces others only where it stands."""

    def present(row: Row) -> bool:
        ids = (f"{table.id}/{row.id}/{column.id}" for column in block.columns)
        return stands(report.cells.get(id, ABSENT) for id in ids)

    return [row for row in block.rows if present(row)]


def _figure(report: Report, table: Table, row: Row, column: str) -> tuple[str, str]:
    id = f"{table.id}/{row.id}/{column}"
    return id, cell_text(report.cells.get(id, ABSENT))


def _tree(paths: Sequence[Sequence[str]], depth: int, kind: Kind) -> list[Slot]:
    """Labels side by side with their group headings above: neighbours under one heading share it.

    The last word of a path that is shorter than ``depth`` reaches down to the bottom.
    """
    slots = []
    for place, path in enumerate(paths):
        for level, text in enumerate(path):
            same = level < len(path) - 1
            if same and place and tuple(paths[place - 1][: level + 1]) == tuple(path[: level + 1]):
                continue
            across = 1
            while (
                same
                and place + across < len(paths)
                and tuple(paths[place + across][: level + 1]) == tuple(path[: level + 1])
                and len(paths[place + across]) > level + 1
            ):
                across += 1
            down = 1 if same else depth - level
            slots.append(Slot(level, place, text, kind, down, across))
    return slots


def _across(report: Report, table: Table) -> PrintedTable:
    """All rows side by side in one line of figures under heads of several levels (table four)."""
    pairs = [(row, column) for block in table.blocks for row in _rows(report, table, block) for column in block.columns]
    paths = [
        (*(label.text for label in (*row.under, row.label, *column.under)), column.label.text) for row, column in pairs
    ]
    depth = max(len(path) for path in paths)
    slots = _tree(paths, depth, "head")
    for place, (row, column) in enumerate(pairs):
        id, text = _figure(report, table, row, column.id)
        slots.append(Slot(depth, place, text, "figure", cell=id))
    return _measured(table, slots, depth + 1, len(pairs), depth, 0, True)


def _down(report: Report, table: Table) -> PrintedTable:
    """A line a row: labels at the left in as many columns as their groups need, blocks one below the other."""
    labels = max(len(row.under) + 1 for block in table.blocks for row in block.rows)
    figures = max(len(block.columns) for block in table.blocks)
    width = labels + figures
    slots: list[Slot] = []
    line = head = 0
    for block in table.blocks:
        rows = _rows(report, table, block)
        if not rows:
            continue
        if block.heading:
            slots.append(Slot(line, 0, block.heading.text, "block", colspan=width))
            line += 1
        spans = _spans(len(block.columns), figures)
        paths = [(*(label.text for label in column.under), column.label.text) for column in block.columns]
        depth = max(len(path) for path in paths)
        corner = block.row_heading.text if block.row_heading else table.corner or ""
        slots.append(Slot(line, 0, corner, "corner", depth, labels))
        for slot in _tree(paths, depth, "head"):
            first, last = spans[slot.column], spans[slot.column + slot.colspan - 1]
            slots.append(
                slot._replace(row=line + slot.row, column=labels + first[0], colspan=last[0] + last[1] - first[0])
            )
        line += depth
        head = head or line
        # Row labels are the same tree lying on its side.
        for slot in _tree([(*(label.text for label in row.under), row.label.text) for row in rows], labels, "label"):
            text = _FOLD.sub(r"\g<0>\n", slot.text) if slot.colspan > 1 else slot.text
            slots.append(Slot(line + slot.column, slot.row, text, "label", slot.colspan, slot.rowspan))
        for row in rows:
            for column, (start, span) in zip(block.columns, spans, strict=True):
                id, text = _figure(report, table, row, column.id)
                slots.append(Slot(line, labels + start, text, "figure", 1, span, id))
            line += 1
    return _measured(table, slots, line, width, head, labels, len(table.blocks) == 1)


def _spans(count: int, width: int) -> list[tuple[int, int]]:
    """``count`` columns laid over ``width``: start and span of each, the last taking what is over."""
    return [(place, 1 if place < count - 1 else width - count + 1) for place in range(count)]


def _measured(
    table: Table, slots: list[Slot], height: int, width: int, head: int, labels: int, repeats: bool
) -> PrintedTable:
    """Share out the line in the largest type in which the table stands on one page.

    Figures never wrap: where they need more than the line, the type shrinks further.
    """
    size = SIZES[table.layout]
    columns = _columns(slots, width, labels, LINE / size)
    while size > SMALLEST and _height(slots, height, columns, size) > PAGE:
        size -= 0.5
        columns = _columns(slots, width, labels, LINE / size)
    total = sum(columns)
    return PrintedTable(
        table.id,
        tuple(slots),
        height,
        width,
        head,
        labels,
        repeats,
        tuple(column / total for column in columns),
        round(min(size, LINE / total), 2),
    )


def _columns(slots: list[Slot], width: int, labels: int, room: float) -> list[float]:
    """Widths in em of the columns on a line of ``room`` em: the last label column takes what figures leave."""
    least = [FIGURE if labels else room / width] * (width - labels)
    longest = INNER
    for slot in slots:
        if slot.kind == "figure":
            for column in range(slot.column, slot.column + slot.colspan):
                least[column - labels] = max(least[column - labels], (ems(slot.text) + PADDING) / slot.colspan)
        elif slot.kind == "label" and slot.column == labels - 1:
            longest = max(longest, ems(slot.text) + PADDING)
    if labels:
        outer = list(OUTER[: labels - 1])
        free = room - sum(outer) - sum(least)
        inner = max(INNER, min(longest, free))
        spare = max(0.0, free - inner) / len(least)
        return [*outer, inner, *(column + spare for column in least)]
    if max(least) > room / width:
        # One long figure takes room from its neighbours before the type shrinks.
        need = [max(2.6, figure) for figure in _needs(slots, width)]
        spare = max(0.0, room - sum(need)) / width
        return [figure + spare for figure in need]
    return least


def _height(slots: list[Slot], height: int, columns: list[float], size: float) -> float:
    """Height in points as the typesetter sets it: in each line the most lines that a cell of it breaks into."""
    size = min(size, LINE / sum(columns))
    lines = [1] * height
    for slot in slots:
        if slot.rowspan == 1:
            room = sum(columns[slot.column : slot.column + slot.colspan]) - PADDING / 2
            lines[slot.row] = max(lines[slot.row], sum(ceil(ems(line) / room) for line in slot.text.split("\n")))
    return sum((1.25 * count - 0.25) * size + 6 for count in lines)


def _needs(slots: list[Slot], width: int) -> list[float]:
    needs = [0.0] * width
    for slot in slots:
        if slot.kind == "figure":
            needs[slot.column] = max(needs[slot.column], ems(slot.text) + PADDING)
    return needs


def ems(text: str) -> float:
    """Width of a text's longest line in em: a Chinese character is one, a digit or letter somewhat more than half."""
    return max(sum(1.0 if ord(char) > 0x2000 else 0.58 for char in line) for line in text.split("\n"))
