"""Figures out of tables that kept their cells: what stands where ``placing.py`` says that figures stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.core.message import Message
from gongkai.core.tables.form import Column, Form
from gongkai.core.tables.report import Cell, Number
from gongkai.documents.read.recognise.figures import figure, whole
from gongkai.documents.read.recognise.index import table_indexes
from gongkai.documents.read.recognise.labels import GridWords
from gongkai.documents.read.recognise.placing import HOME, NOTHING, Learnt, Placed, place
from gongkai.documents.read.recognise.rows import MAX_PRINTED, adds_up, fill, sums, unclear
from gongkai.documents.read.source import Grid


@dataclass
class Figures:
    """Cells found so far, with how sure each row is; ``used`` are the grids that gave any."""

    form: Form
    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Message] = field(default_factory=list)
    strength: dict[tuple[str, str], int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def enter(self, placed: Placed, grid: Grid) -> bool:
        """Enter the figures of rows from their cells, unless surer ones stand; money is counted in the form's unit.

        From a grid that is not ``drawn`` a row with a sum of its own is believed only where it adds up.
        """
        strength = self.strength
        standing = min([strength.get(row, 0) for row in placed.rows])
        if standing >= placed.strength:
            if standing == placed.strength and placed.strength == HOME:
                self._hold_against(placed, grid)
            return False
        strength.update(dict.fromkeys(placed.rows, placed.strength))
        where = self._where(placed, grid) if placed.others else placed.cells
        if where is None:
            self._leave_unclear(placed, grid)
            return True
        texts = [grid.texts[cell] if cell >= 0 else "" for cell in where]
        places = [grid.places[cell] for cell in where]
        values = _usual(placed.columns, tuple(texts)) if grid.drawn else None
        if values is not None:
            self.cells.update(zip(placed.ids, map(Cell, values, texts, places), strict=True))
        else:
            certain = grid.drawn or not sums(self.form, placed.ids)
            wanted = list(zip(placed.ids, placed.columns, strict=True))
            cells, problems = fill(self.form, wanted, list(zip(texts, places, strict=True)), certain=certain)
            self.cells.update(cells)
            self.problems.extend(problems)
        for id, factor in placed.factors:
            found = self.cells[id]
            if found.value is not None:
                self.cells[id] = found._replace(value=whole(found.value * factor))
        return True

    def _hold_against(self, placed: Placed, grid: Grid) -> None:
        """A row of the table's own part that is printed twice with different figures: nobody knows which are right."""
        printed = [" ".join(grid.texts[cell].split()) for cell in placed.cells if cell >= 0]
        known = [" ".join((self.cells[id].printed or "").split()) for id in placed.ids if id in self.cells]
        if printed != known and len(printed) == len(known) and any(map(str.isdigit, printed)):
            self._leave_unclear(placed, grid)

    def _where(self, placed: Placed, grid: Grid) -> tuple[int, ...] | None:
        """Which of several places holds the row's figures: the only one at which its own sum holds, else the one where
        rows like it have theirs; ``None`` where neither tells, or one contradicts the other.
        """
        windows = {tuple(grid.texts[cell] for cell in cells): cells for cells in (placed.cells, *placed.others)}
        if len(windows) == 1:
            return placed.cells
        fit = [cells for texts, cells in windows.items() if adds_up(self.form, placed.ids, placed.columns, texts)]
        if not placed.usual:
            return fit[0] if len(fit) == 1 else None
        return placed.cells if not fit or placed.cells in fit else None

    def _leave_unclear(self, placed: Placed, grid: Grid) -> None:
        cells = sorted({cell for each in (placed.cells, *placed.others) for cell in each})
        printed = " | ".join(" ".join(grid.texts[cell].split()) for cell in cells).strip()
        unknown, problems = unclear(placed.ids, printed[:MAX_PRINTED], grid.places[cells[0]])
        self.cells.update(unknown)
        self.problems.extend(problems)


@lru_cache(maxsize=4096)
def _usual(columns: tuple[Column, ...], texts: tuple[str, ...]) -> tuple[Number | None, ...] | None:
    """The figures of a row of plain digits and blanks, one a column, as most rows are; ``None`` for any other."""
    if len(columns) != len(texts) or not all(not text or text.isdigit() for text in texts):
        return None
    return tuple(map(figure, texts, columns))


def read_grids(form: Form, grids: Iterable[tuple[int, Grid, int | None]], keyed: GridWords) -> Figures:
    """Cells of all tables of ``form`` in grids given as ``(position, grid, part in which it stands)``."""
    figures = Figures(form)
    learnt: dict[str, Learnt] = {}
    for position, grid, part in grids:
        words = keyed.of(grid.texts)
        rows = tuple(map(tuple, grid.rows))
        # The table of the part in which the grid stands; the others only where that one finds nothing.
        for index in sorted(table_indexes(form), key=lambda index: index.table.part != part):
            at_home = index.table.part == part
            if not at_home and index.vocabulary.isdisjoint(words):
                continue
            before = learnt.get(index.table.id, NOTHING) if at_home else NOTHING
            rows_placed, known = place(index, at_home, rows, keyed.shape(grid.texts), before)
            if at_home:
                learnt[index.table.id] = known
            found = [figures.enter(placed, grid) for placed in rows_placed]
            if any(found):
                figures.used.add(position)
                break
    return figures
