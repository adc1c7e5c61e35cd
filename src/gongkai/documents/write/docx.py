"""The report as DOCX in the layout of GB/T 9704: official faces by name, real headings, real tables.

A4, margins 37 35 28 26 mm, 仿宋 三号, lines of 28.95 pt (22 a page), headings in 黑体, subheadings in 楷体, page
numbers in 四号 宋体 at the outer edge.
"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from gongkai.core.message import Message, message
from gongkai.documents.write.layout import CHARTS_HEADING, Document, Made
from gongkai.documents.write.prose import subheading
from gongkai.documents.write.table import LINE, PrintedTable, Slot

BODY, TITLE, HEADING, SUBHEADING, NUMBER = "仿宋", "方正小标宋简体", "黑体", "楷体", "宋体"
LATIN = "Times New Roman"
TITLE_CHARACTERS = 20
"""What one line holds in 二号 (22 pt)."""
LINE_PITCH = 28.95
GAP = 6
"""Points between a heading and the table or the chart below it."""
TWIPS = 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make(document: Document, name: str) -> Made:
    """The file, which names the official fonts. Warns of charts left out where pictures cannot be made."""
    import docx

    book = docx.Document()
    _page(book)
    _styles(book)
    _properties(book, document)
    title = book.add_paragraph(style="Title")
    for place, line in enumerate(document.title_lines(TITLE_CHARACTERS)):
        run = title.add_run(line)
        if place:
            run._r.insert(0, run._r.makeelement(_name("w:br")))
    for paragraph in document.opening:
        _prose(book, paragraph)
    for section in document.sections:
        if section.heading:
            _heading(book, section.heading, above=bool(section.tables) and not section.paragraphs)
        for paragraph in section.paragraphs:
            _prose(book, paragraph)
        for table in section.tables:
            _table(book, table, document)
    warnings = _charts(book, document, name)
    data = BytesIO()
    book.save(data)
    return Made(data.getvalue(), warnings)


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


def _page(book: Any) -> None:
    from docx.shared import Mm

    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The number's line (14 pt) ends so that its dashes stand 7 mm below the type area.
    section.footer_distance = Mm(35 - 7 - 5)
    book.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = book.styles["Footer"]
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            _xml(f'<w:ind {_W} w:leftChars="100" w:left="280" w:rightChars="100" w:right="280" w:firstLine="0"/>')
        )
        properties.append(_xml(f'<w:jc {_W} w:val="{side}"/>'))
        for piece in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        ):
            paragraph._p.append(_xml(f"<w:r {_W}>{piece}</w:r>"))


def _styles(book: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    def style(
        name: str, face: str, size: float, *, indent: bool = False, align: Any = None, line: float | None = LINE_PITCH
    ) -> Any:
        known = [other.name for other in book.styles]
        made = book.styles[name] if name in known else book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        font = made.font
        font.name, font.size, font.bold, font.italic = LATIN, Pt(size), False, False
        font.color.rgb = RGBColor(0, 0, 0)
        properties = made.element.get_or_add_rPr()
        fonts = properties.find(_name("w:rFonts"))
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for key, value in (("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:cs", LATIN), ("w:eastAsia", face)):
            fonts.set(_name(key), value)
        for spacing in properties.findall(_name("w:spacing")) + properties.findall(_name("w:kern")):
            properties.remove(spacing)
        format = made.paragraph_format
        format.space_before = format.space_after = Pt(0)
        format.line_spacing_rule = WD_LINE_SPACING.EXACTLY if line else WD_LINE_SPACING.SINGLE
        if line:
            format.line_spacing = Pt(line)
        format.alignment = align
        paragraph = made.element.get_or_add_pPr()
        for border in paragraph.findall(_name("w:pBdr")):
            paragraph.remove(border)
        for old in paragraph.findall(_name("w:ind")):
            paragraph.remove(old)
        chars, twips = (200, int(size * 2 * TWIPS)) if indent else (0, 0)
        made.paragraph_format.first_line_indent = Pt(twips / TWIPS)
        paragraph.find(_name("w:ind")).set(_name("w:firstLineChars"), str(chars))
        return made

    justify = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal = style("Normal", BODY, 16, align=justify)
    language = normal.element.get_or_add_rPr().find(_name("w:lang"))
    if language is None:
        normal.element.get_or_add_rPr().append(_xml(f'<w:lang {_W} w:val="en-US" w:eastAsia="zh-CN"/>'))
    defaults = book.styles.element.find(f".//{_name('w:rPrDefault')}//{_name('w:lang')}")
    if defaults is not None:
        defaults.set(_name("w:eastAsia"), "zh-CN")
    style("Title", TITLE, 22, align=WD_ALIGN_PARAGRAPH.CENTER, line=35).paragraph_format.space_after = Pt(LINE_PITCH)
    style("Body Text", BODY, 16, indent=True, align=justify)
    style("Heading 1", HEADING, 16, indent=True, align=WD_ALIGN_PARAGRAPH.LEFT).paragraph_format.keep_with_next = True
    style("Caption", BODY, 12, align=WD_ALIGN_PARAGRAPH.CENTER, line=None)
    style("Table Gap", BODY, 5, line=10)
    style("Footer", NUMBER, 14, line=None)
    picture = style("Picture", BODY, 12, align=WD_ALIGN_PARAGRAPH.CENTER, line=None)
    picture.paragraph_format.keep_with_next = True


def _properties(book: Any, document: Document) -> None:
    properties = book.core_properties
    properties.created = properties.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    properties.title = document.title[:255]
    properties.author = document.agency[:255]
    properties.last_modified_by = ""
    properties.subject = "政府信息公开工作年度报告"
    properties.keywords = "政府信息公开"
    properties.language = "zh-CN"
    properties.comments = ""
    # python-docx begins with a template that carries a picture of an empty page.
    package = book.part.package
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[id]


def _heading(book: Any, text: str, *, above: bool) -> None:
    """A heading; ``above``: what stands right below it is no prose, whose lines keep their own distance."""
    from docx.shared import Pt

    made = book.add_paragraph(text, style="Heading 1")
    if above:
        made.paragraph_format.space_after = Pt(GAP)


def _prose(book: Any, paragraph: str) -> None:
    made = book.add_paragraph(style="Body Text")
    cut = subheading(paragraph)
    if cut:
        run = made.add_run(paragraph[:cut])
        run._r.get_or_add_rPr().get_or_add_rFonts().set(_name("w:eastAsia"), SUBHEADING)
    if paragraph[cut:]:
        made.add_run(paragraph[cut:])


def _table(book: Any, table: PrintedTable, document: Document) -> None:
    from xml.sax.saxutils import escape

    twips = [round(width * LINE * TWIPS) for width in table.widths]
    size = max(2, round(table.size * 2))

    def cell(slot: Slot | None, column: int, span: int) -> str:
        """One ``w:tc``: a slot where it begins, else (``None``) the lower part of a merged one."""
        merge = "" if slot and slot.rowspan == 1 else '<w:vMerge w:val="restart"/>' if slot else "<w:vMerge/>"
        grid = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        width = sum(twips[column : column + span])
        align = "left" if slot and slot.kind == "label" else "center"
        face = f'<w:rFonts w:eastAsia="{HEADING}"/>' if slot and slot.kind == "block" else ""
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in (slot.text.split("\n") if slot else [])
        )
        run = f'<w:r><w:rPr>{face}<w:sz w:val="{size}"/></w:rPr>{lines}</w:r>' if slot and slot.text else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid}{merge}<w:vAlign w:val="center"/></w:tcPr>'
            # Kept with the next line throughout: a table stands on one page where it fits, because a label of many
            # rows would be missing on the second of two.
            f'<w:p><w:pPr><w:keepNext/><w:spacing w:line="{round(size * 13.5)}" w:lineRule="exact"/>'
            f'<w:jc w:val="{align}"/>'
            f'<w:rPr><w:sz w:val="{size}"/></w:rPr></w:pPr>{run}</w:p></w:tc>'
        )

    # Which slot covers each place, so that merged cells are closed in the rows below.
    covering: dict[tuple[int, int], Slot] = {}
    for slot in table.slots:
        for row in range(slot.row, slot.row + slot.rowspan):
            covering[row, slot.column] = slot
    rows = []
    for row in range(table.height):
        cells, column = [], 0
        while column < table.width:
            slot = covering[row, column]
            cells.append(cell(slot if slot.row == row else None, column, slot.colspan))
            column += slot.colspan
        header = "<w:tblHeader/>" if table.repeats and row < table.head else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>")
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    made = _xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
        f'<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    body = book.element.body
    body.insert(len(body) - 1, made)
    # Word would join two tables that follow each other without a paragraph between.
    book.add_paragraph(style="Table Gap")
    _remarks(book, table, made, document)


def _remarks(book: Any, table: PrintedTable, made: Any, document: Document) -> None:
    """A comment at each corrected figure, saying what stood there."""
    if not document.was:
        return
    from docx.text.run import Run

    rows = made.findall(_name("w:tr"))
    for slot in table.slots:
        if slot.cell in document.was:
            column = 0
            for cell in rows[slot.row].findall(_name("w:tc")):
                if column == slot.column:
                    for run in cell.iter(_name("w:r")):
                        text = f"原为：{document.was[slot.cell] or '空白'}"
                        book.add_comment(Run(run, book._body), text=text, author="gongkai", initials="g")
                        break
                span = cell.find(f"{_name('w:tcPr')}/{_name('w:gridSpan')}")
                column += int(span.get(_name("w:val"))) if span is not None else 1


def _charts(book: Any, document: Document, name: str) -> tuple[Message, ...]:
    if not document.charts:
        return ()
    from docx.shared import Mm

    from gongkai.documents.write.typesetter import picture_width, png

    try:
        pictures = [png(chart.svg) for chart in document.charts]
    except ModuleNotFoundError:
        # Pictures need the typesetter, which the words and tables of a DOCX do without.
        return (message("writing.charts-left-out", file=name),)
    _heading(book, CHARTS_HEADING, above=True)
    for chart, picture in zip(document.charts, pictures, strict=True):
        paragraph = book.add_paragraph(style="Picture")
        paragraph.add_run().add_picture(BytesIO(picture), width=Mm(picture_width(chart.shape)))
        shape = next(paragraph._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
        shape.set("title", chart.title)
        shape.set("descr", f"{chart.title}：{chart.description}")
        book.add_paragraph(chart.title, style="Caption")
    return ()
