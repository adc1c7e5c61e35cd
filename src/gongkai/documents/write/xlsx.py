"""The report as a workbook: a sheet a part, figures as numbers, charts on a sheet of their own."""

from decimal import Decimal
from io import BytesIO
from typing import Any

from gongkai.core.message import message
from gongkai.documents.write.layout import CHARTS_HEADING, Document, Made, Section, Unwritable
from gongkai.documents.write.table import PrintedTable, Slot
from gongkai.documents.write.xlsx_charts import add_charts, with_own_numbers

WIDTH = 82.0
"""Width of a sheet in characters of the standard font; it fills an A4 page."""
CELL_LIMIT = 32_767
"""Characters that a cell of Excel holds; XlsxWriter leaves out what is longer."""
EXACT = 15
"""Digits that a number of Excel keeps; a figure with more is written as text."""
TALLEST = 409.0
"""Greatest height of a row in points."""
PROSE_COLUMNS = 10
"""Over how many columns prose is merged on a sheet without a table."""
_LINE, _EMS = 19.0, 33
_BAD_NAME = str.maketrans("", "", "[]:*?/\\'")


def make(document: Document, name: str) -> Made:
    """The workbook. Raises ``Unwritable`` where a paragraph is longer than a cell can be."""
    import xlsxwriter

    data = BytesIO()
    for text in document.texts():
        if len(text) > CELL_LIMIT:
            raise Unwritable(message("writing.too-long", file=name, limit=CELL_LIMIT, found=text[:20]))
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
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
    base = {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"}
    edge = base | {"border": 1}
    return {
        "title": book.add_format(base | {"font_size": 18, "bold": True, "align": "center"}),
        "heading": book.add_format(base | {"font_name": "黑体", "font_size": 14, "align": "left"}),
        "prose": book.add_format(
            base | {"font_name": "仿宋", "font_size": 12, "align": "left", "valign": "top", "indent": 1}
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

    def fill(self, opening: tuple[str, tuple[str, ...]] | None) -> None:
        """Title and opening (first sheet only), heading, prose, tables; then how it prints."""
        sheet, section = self.sheet, self.section
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=1.1, right=1.02, top=1.46, bottom=1.38)
        sheet.set_footer("&C— &P —")
        widths = section.tables[0].widths if section.tables else [1 / PROSE_COLUMNS] * PROSE_COLUMNS
        for column in range(self.columns):
            sheet.set_column(column, column, WIDTH * widths[column] if column < len(widths) else WIDTH / self.columns)
        if opening:
            self._line(opening[0], "title", 36.0)
            for paragraph in opening[1]:
                self._line(paragraph, "prose")
        if section.heading:
            self._line(section.heading, "heading", 28.0)
        for paragraph in section.paragraphs:
            self._line(paragraph, "prose")
        for table in section.tables:
            self._table(table)

    def _line(self, text: str, kind: str, height: float | None = None) -> None:
        lines = -(-sum(1.0 if ord(char) > 0x2000 else 0.55 for char in text) // _EMS)
        self.sheet.set_row(self.row, height or min(TALLEST, _LINE * max(1.0, lines)))
        self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, "", self.formats[kind])
        self.sheet.write_string(self.row, 0, text, self.formats[kind])
        self.row += 1

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
        for row, height in _heights(table).items():
            self.sheet.set_row(self.row + row, height)
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


def _heights(table: PrintedTable) -> dict[int, float]:
    """Row heights by the most lines that a cell of one row needs: Excel does not fit rows with merged cells."""
    lines = dict.fromkeys(range(table.height), 1)
    for slot in table.slots:
        if slot.rowspan == 1:
            room = max(1.0, WIDTH / 2 * sum(table.widths[slot.column : slot.column + slot.colspan]) - 0.6)
            lines[slot.row] = max(lines[slot.row], round(-(-len(slot.text) // room)) if slot.kind != "figure" else 1)
    return {row: 6 + 15.0 * count for row, count in lines.items()}
