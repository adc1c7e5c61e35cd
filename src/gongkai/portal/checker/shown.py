"""A report as it was read, every finding tied to its place: a cell, a sentence, a part."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.checks.finding import Finding, Severity
from gongkai.core.tables.report import Report
from gongkai.documents.write.layout import Section, lay_out
from gongkai.documents.write.table import PrintedTable, Slot, number_text
from gongkai.pages.language import words
from gongkai.pages.shapes import Badge, Tone
from gongkai.portal.checker.naming import cell_name, printed, table_name, term

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
    """A cell of a printed table; ``original``: its words are the Chinese of the form."""

    slot: Slot
    text: str
    original: bool
    anchor: str
    scope: str
    marks: Sequence[Mark]

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
    """Some text; with an ``anchor`` it is a sentence at fault."""

    text: str
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


def show(report: Report, findings: Sequence[Finding]) -> Shown:
    """The printed document of a report, with its findings in order."""
    document = lay_out(report)
    marks = {number: Mark(number, _word(report, finding)) for number, finding in enumerate(findings, 1)}
    of_cell: defaultdict[str, list[Mark]] = defaultdict(list)
    for number, finding in enumerate(findings, 1):
        if finding.cell:
            of_cell[finding.cell].append(marks[number])
    prose = _Prose({number: finding.quote for number, finding in enumerate(findings, 1) if finding.quote}, marks)
    opening = [prose.pieces(text) for text in document.opening]
    anchors = [f"part-{part.number}" for part in report.parts]
    if len(document.sections) > len(anchors):
        anchors.insert(0, "before-parts")  # tables that stand before any part
    parts = [
        _part(report, anchor if anchor not in anchors[:place] else "", document.sections[place], prose, of_cell)
        for place, anchor in enumerate(anchors)
    ]
    shown = {cell.anchor for part in parts for table in part.tables for line in table.lines for cell in line}
    places = shown.union(anchors)
    told = [_told(report, mark, findings[number - 1], places, prose.found) for number, mark in marks.items()]
    return Shown(document.title, opening, parts, told)


def _told(report: Report, mark: Mark, finding: Finding, anchors: set[str], found: Mapping[int, str]) -> Told:
    badge = Badge(words(f"terminal.{finding.rule.severity}"), TONES[finding.rule.severity])
    name = cell_name(report.form, finding.cell) if finding.cell else ""
    part = f"part-{finding.message.params.get('part_number')}"
    places = (_anchor(finding.cell) if finding.cell else "", found.get(mark.number, ""), part)
    place = next((each for each in places if each and (each in anchors or each in found.values())), "")
    if finding.rule.id == "title":
        place = "report-title"
    if not name:
        name = words("checker.place.sentence" if place in found.values() else "checker.place.report")
    return Told(mark.number, badge, finding, place, name, _sum(report, finding))


def _sum(report: Report, finding: Finding) -> str:
    """The sum that fails, with the figures that stand in it; nothing for findings of another kind."""
    same = (each for each in report.form.identities_of(finding.rule.id) if each.total == finding.cell)
    identity = next(same, None)
    if identity is None or identity.previous:
        return ""
    figures = report.figures
    signed = [("plus", cell) for cell in identity.plus] + [("minus", cell) for cell in identity.minus]
    terms = "".join(
        words(f"checker.{sign}", figure=number_text(figures[cell]), name=term(report.form, cell, identity.total))
        for sign, cell in signed
        if figures[cell]
    )
    found = report.value(identity.total)
    return words(
        "checker.sum",
        terms=terms.removeprefix(words("checker.plus.sign")) or "0",
        expected=finding.expected,
        found=words("terminal.blank") if found is None else number_text(found),
    )


def _word(report: Report, finding: Finding) -> Badge:
    """What stands at the place of a finding: that a sum does not hold there, else how grave it is."""
    rule = finding.rule
    if rule.id in report.form.sum_rules:
        return Badge(words("checker.mark.sum"), TONES[rule.severity])
    return Badge(words(f"terminal.{rule.severity}"), TONES[rule.severity])


def _part(
    report: Report, anchor: str, section: Section, prose: "_Prose", of_cell: Mapping[str, Sequence[Mark]]
) -> ShownPart:
    return ShownPart(
        anchor,
        section.heading or "",
        [prose.pieces(text) for text in section.paragraphs],
        [_table(report, table, of_cell) for table in section.tables],
    )


def _table(report: Report, table: PrintedTable, of_cell: Mapping[str, Sequence[Mark]]) -> ShownTable:
    lines = [[_cell(report, table, slot, of_cell) for slot in line] for line in table.lines()]
    return ShownTable(table_name(report.form, table.id), "down" if table.labels else "across", lines)


def _cell(report: Report, table: PrintedTable, slot: Slot, of_cell: Mapping[str, Sequence[Mark]]) -> ShownCell:
    if slot.cell:
        return ShownCell(slot, slot.text, True, _anchor(slot.cell), "", of_cell.get(slot.cell, ()))
    text, original = printed(report.form, slot)
    group = "group" if slot.kind == "block" or (slot.rowspan > 1 if slot.kind == "label" else slot.colspan > 1) else ""
    scope = ("row" if slot.kind in ("label", "block") else "col") + ("" if slot.kind == "corner" else group)
    return ShownCell(slot, text, original, "", scope if text else "", ())


def _anchor(cell: str) -> str:
    return "cell-" + cell.replace("/", "-")


class _Prose:
    """Finds the sentences at fault in the running text; each is marked where it first stands."""

    def __init__(self, quotes: Mapping[int, str], marks: Mapping[int, Mark]) -> None:
        self._quotes = {number: "".join(quote.split()) for number, quote in quotes.items()}
        self._marks = marks
        self.found: dict[int, str] = {}
        """The anchor of each finding whose sentence was found."""

    def pieces(self, text: str) -> list[Piece]:
        """A paragraph, the sentences at fault apart."""
        close, at = "", []
        for place, char in enumerate(text):
            if not char.isspace():
                close += char
                at.append(place)
        spans: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, quote in self._quotes.items():
            start = close.find(quote) if quote and number not in self.found else -1
            if start >= 0:
                spans[at[start], at[start + len(quote) - 1] + 1].append(number)
        pieces: list[Piece] = []
        anchor, done = "", 0
        for (start, end), numbers in sorted(spans.items()):
            within = start < done  # of a sentence that is marked already
            anchor = anchor if within else f"sentence-{numbers[0]}"
            self.found.update((number, anchor) for number in numbers)
            if within:
                continue
            pieces += [Piece(text[done:start]), Piece(text[start:end], anchor, [self._marks[n] for n in numbers])]
            done = end
        return [*pieces, Piece(text[done:])]
