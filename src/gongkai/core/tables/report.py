"""A report as it was read: figures with what was printed and where, parts as text, problems of reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gongkai.core.message import Message
from gongkai.core.tables.form import Form

Number = int | Decimal
"""A figure: an integer where it is whole, else an exact decimal. Never a float."""


class Place(NamedTuple):
    """Where something stood in its source; whatever a format does not know is ``None``. All count from 1.

    ``page`` (PDF), ``sheet`` (spreadsheets), ``table`` (the n-th grid of the source), ``row`` and ``column``
    within it, ``line`` (text files) or the n-th paragraph of a document.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None


class Cell(NamedTuple):
    """One figure. ``value`` is null for a blank, a dash or anything that is not one number.

    ``printed`` is what stood there: ``""`` for a blank, ``None`` where the report has no such cell at all.
    """

    value: Number | None
    printed: str | None = None
    place: Place | None = None


ABSENT = Cell(None)


class ReportPart(NamedTuple):
    """A part of the report as prose, its tables left out.

    ``number`` is that of the form's part (1–6), also where the report numbers it otherwise; ``title`` the heading
    without its number; ``text`` paragraphs joined by ``\\n``; ``heading`` the whole heading as printed.
    """

    number: int
    title: str
    text: str
    heading: str = ""


@dataclass(frozen=True)
class Report:
    """What one published report says.

    ``cells`` holds every cell of the form (``ABSENT`` where the report lacks it); a row printed in place of others
    (``other.all``) only where it stands. ``title`` is the heading as printed, joined to one line; ``opening`` the text
    between it and part one. ``problems`` say what could not be read with certainty.
    """

    source: str
    form: Form
    agency: str | None
    year: int | None
    title: str
    opening: str
    parts: tuple[ReportPart, ...]
    cells: Mapping[str, Cell]
    problems: tuple[Message, ...] = field(default=())

    @cached_property
    def figures(self) -> Mapping[str, Number]:
        """The figure of every cell that the form may have, 0 for a blank or absent one: what sums are made of."""
        found: dict[str, Number] = dict.fromkeys(self.form.types, 0)
        for id, cell in self.cells.items():
            if cell.value:
                found[id] = cell.value
        return found

    def value(self, cell: str) -> Number | None:
        """The figure of a cell, or ``None`` for a blank or absent one."""
        found = self.cells.get(cell)
        return found.value if found else None

    def part(self, number: int) -> ReportPart | None:
        """The part with this number of the form, if the report has it."""
        return next((part for part in self.parts if part.number == number), None)

    def has_table(self, table: str) -> bool:
        """Whether any cell of the table was found, blank or not."""
        ids = self.form.by_table[table].cells(alternatives=True)
        return any(self.cells.get(id, ABSENT)[:2] != (None, None) for id in ids)
