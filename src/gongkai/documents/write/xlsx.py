"""The report as a workbook: a sheet a part, figures as numbers, charts on a sheet of their own."""

from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from gongkai.core.message import message
from gongkai.documents.write.layout import CHARTS_HEADING, Document, Made, Section, Unwritable
from gongkai.documents.write.table import PrintedTable, Slot
from gongkai.documents.write.xlsx_charts import add_charts, with_own_numbers
from gongkai.documents.write.xlsx_rows import TABLE_SIZE, height, table_heights

STANDARD = {"font_name": "Arial", "font_size": 10}
"""The standard font, in whose digits Excel measures columns: it or a twin of its width is everywhere."""
WIDTH = 82.0
"""Width of a sheet in characters of the standard font; it fills an A4 page."""
CELL_LIMIT = 32_767
"""Characters that a cell of Excel holds; XlsxWriter leaves out what is longer."""
EXACT = 15
"""Digits that a number of Excel keeps; a figure with more is written as text."""
TALLEST = 409.0
"""Greatest height of a row in points."""
DIGIT, BESIDE, PIXEL = 7, 5, 0.75
"""Pixels of a character of the standard font, pixels that a column has besides, and points of a pixel."""
INDENT = 8.0
"""Points by which prose is indented."""
PROSE_COLUMNS = 10
"""Over how many columns prose is merged on a sheet without a table."""
TITLE, HEADING, PROSE = 18, 14, 12
"""Type sizes in points of what stands above and between the tables."""
GAPS = {"title": 16.0, "heading": 10.0, "prose": 4.0}
"""Points between a text and what follows it; a heading has half of its own above."""
_BAD_NAME = str.maketrans("", "", "[]:*?/\\'")


def make(document: Document, name: str) -> Made:
    """The workbook. Raises ``Unwritable`` where a paragraph is longer than a cell can be."""
    import xlsxwriter

    data = BytesIO()
    for text in document.texts():
        if len(text) > CELL_LIMIT:
            raise Unwritable(message("writing.too-long", file=name, limit=CELL_LIMIT, found=text[:20]))
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(data, options | {"default_format_properties": STANDARD})
    book.set_properties({"title": document.title, "author": document.agency, "subject": "政府信息公开工作年度报告"})
    book.set_calc_mode("auto")
    formats = _formats(book)
    sections = document.sections or (Section(None, (), ()),)
    names: set[str] = set()
    for number, section in enumerate(sections):
        sheet = book.add_worksheet(_name(section.heading or "报告", names))
        opening = (document.title, document.opening) if number == 0 else None
        _Sheet(sheet, section, formats, document.was).fill(opening)
    if document.charts:
        add_charts(book, document.charts, _name(CHARTS_HEADING, names))
    book.close()
    return Made(with_own_numbers(data.getvalue()) if document.charts else data.getvalue())


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": TABLE_SIZE, "text_wrap": True, "valign": "vcenter"}
    edge = base | {"border": 1}
    return {
        "title": book.add_format(base | {"font_size": TITLE, "bold": True, "align": "center", "valign": "top"}),
        "heading": book.add_format(base | {"font_name": "黑体", "font_size": HEADING, "align": "left"}),
        "prose": book.add_format(
            base | {"font_name": "仿宋", "font_size": PROSE, "align": "left", "valign": "top", "indent": 1}
        ),
        "block": book.add_format(edge | {"bold": True, "align": "center"}),
        "corner": book.add_format(edge | {"align": "center"}),
        "head": book.add_format(edge | {"align": "center"}),
        "label": book.add_format(edge | {"align": "left"}),
        "figure": book.add_format(edge | {"align": "center", "num_format": "General"}),
    }


def _name(heading: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel refuses, none twice."""
    plain = heading.translate(_BAD_NAME).strip()[:28] or "报告"
    name, count = plain, 1
    while name.lower() in taken or name.lower() == "history":
        count += 1
        name = f"{plain}{count}"
    taken.add(name.lower())
    return name


class _Sheet:
    """One sheet being filled from the top."""

    def __init__(self, sheet: Any, section: Section, formats: dict[str, Any], was: dict[str, str]) -> None:
        self.sheet, self.section, self.formats, self.was = sheet, section, formats, was
        self.row = 0
        self.columns = max((table.width for table in section.tables), default=PROSE_COLUMNS)
        shares = section.tables[0].widths if section.tables else ()
        rest = [1 / self.columns] * (self.columns - len(shares))
        self.widths = [WIDTH * share for share in (*shares, *rest)]
        self.points = [(width * DIGIT + BESIDE) * PIXEL for width in self.widths]

    def fill(self, opening: tuple[str, tuple[str, ...]] | None) -> None:
        """Title and opening (first sheet only), heading, prose, tables; then how it prints."""
        sheet, section = self.sheet, self.section
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=1.1, right=1.02, top=1.46, bottom=1.38)
        sheet.set_footer("&C— &P —")
        for column, width in enumerate(self.widths):
            sheet.set_column(column, column, width)
        if opening:
            self._line(opening[0], "title", TITLE)
            for paragraph in opening[1]:
                self._line(paragraph, "prose", PROSE)
        if section.heading:
            self._line(section.heading, "heading", HEADING)
        for paragraph in section.paragraphs:
            self._line(paragraph, "prose", PROSE)
        for table in section.tables:
            self._table(table)

    def _line(self, text: str, kind: str, size: float) -> None:
        room = sum(self.points) - (INDENT if kind == "prose" else 0.0)
        points = height(text, size, room, GAPS[kind])
        # A paragraph that is taller than a row can be goes over several.
        last = self.row + ceil(points / TALLEST) - 1
        for row in range(self.row, last + 1):
            self.sheet.set_row(row, points / (last + 1 - self.row))
        self.sheet.merge_range(self.row, 0, last, self.columns - 1, "", self.formats[kind])
        self.sheet.write_string(self.row, 0, text, self.formats[kind])
        self.row = last + 1

    def _table(self, table: PrintedTable) -> None:
        # A blank row keeps the table apart from what stands above it.
        self.row += 1
        for slot in table.slots:
            first, last = self.row + slot.row, self.row + slot.row + slot.rowspan - 1
            if slot.rowspan > 1 or slot.colspan > 1:
                self.sheet.merge_range(
                    first, slot.column, last, slot.column + slot.colspan - 1, "", self.formats[slot.kind]
                )
            self._write(first, slot)
        for row, points in table_heights(table, self.points).items():
            self.sheet.set_row(self.row + row, points)
        if table.repeats and len(self.section.tables) == 1:
            self.sheet.repeat_rows(self.row, self.row + table.head - 1)
            if not self.section.paragraphs and self.row < 4:
                self.sheet.freeze_panes(self.row + table.head, table.labels)
        self.row += table.height

    def _write(self, row: int, slot: Slot) -> None:
        style = self.formats[slot.kind]
        number = _number(slot.text) if slot.kind == "figure" else None
        if number is not None:
            self.sheet.write_number(row, slot.column, number, style)
        else:
            # A blank figure is an empty text, not an empty cell: readers drop rows at the end that have only those.
            self.sheet.write_string(row, slot.column, slot.text, style)
        if slot.cell in self.was:
            self.sheet.write_comment(row, slot.column, f"原为：{self.was[slot.cell] or '空白'}")


def _number(text: str) -> float | None:
    """The number that a figure's digits say, where Excel would show the same digits again."""
    digits = text.removeprefix("-")
    if not digits.replace(".", "", 1).isdecimal() or not digits.isascii() or len(digits.replace(".", "")) > EXACT:
        return None
    number = float(text)
    shown = format(Decimal(repr(number)), "f").removesuffix(".0")
    return number if shown == text and shown != "-0" else None
