"""Frames and glyphs into grids, and rows that a page break cut in two back into one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.core.tables.report import Place
from gongkai.documents.read.pdf.frames import Frame
from gongkai.documents.read.pdf.glyphs import Glyph
from gongkai.documents.read.pdf.lines import lines, text_of
from gongkai.documents.read.source import Grid

_FIGURE = re.compile(r"[+\-−－]?[\d０-９][\d０-９,，.．\s]*|[/／—–－\-]+")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[）)、]|[（(]?[\d０-９]+[）)、.．])")

_SAME_EDGE = 4.0
_LEAST_HEADS = 4
"""Words in a row of heads, at least; a row of figures has three labels at most."""

_TOUCHING = 0.03


@dataclass
class PageTable:
    """A table, or the piece of one, on a page. ``top`` is where it begins; ``full`` tells of each cell whether its last
    line runs on to the cell's right edge, as one does that goes on elsewhere.
    """

    page: int
    top: float
    bottom: float
    xs: list[float]
    texts: list[str]
    rows: list[list[int]]
    full: set[int]

    def extents(self, row: int) -> dict[int, tuple[float, float]]:
        """The cells of a row with their left and right edges."""
        edges: dict[int, tuple[float, float]] = {}
        for column, cell in enumerate(self.rows[row]):
            left, _ = edges.get(cell, (self.xs[column], 0.0))
            edges[cell] = left, self.xs[column + 1]
        return edges

    def grid(self, number: int) -> Grid:
        """The table as a grid, its cells placed as the ``number``-th table of the file."""
        origins: dict[int, tuple[int, int]] = {}
        for r, row in enumerate(self.rows, start=1):
            for c, cell in enumerate(row, start=1):
                origins.setdefault(cell, (r, c))
        order = {cell: index for index, cell in enumerate(cell for cell in origins if cell >= 0)}
        return Grid(
            texts=[self.texts[cell] for cell in order],
            rows=[[order.get(cell, -1) for cell in row] for row in self.rows],
            places=[Place(page=self.page, table=number, row=origins[c][0], column=origins[c][1]) for c in order],
        )


def fill(frames: list[Frame], glyphs: Iterable[Glyph], page: int) -> tuple[list[PageTable], list[Glyph]]:
    """Put each glyph into the cell that covers its middle (the smallest frame first); what is left stands outside.

    A word too long for its cell stays whole: a glyph that touches the one before it goes where that one went. What lies
    beyond the page's edge belongs to the cell of a table that the page shows, or to the word that begins on the page.
    """
    inside: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in frames]
    outside: list[Glyph] = []
    before: Glyph | None = None
    home = outside
    for glyph in glyphs:
        touches = before and abs(glyph.x0 - before.x1) < _TOUCHING * glyph.size and abs(glyph.y - before.y) < 0.1
        if not (touches and home is not outside):
            home = _home(frames, inside, glyph, outside)
        if glyph.off and home is outside and not (touches and outside and outside[-1] is before):
            continue
        home.append(glyph)
        before = glyph
    shown = [any(not glyph.off for glyphs in cells.values() for glyph in glyphs) for cells in inside]
    tables = [_table(*pair, page) for pair, seen in zip(zip(frames, inside, strict=True), shown, strict=True) if seen]
    return tables, outside


def _home(frames: list[Frame], inside: list[dict[int, list[Glyph]]], glyph: Glyph, outside: list[Glyph]) -> list[Glyph]:
    x, y = glyph.middle
    for frame, cells in zip(frames, inside, strict=True):
        cell = frame.cell_at(x, y)
        if cell is not None:
            return cells[cell]
    return outside


def _table(frame: Frame, cells: dict[int, list[Glyph]], page: int) -> PageTable:
    texts = ["" for _ in range(1 + max(cell for row in frame.slots for cell in row))]
    full: set[int] = set()
    right = {cell: frame.xs[c + 1] for row in frame.slots for c, cell in enumerate(row)}
    rows = [list(row) for row in frame.slots]
    for cell, glyphs in cells.items():
        texts[cell] = text_of(glyphs)
        last = max(glyphs, key=lambda g: (g.y, g.x1))
        if right[cell] - last.x1 < 1.6 * last.size:
            full.add(cell)
        _part(cell, frame, rows, texts, glyphs)
    return PageTable(page, frame.ys[0], frame.ys[-1], frame.xs, texts, rows, full)


def _part(cell: int, frame: Frame, rows: list[list[int]], texts: list[str], glyphs: list[Glyph]) -> None:
    """Give figures that stand side by side in a row without inner rulings each its own column.

    Only where other rows show these columns, every stretch of the text is a figure, and no two meet in one column.
    """
    covered = [r for r, row in enumerate(rows) if cell in row]
    if len(covered) != 1 or rows[covered[0]].count(cell) < 2 or len(texts[cell]) < 3:
        return
    found = lines(glyphs)
    pieces = found[0].pieces if len(found) == 1 else []
    if len(pieces) < 2 or not all(_FIGURE.fullmatch(piece.text) for piece in pieces):
        return
    row = rows[covered[0]]
    columns = [c for c, slot in enumerate(row) if slot == cell]
    taken: dict[int, str] = {}
    for piece in pieces:
        middle = (piece.x0 + piece.x1) / 2
        at = next((c for c in columns if frame.xs[c] <= middle < frame.xs[c + 1]), None)
        if at is None or at in taken:
            return
        taken[at] = piece.printed("\n")
    texts[cell] = taken.get(columns[0], "")
    for c in columns[1:]:
        row[c] = len(texts)
        texts.append(taken.get(c, ""))


def rejoin(above: PageTable, below: PageTable) -> None:
    """Put a row that a page break cut in two back together, in the table above; both stand next to each other.

    A row counts as cut if the cells of both halves have the same edges, exactly one half has figures, the label of the
    upper half runs on to the edge of its cell, and the lower half neither begins with a number of its own ("5.",
    "（七）", "四、") nor repeats a row of the table's head.
    """
    head = [[above.texts[cell] for cell in row] for row in above.rows]
    start = 0
    while start < len(below.rows) and [below.texts[cell] for cell in below.rows[start]] in head:
        start += 1
    if start == len(below.rows):
        return
    upper, lower = above.extents(-1), below.extents(start)
    pairs = list(zip(upper, lower, strict=False))
    apart = [abs(a - b) for u, w in pairs for a, b in zip(upper[u], lower[w], strict=True)]
    if len(upper) != len(lower) or max(apart) > _SAME_EDGE or _has_figures(above, upper) == _has_figures(below, lower):
        return
    rows_of = Counter(cell for row in below.rows for cell in set(row))
    labels = [(u, w) for u, w in pairs if below.texts[w] and above.texts[u] and rows_of[w] == 1]
    if not labels or any(u not in above.full or _NUMBERED.match(below.texts[w]) for u, w in labels):
        return
    for u, w in pairs:
        if below.texts[w] and rows_of[w] == 1:
            above.texts[u] = "\n".join(text for text in (above.texts[u], below.texts[w]) if text)
    del below.rows[start]


def _has_figures(table: PageTable, cells: Iterable[int]) -> bool:
    return any(_FIGURE.fullmatch(table.texts[cell]) for cell in cells)


def follows(above: PageTable, below: PageTable) -> bool:
    """Whether a table on the next page, with nothing between, has the outer edges of the one above: it goes on."""
    return abs(above.xs[0] - below.xs[0]) <= _SAME_EDGE and abs(above.xs[-1] - below.xs[-1]) <= _SAME_EDGE


def drop_spare(chain: list[PageTable]) -> None:
    """Take the empty cells off the ends of rows that stand under no head, in a table given as its pieces by page.

    Rows narrower than the widest one are filled up with a blank cell by some producers. It is known by a row of heads
    that ends in one, where no text stands in the same place down to the next line across the whole table.
    """
    section: list[tuple[PageTable, int]] = []
    for table in chain:
        for row, slots in enumerate(table.rows):
            if len(set(slots)) > 1:
                section.append((table, row))
                continue
            _trim(section)
            section = []
    _trim(section)


def _trim(section: list[tuple[PageTable, int]]) -> None:
    extents = [(table, row, table.extents(row)) for table, row in section]
    furthest = max(
        (left for table, _, cells in extents for cell, (left, _) in cells.items() if table.texts[cell]), default=0
    )
    for head, at, cells in extents:
        last = head.rows[at][-1]
        words = [cell for cell in cells if head.texts[cell] and not _FIGURE.fullmatch(head.texts[cell])]
        edge = cells[last][0]
        if not head.texts[last] and len(words) >= _LEAST_HEADS and furthest < edge - _SAME_EDGE:
            break
    else:
        return
    for table, row, cells in extents:
        last = table.rows[row][-1]
        if not table.texts[last] and abs(cells[last][0] - edge) <= _SAME_EDGE:
            table.rows[row] = [cell for cell in table.rows[row] if cell != last]
