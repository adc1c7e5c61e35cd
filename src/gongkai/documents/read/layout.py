"""Tables in plain text that still shows their cells: pipes and boxes, tabs in a row, one cell a line led by a tab."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from gongkai.core.tables.report import Place
from gongkai.documents.read.source import Block, Grid, Paragraph

CELL = 120
"""A line with more characters is prose, not a cell; the longest label of a form has 42."""

_BAR = re.compile(r"[|│┃║｜]")
_BARS = "|│┃║｜"
_ESCAPED_BAR = re.compile(r"(?<!\\)[|│┃║｜]")
_BORDER = re.compile(r"[\s|│┃║+\-=:\u2500-\u257f]+")
_DRAWN = re.compile(r"[-─━═=]{2}|[+┼├┌└╔╠╚]")


class Line(NamedTuple):
    """A line of text as it stood, with the place that its paragraph would have."""

    text: str
    place: Place


class Cell(NamedTuple):
    """A cell of a table found in text, and the line where it begins."""

    text: str
    line: Line


def blocks(
    lines: Sequence[Line], *, first_table: int = 1, is_heading: Callable[[str], bool] = lambda text: False
) -> list[Block]:
    """Lines as blocks: tables as grids, numbered from ``first_table``, all other lines that are not blank as
    paragraphs. A line that ``is_heading`` ends a table in which a cell may go on without any mark.

    Cells are never merged here, since text shows no spans: a cell that a merged one covers is blank, and rows have as
    many cells as were written.
    """
    found: list[Block] = []
    table = first_table
    sizes: set[int] = set()
    index = 0
    while index < len(lines):
        text = lines[index].text
        rows: list[list[Cell]] = []
        end = index
        if _is_piped(text):
            rows, end = _piped(lines, index)
        elif "\t" in text:
            if _leads_cell(text):
                rows, end = _cell_a_line(lines, index, is_heading)
            else:
                rows, end = _tabbed(lines, index, sizes)
                sizes.update(map(len, rows))
        if rows:
            found.append(_grid(rows, table))
            table += 1
        else:
            end = max(end, index + 1)
            found.extend(Paragraph(line.text.strip(), line.place) for line in lines[index:end] if line.text.strip())
        index = end
    return found


def _grid(rows: list[list[Cell]], table: int) -> Grid:
    texts: list[str] = []
    slots: list[range] = []
    places: list[Place] = []
    for number, row in enumerate(rows, 1):
        slots.append(range(len(texts), len(texts) + len(row)))
        for column, (text, line) in enumerate(row, 1):
            texts.append(text)
            places.append(Place(line.place.page, None, table, number, column, line.place.line))
    return Grid(texts, slots, places)


# Pipes: | a | b |, boxes drawn with │ or +---+


def _is_piped(text: str) -> bool:
    return len(_BAR.findall(text)) >= 2 or _is_border(text)


def _is_border(text: str) -> bool:
    """A line drawn between rows: +---+---+, |---|:--:|, ├──┼──┤."""
    text = text.strip()
    return bool(len(text) > 2 and _BORDER.fullmatch(text) and _DRAWN.search(text) and text.strip("-="))


def pipe_cells(text: str) -> list[str]:
    """Cells of one line of a Markdown table: a pipe on either side is a border, one behind a backslash a character."""
    return [cell.replace("\\|", "|") for cell in _pieces(_ESCAPED_BAR, text.strip(), outer=True)]


def _pieces(bar: re.Pattern[str], text: str, *, outer: bool) -> list[str]:
    """What stands between the bars of a line; ``outer``: those at its ends are borders."""
    cells = [cell.strip() for cell in bar.split(text)]
    if outer and cells and not cells[0]:
        cells = cells[1:]
    if outer and cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _piped(lines: Sequence[Line], begin: int) -> tuple[list[list[Cell]], int]:
    """Rows from ``begin`` on and the index behind them; no rows where two lines do not make a table."""
    groups: list[list[Line]] = [[]]
    rulings: list[str] = []
    end = begin
    while end < len(lines) and _is_piped(lines[end].text):
        if _is_border(lines[end].text):
            groups.append([])
            rulings.append(lines[end].text.strip())
        else:
            groups[-1].append(lines[end])
        end += 1
    groups = [group for group in groups if group]
    outer = _is_closed([line.text.strip() for group in groups for line in group], rulings)
    # Where every row is ruled off, the lines between two rulings are one row; where only the head is, each line is one.
    ruled = len(groups) > 2
    rows = [
        row
        for group in groups
        for row in ([_joined(group, outer)] if ruled else [_joined([line], outer) for line in group])
    ]
    return (rows if len(rows) > 1 else []), end


def _is_closed(texts: Sequence[str], rulings: Sequence[str]) -> bool:
    """Whether bars at the ends of a table's lines are its borders rather than mark a blank cell.

    A ruling shows it; else all lines have them at both ends, or nearly all have and are of one length that way only.
    """
    if rulings:
        return rulings[0][0] not in "-=─━═"
    closed = sum(text[0] in _BARS and text[-1] in _BARS for text in texts)
    if closed * 4 < len(texts) * 3 or closed == len(texts):
        return closed == len(texts)
    open_sizes, closed_sizes = (
        Counter(len(_pieces(_BAR, text, outer=outer)) for text in texts) for outer in (False, True)
    )
    return len(closed_sizes) == 1 < len(open_sizes)


def _joined(group: list[Line], outer: bool) -> list[Cell]:
    """One row from the lines between two rulings: what stands below in a column continues its cell."""
    columns: list[list[str]] = []
    for line in group:
        for column, cell in enumerate(_pieces(_BAR, line.text.strip() if outer else line.text, outer=outer)):
            if column == len(columns):
                columns.append([])
            if cell:
                columns[column].append(cell)
    return [Cell("\n".join(column), group[0]) for column in columns]


# Tabs between the cells of a row


def _tabbed(lines: Sequence[Line], begin: int, known: set[int]) -> tuple[list[list[Cell]], int]:
    """Rows from ``begin`` on, blank lines between them or not; two neighbouring ones must have three cells.

    ``known`` are the numbers of cells in rows of such tables before: with any, two cells will do, and a lone row of
    three or more that has as many is one, cut off by page numbers.
    """
    rows: list[list[Cell]] = []
    end = index = begin
    while index < len(lines):
        text = lines[index].text
        if _is_row(text) or (rows and _leads_cell(text) and _is_row(lines[min(index + 1, len(lines) - 1)].text)):
            cells = text.split("\t")
            if max(map(len, cells)) > CELL:
                break
            if _leads_cell(text):
                # A label among rows whose blank cells have lost their tabs.
                cells += [""] * (len(rows[-1]) - len(cells))
            rows.append([Cell(cell.strip(), lines[index]) for cell in cells])
            end = index + 1
        elif text.strip() or index != end:
            break
        index += 1
    sizes = [len(row) for row in rows]
    wanted = 2 if known else 3
    is_table = any(min(pair) >= wanted for pair in pairwise(sizes)) or (len(sizes) == 1 and sizes[0] in known - {1, 2})
    return (rows if is_table else []), max(end, begin + 1)


def _is_row(text: str) -> bool:
    return "\t" in text and not _leads_cell(text) and not _is_piped(text)


# One cell a line


def _leads_cell(text: str) -> bool:
    """A cell by itself; several tabs behind its words are the blank cells of a row."""
    return text.startswith("\t") and "\t" not in text[1:].rstrip() and text.count("\t") <= 2


def _cell_a_line(lines: Sequence[Line], begin: int, is_heading: Callable[[str], bool]) -> tuple[list[list[Cell]], int]:
    """Rows where each cell begins with a tab at the start of a line, as Word writes its tables into text.

    Lines without a tab go on with the cell; a row ends at a blank line before the next tab. Blank lines inside a cell
    occur too: they stand at its beginning, and the row is not yet as long as the one before.
    """
    rows: list[list[Cell]] = [[]]
    end = index = begin
    while index < len(lines):
        line = lines[index]
        if _leads_cell(line.text):
            text, index = _with_continuation(lines, index, rows, is_heading)
            if text is None:
                break
            rows[-1].append(Cell(text, line))
            end = index
        elif not line.text.strip():
            while index < len(lines) and not lines[index].text.strip("\f\n \u3000"):
                index += 1
            if index < len(lines) and _leads_cell(lines[index].text):
                rows.append([])
        else:
            break
    rows = [row for row in rows if row]
    cells = [cell.text for row in rows for cell in row]
    sentences = sum(text.endswith(("。", "；", "：")) for text in cells)
    if len(rows) < 2 or 2 * sum(len(row) > 1 for row in rows) < len(rows) or 2 * sentences > len(cells):
        return [], end
    return rows, end


def _with_continuation(
    lines: Sequence[Line], index: int, rows: list[list[Cell]], is_heading: Callable[[str], bool]
) -> tuple[str | None, int]:
    """Text of the cell that begins at ``index``, and the index behind it; ``None`` where it is prose after all."""

    def goes_on(place: int) -> bool:
        return place < len(lines) and "\t" not in lines[place].text and not is_heading(lines[place].text)

    texts = [lines[index].text.strip()]
    if len(texts[0]) > CELL:
        return None, index
    behind = index + 1
    if not texts[0] and not rows[-1]:
        # Blank lines first, then the text: 三、本年度办理结果 set in the middle of a tall cell, the first of its row.
        after = behind
        while after < len(lines) and "\t" not in lines[after].text and not lines[after].text.strip():
            after += 1
        if goes_on(after):
            behind = after
    stop = behind
    while goes_on(stop) and lines[stop].text.strip():
        stop += 1
    more = [line.text.strip() for line in lines[behind:stop]]
    if any(len(text) > CELL // 2 for text in more) or (stop == len(lines) and len(more) > 3):
        return texts[0], index + 1  # the table has ended without a blank line
    texts += more
    return "\n".join(text for text in texts if text), stop if more else index + 1
