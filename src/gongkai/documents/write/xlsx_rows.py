"""How high the rows of a workbook must be: Excel does not fit a row to its text where cells are merged."""

import re
from math import ceil

from gongkai.documents.write.table import PrintedTable, ems

LEADING = 1.45
"""Height of a line by the size of its type: what the tallest of the usual Chinese faces asks for."""
TABLE_SIZE = 11
"""Type size of a table in points."""
INSIDE = 5.0
"""Points of a cell's width that its text does not get."""
_UNIT = re.compile(r"[!-~]+|[^!-~][。，、；：？！）〕」』】》〉”’…]*")


def height(text: str, size: float, width: float, gap: float) -> float:
    """Height in points of a cell of ``width`` points: its lines in type of ``size``, and a ``gap``."""
    return lines(text, (width - INSIDE) / size) * size * LEADING + gap


def lines(text: str, room: float) -> int:
    """How many lines a text takes in ``room`` em: broken as Chinese is, not in words nor before a closing mark."""
    count = 0
    for line in text.split("\n"):
        count, used = count + 1, 0.0
        for unit in _UNIT.findall(line):
            size = ems(unit)
            if used and used + size > room:
                count, used = count + 1, 0.0
            # A word that is longer than a line goes on in the next ones.
            over = max(0, ceil((used + size) / room) - 1)
            count, used = count + over, used + size - over * room
    return count


def table_heights(table: PrintedTable, widths: list[float]) -> dict[int, float]:
    """Height of each row by the cell that needs most, given the widths of the columns in points."""
    heights = dict.fromkeys(range(table.height), 0.0)
    for slot in table.slots:
        if slot.rowspan == 1:
            width = sum(widths[slot.column : slot.column + slot.colspan])
            text = "" if slot.kind == "figure" else slot.text  # figures stand on one line
            heights[slot.row] = max(heights[slot.row], height(text, TABLE_SIZE, width, 6))
    return heights
