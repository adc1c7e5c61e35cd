"""The printed document that every format shares: title, opening, parts with their tables, charts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from gongkai.core.checks.sums import unread
from gongkai.core.message import Message, Told
from gongkai.core.tables.report import ABSENT, Cell, Report
from gongkai.documents.write.charts import Chart, charts
from gongkai.documents.write.prose import full_title, numeral, one_line, paragraphs
from gongkai.documents.write.table import PrintedTable, print_table, stands

CHARTS_HEADING = "附图"
"""Heading over the charts. Readers end the last part of the report there."""


class Unwritable(Told):
    """A document that cannot be written; ``message`` says why and what to do. Nothing has been left behind."""


class Made(NamedTuple):
    """A document as the bytes of its file, and warnings: a font or a character that is missing."""

    data: bytes
    warnings: tuple[Message, ...] = ()


class Section(NamedTuple):
    """A part with its heading as printed (``None`` for tables that stand before any part), prose, then tables."""

    heading: str | None
    paragraphs: tuple[str, ...]
    tables: tuple[PrintedTable, ...]


@dataclass(frozen=True)
class Document:
    """What is printed, in order.

    ``ending`` is how the form ends a title; ``was`` gives for each corrected cell what stood there before.
    """

    title: str
    ending: str
    agency: str
    year: int | None
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    was: dict[str, str]

    def title_lines(self, most: int) -> tuple[str, ...]:
        """The title on one line of at most ``most`` characters, else broken where its sense breaks: after the year."""
        cut = self.title.rfind(self.ending) if len(self.title) > most else 0
        return (self.title[:cut], self.title[cut:]) if cut > 0 else (self.title,)

    def texts(self) -> Iterator[str]:
        """Every text that is printed: title, paragraphs, headings, cells."""
        yield self.title
        yield from self.opening
        for section in self.sections:
            yield section.heading or ""
            yield from section.paragraphs
            yield from (slot.text for table in section.tables for slot in table.slots)


UNKNOWN = "？"
"""Printed for a figure that the reader could not make out: what stood there may belong to several cells."""


def _with_unknown_marked(report: Report) -> Report:
    unknown = unread(report)
    cells = {id: Cell(None, UNKNOWN) if id in unknown else cell for id, cell in report.cells.items()}
    return replace(report, cells=cells) if unknown else report


def lay_out(report: Report, history: Sequence[Report] = (), was: dict[str, str] | None = None) -> Document:
    """The document of a report; ``history`` are reports of other years, for charts over several years.

    A table stands in its part; where the report lacks that part, after the nearest part before it. A table of which
    the report has nothing is not printed.
    """
    report = _with_unknown_marked(report)
    tables: dict[int | None, list[PrintedTable]] = {}
    numbers = [part.number for part in report.parts]
    for table in report.form.tables:
        if stands(report.cells.get(cell, ABSENT) for cell in table.cells(alternatives=True)):
            home = max((number for number in numbers if number <= table.part), default=None)
            tables.setdefault(home, []).append(print_table(report, table))
    sections = []
    if None in tables:
        sections.append(Section(None, (), tuple(tables[None])))
    for part in report.parts:
        heading = one_line(part.heading) or f"{numeral(part.number)}、{one_line(part.title)}"
        sections.append(Section(heading, paragraphs(part.text), tuple(tables.pop(part.number, ()))))
    return Document(
        title=one_line(report.title) or full_title(report.agency, report.year, report.form.title),
        ending=report.form.title,
        agency=one_line(report.agency or ""),
        year=report.year,
        opening=paragraphs(report.opening),
        sections=tuple(sections),
        # They stand behind the last part; without one, readers would take them for the opening.
        charts=tuple(charts(report, history)) if report.parts else (),
        was=was or {},
    )
