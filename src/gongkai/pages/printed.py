"""A report as its form prints it, on every page that shows one: each finding at its place (a cell, a sentence, a part),
each figure leading to what it counts, beside it what changed since another version, or what last year's was.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from gongkai.core.checks.finding import Finding, Severity
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import ABSENT, Report, ReportPart
from gongkai.documents.write.layout import lay_out
from gongkai.documents.write.prose import paragraphs
from gongkai.documents.write.table import PrintedTable, Slot, cell_text, number_text
from gongkai.pages.compare import Run, compare
from gongkai.pages.language import lang, words
from gongkai.pages.naming import cell_name, printed, table_name, term
from gongkai.pages.shapes import Badge, Tone
from gongkai.services.report.names import part_name

TONES: Mapping[Severity, Tone] = {"error": "due", "warning": "warning", "notice": "primary"}


class Told(NamedTuple):
    """A finding in the list: ``place`` is the anchor to which it leads, if it has a place."""

    number: int
    badge: Badge
    finding: Finding
    place: str
    place_name: str
    sum: str


class Mark(NamedTuple):
    """A finding at its place, in one word."""

    number: int
    badge: Badge


class ShownCell(NamedTuple):
    """A cell of a printed table; ``original``: its words are the Chinese of the form. ``url``: what its figure counts;
    ``last``: last year's figure, in words.
    """

    slot: Slot
    runs: Sequence[Run]
    original: bool
    anchor: str
    scope: str
    marks: Sequence[Mark]
    url: str = ""
    last: str = ""

    @property
    def tone(self) -> str:
        """How a cell with findings is coloured; beside it stands the word."""
        return self.marks[0].badge.tone if self.marks else ""


class ShownTable(NamedTuple):
    """A table as it is printed."""

    name: str
    kind: str
    lines: Sequence[Sequence[ShownCell]]


class Piece(NamedTuple):
    """Some text with its changes; with an ``anchor`` it is a sentence at fault."""

    runs: Sequence[Run]
    anchor: str = ""
    marks: Sequence[Mark] = ()


class ShownPart(NamedTuple):
    """A part: its heading, paragraphs as pieces, tables."""

    anchor: str
    heading: str
    paragraphs: Sequence[Sequence[Piece]]
    tables: Sequence[ShownTable]


class Shown(NamedTuple):
    """The report and its findings, as the page shows them beside each other."""

    title: str
    opening: Sequence[Sequence[Piece]]
    parts: Sequence[ShownPart]
    told: Sequence[Told]


class Beside(NamedTuple):
    """What stands beside a report: the address of what a cell counts, an earlier version, last year's report."""

    links: Mapping[str, str] = MappingProxyType({})
    before: Report | None = None
    last: Report | None = None


NOTHING = Beside()
OPENING = 0
"""Stands for the opening among the numbers of parts."""


def show(report: Report, findings: Sequence[Finding] = (), beside: Beside = NOTHING) -> Shown:
    """The printed document of a report, with its findings in order and what stands beside it."""
    document = lay_out(report)
    marks = {number: Mark(number, _badge(finding)) for number, finding in enumerate(findings, 1)}
    of_cell: defaultdict[str, list[Mark]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        if finding.cell:
            of_cell[finding.cell].append(marks[number])
    prose = _Prose({number: finding.quote for number, finding in enumerate(findings, 1) if finding.quote}, marks)
    was = None if beside.before is None else _texts(beside.before)
    opening = prose.paragraphs(document.opening, None if was is None else was[OPENING])
    anchors = [f"part-{part.number}" for part in report.parts]
    if len(document.sections) > len(anchors):
        anchors.insert(0, "before-parts")  # tables that stand before any part
    figures = _Figures(report, beside, of_cell)
    numbers = [None] * (len(anchors) - len(report.parts)) + [part.number for part in report.parts]
    parts = [
        ShownPart(
            anchor if anchor not in anchors[:place] else "",
            section.heading or "",
            prose.paragraphs(section.paragraphs, None if was is None else was.get(number, ())),
            [figures.table(table) for table in section.tables],
        )
        for place, (anchor, number, section) in enumerate(zip(anchors, numbers, document.sections, strict=True))
    ]
    shown = {cell.anchor for part in parts for table in part.tables for line in table.lines for cell in line}
    places = shown.union(anchors, prose.found.values())
    told = [
        _told(report, mark, findings[number - 1], places, prose.found.get(number, "")) for number, mark in marks.items()
    ]
    return Shown(document.title, opening, parts, told)


def _told(report: Report, mark: Mark, finding: Finding, anchors: set[str], sentence: str) -> Told:
    name = cell_name(report.form, finding.cell) if finding.cell else ""
    part = f"part-{finding.message.params.get('part_number')}"
    places = (_anchor(finding.cell) if finding.cell else "", sentence, part)
    place = next((each for each in places if each and each in anchors), "")
    if finding.rule.id == "title":
        place = "report-title"
    if not name and place == part:
        name = next(_title(report.form, each) for each in report.parts if part == f"part-{each.number}")
    if not name:
        name = words("printed.place.sentence" if place and place == sentence else "printed.place.report")
    return Told(mark.number, mark.badge, finding, place, name, _sum(report, finding))


def _title(form: Form, part: ReportPart) -> str:
    """A part as the report calls it, or in English as its form does."""
    known = lang() == "en" and any(each.number == part.number for each in form.parts)
    return part_name(form, part.number, "en") if known else part.title


def _sum(report: Report, finding: Finding) -> str:
    """The sum that fails, with the figures that stand in it; nothing for findings of another kind."""
    same = (each for each in report.form.identities_of(finding.rule.id) if each.total == finding.cell)
    identity = next(same, None)
    if identity is None or identity.previous:
        return ""
    figures = report.figures
    signed = [("plus", cell) for cell in identity.plus] + [("minus", cell) for cell in identity.minus]
    terms = "".join(
        words(f"printed.{sign}", figure=number_text(figures[cell]), name=term(report.form, cell, identity.total))
        for sign, cell in signed
        if figures[cell]
    )
    found = report.value(identity.total)
    return words(
        "printed.sum",
        terms=terms.removeprefix(words("printed.plus.sign")) or "0",
        expected=finding.expected,
        found=words("terminal.blank") if found is None else number_text(found),
    )


def _badge(finding: Finding) -> Badge:
    """How grave a finding is, the same word at its place and in the list."""
    return Badge(words(f"terminal.{finding.rule.severity}"), TONES[finding.rule.severity])


def _texts(report: Report) -> dict[int | None, tuple[str, ...]]:
    """The paragraphs of the opening and of every part."""
    return {OPENING: paragraphs(report.opening), **{part.number: paragraphs(part.text) for part in report.parts}}


class _Figures:
    """The cells of the tables, with all that stands at a figure."""

    def __init__(self, report: Report, beside: Beside, marks: Mapping[str, Sequence[Mark]]) -> None:
        self._report, self._beside, self._marks = report, beside, marks

    def table(self, table: PrintedTable) -> ShownTable:
        """A table as it is printed."""
        lines = [
            [self._figure(slot) if slot.cell else self._head(table, slot) for slot in line] for line in table.lines()
        ]
        return ShownTable(table_name(self._report.form, table.id), "down" if table.labels else "across", lines)

    def _figure(self, slot: Slot) -> ShownCell:
        cell = slot.cell or ""
        runs = [Run("same", slot.text)]
        before, last = self._beside.before, self._beside.last
        if before is not None and (was := cell_text(before.cells.get(cell, ABSENT))) != slot.text:
            runs = [Run("removed", was or words("terminal.blank")), Run("added", slot.text or words("terminal.blank"))]
        marks, url = self._marks.get(cell, ()), self._beside.links.get(cell, "")
        return ShownCell(slot, runs, True, _anchor(cell), "", marks, url, self._last(cell, last) if last else "")

    def _last(self, cell: str, last: Report) -> str:
        """Last year's figure where it is another; nothing where that form had no such cell."""
        was = last.value(cell)
        return (
            ""
            if was is None or was == self._report.figures.get(cell)
            else words("printed.last", figure=number_text(was))
        )

    def _head(self, table: PrintedTable, slot: Slot) -> ShownCell:
        text, original = printed(self._report.form, slot)
        long = slot.rowspan if slot.kind == "label" else slot.colspan
        group = "group" if slot.kind == "block" or long > 1 else ""
        scope = ("row" if slot.kind in ("label", "block") else "col") + ("" if slot.kind == "corner" else group)
        return ShownCell(slot, [Run("same", text)] if text else [], original, "", scope if text else "", ())


def _anchor(cell: str) -> str:
    return "cell-" + cell.replace("/", "-")


class _Prose:
    """Finds the sentences at fault in the running text; each is marked where it first stands."""

    def __init__(self, quotes: Mapping[int, str], marks: Mapping[int, Mark]) -> None:
        self._quotes = {number: "".join(quote.split()) for number, quote in quotes.items()}
        self._marks = marks
        self.found: dict[int, str] = {}
        """The anchor of each finding whose sentence was found."""

    def paragraphs(self, after: Sequence[str], before: Sequence[str] | None) -> list[list[Piece]]:
        """Paragraphs with what changed in them, the sentences at fault apart."""
        compared = compare(None if before is None else "\n".join(before), "\n".join(after))
        return [self._pieces(runs) for runs in compared]

    def _pieces(self, runs: Sequence[Run]) -> list[Piece]:
        text = "".join(run.text for run in runs if run.kind != "removed")
        close, at = "", []
        for place, char in enumerate(text):
            if not char.isspace():
                close += char
                at.append(place)
        spans: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, quote in self._quotes.items():
            start = close.find(quote) if quote else -1
            if start >= 0:
                spans[at[start], at[start + len(quote) - 1] + 1].append(number)
        for number in (number for numbers in spans.values() for number in numbers):
            del self._quotes[number]
        pieces: list[Piece] = []
        anchor, done = "", 0
        for (start, end), numbers in sorted(spans.items()):
            within = start < done  # of a sentence that is marked already
            anchor = anchor if within else f"sentence-{numbers[0]}"
            self.found.update((number, anchor) for number in numbers)
            if within:
                continue
            marks = [self._marks[number] for number in numbers]
            pieces += [Piece(_cut(runs, done, start)), Piece(_cut(runs, start, end), anchor, marks)]
            done = end
        return [*pieces, Piece(_cut(runs, done, None))]


def _cut(runs: Sequence[Run], start: int, end: int | None) -> list[Run]:
    """What stands from one character of the new text to another; what was taken out stands where it was."""
    found, at = [], 0
    for run in runs:
        if run.kind == "removed":
            if start <= at and (end is None or at < end):
                found.append(run)
            continue
        text = run.text[max(0, start - at) : None if end is None else max(0, end - at)]
        if text:
            found.append(Run(run.kind, text))
        at += len(run.text)
    return found
