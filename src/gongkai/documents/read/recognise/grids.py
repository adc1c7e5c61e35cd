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
from gongkai.documents.read.recognise.placing import Placed, place
from gongkai.documents.read.recognise.rows import fill, sums
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
        if min([strength.get(row, 0) for row in placed.rows]) >= placed.strength:
            return False
        strength.update(dict.fromkeys(placed.rows, placed.strength))
        texts = [grid.texts[cell] if cell >= 0 else "" for cell in placed.cells]
        places = [grid.places[cell] for cell in placed.cells]
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


@lru_cache(maxsize=4096)
def _usual(columns: tuple[Column, ...], texts: tuple[str, ...]) -> tuple[Number | None, ...] | None:
    """The figures of a row of plain digits and blanks, one a column, as most rows are; ``None`` for any other."""
    if len(columns) != len(texts) or not all(not text or text.isdigit() for text in texts):
        return None
    return tuple(map(figure, texts, columns))


def read_grids(form: Form, grids: Iterable[tuple[int, Grid, int | None]], keyed: GridWords) -> Figures:
    """Cells of all tables of ``form`` in grids given as ``(position, grid, part in which it stands)``."""
    figures = Figures(form)
    for position, grid, part in grids:
        words = keyed.of(grid.texts)
        rows = tuple(map(tuple, grid.rows))
        # The table of the part in which the grid stands; the others only where that one finds nothing.
        for index in sorted(table_indexes(form), key=lambda index: index.table.part != part):
            at_home = index.table.part == part
            if not at_home and index.vocabulary.isdisjoint(words):
                continue
            found = [figures.enter(placed, grid) for placed in place(index, at_home, rows, keyed.shape(grid.texts))]
            if any(found):
                figures.used.add(position)
                break
    return figures
