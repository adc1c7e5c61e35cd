"""The letter as DOCX, which names the official faces: 小标宋, 仿宋, and 宋体 for page numbers."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from gongkai.documents.letters.layout import (
    BOTTOM,
    HEAD_GAP,
    HEAD_PITCH,
    HEAD_TOP,
    LEFT,
    LINE_EMS,
    LINE_PITCH,
    MILLIMETRE,
    NUMBER_GAP,
    RED,
    RIGHT,
    RULE,
    RULE_BOTTOM,
    SIZE,
    THICK,
    TITLE_PITCH,
    TITLE_SIZE,
    TOP,
    Printed,
    lay_out,
    width,
)
from gongkai.documents.letters.letter import Letter
from gongkai.documents.write.docx import BODY, LATIN, NUMBER, TITLE
from gongkai.documents.write.layout import Made

TWIPS = 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DASH = "— "
_PAGE = (
    f'<w:t xml:space="preserve">{_DASH}</w:t>',
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
    "<w:t>2</w:t>",
    '<w:fldChar w:fldCharType="end"/>',
    f'<w:t xml:space="preserve">{_DASH[::-1]}</w:t>',
)
_SLACK = 1.0
"""Characters by which date and name have more room than they should need, in whatever face."""


def make_docx(letter: Letter) -> Made:
    """The file. Names and texts are set as text, none can be taken for markup."""
    import docx

    book = docx.Document()
    printed = lay_out(letter)
    _page(book)
    for name, face, size, pitch in (
        ("Normal", BODY, SIZE, LINE_PITCH),
        ("Title", TITLE, TITLE_SIZE, TITLE_PITCH),
        ("Body Text", BODY, SIZE, LINE_PITCH),
        ("Header", TITLE, printed.head_size, printed.head_size * HEAD_PITCH),
        ("Footer", NUMBER, 14, 14),
    ):
        _style(book, name, face, size, pitch)
    _frame(book, printed)
    _text(book, printed)
    _end(book, printed)
    _properties(book, letter)
    data = BytesIO()
    book.save(data)
    return Made(data.getvalue())


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
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(HEAD_TOP), Mm(RULE_BOTTOM)
    section.different_first_page_header_footer = True
    book.settings.odd_and_even_pages_header_footer = True


def _style(book: Any, name: str, face: str, size: float, pitch: float) -> None:
    """A style of the standard: face, size, exact line, black, no distance; python-docx's own are of another taste."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    made = book.styles[name]
    made.font.name, made.font.size, made.font.bold, made.font.italic = LATIN, Pt(size), False, False
    made.font.color.rgb = RGBColor(0, 0, 0)
    properties = made.element.get_or_add_rPr()
    fonts = properties.find(_name("w:rFonts"))
    fonts.attrib.clear()
    for key, value in (("w:ascii", LATIN), ("w:hAnsi", LATIN), ("w:cs", LATIN), ("w:eastAsia", face)):
        fonts.set(_name(key), value)
    for tag in ("w:spacing", "w:kern"):
        for old in properties.findall(_name(tag)):
            properties.remove(old)
    paragraph = made.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:tabs", "w:ind"):
        for old in paragraph.findall(_name(tag)):
            paragraph.remove(old)
    format = made.paragraph_format
    format.space_before = format.space_after = Pt(0)
    format.line_spacing_rule, format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(pitch)
    if name == "Normal":
        defaults = book.styles.element.find(f".//{_name('w:rPrDefault')}//{_name('w:lang')}")
        defaults.set(_name("w:eastAsia"), "zh-CN")


def _paragraph(
    home: Any, text: str, style: str, align: str, *, left: float = 0, right: float = 0, first: float = 0
) -> Any:
    """A paragraph with its indents in points; ``first``: of the first line, negative for a hanging one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = home.add_paragraph(text, style=style)
    format = made.paragraph_format
    format.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    format.left_indent, format.right_indent, format.first_line_indent = Pt(left), Pt(right), Pt(first)
    return made


def _frame(book: Any, printed: Printed) -> None:
    """Head and lines of the first page, page numbers of the others."""
    from docx.shared import Pt

    section = book.sections[0]
    # The lines reach beyond the type area: from 20 mm to 190 mm of the page.
    left, right = ((210 - RULE) / 2 - LEFT) * MILLIMETRE, ((210 - RULE) / 2 - RIGHT) * MILLIMETRE
    head, foot = section.first_page_header, section.first_page_footer
    for part in (head, foot, section.header, section.even_page_header, section.footer, section.even_page_footer):
        part.is_linked_to_previous = False
        for old in list(part.paragraphs):
            old._p.getparent().remove(old._p)
    for line in printed.head:
        made = _paragraph(head, line, "Header", "CENTER")
        made.runs[0].font.color.rgb = _red()
        made.paragraph_format.keep_together = True
    _rule(_paragraph(head, "", "Header", "LEFT", left=left, right=right), "thickThin", HEAD_GAP * MILLIMETRE)
    _rule(_paragraph(foot, "", "Footer", "LEFT", left=left, right=right), "thinThick", 1)
    for plain in (section.header, section.even_page_header):
        _paragraph(plain, "", "Footer", "LEFT")
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        made = _paragraph(footer, "", "Footer", side, left=14, right=14)
        for piece in _PAGE:
            made._p.append(_xml(f"<w:r {_W}>{piece}</w:r>"))
        # The dashes stand 7 mm below the type area, above the place of the first page's line.
        blank = _paragraph(footer, "", "Footer", "LEFT")
        blank.paragraph_format.line_spacing = Pt((BOTTOM - 7 - RULE_BOTTOM) * MILLIMETRE - 14)


def _red() -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(RED)


def _rule(paragraph: Any, kind: str, pitch: float) -> None:
    """A red double line below an empty paragraph of so many points; above it programs differ over which is thick."""
    from docx.shared import Pt

    paragraph.paragraph_format.line_spacing = Pt(pitch)
    border = f'<w:bottom w:val="{kind}SmallGap" w:sz="{round(THICK * 8)}" w:space="0" w:color="{RED}"/>'
    paragraph._p.get_or_add_pPr().insert_element_before(
        _xml(f"<w:pBdr {_W}>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _text(book: Any, printed: Printed) -> None:
    from docx.shared import Pt

    if printed.number is not None:
        number = _paragraph(book, printed.number, "Normal", "RIGHT")
        number.paragraph_format.space_before = Pt(NUMBER_GAP - (LINE_PITCH - SIZE) / 2)
    for _ in range(2):
        _paragraph(book, "", "Normal", "LEFT")
    title = _paragraph(book, "", "Title", "CENTER")
    for place, line in enumerate(printed.title):
        run = title.add_run()
        if place:
            run.add_break()
        run.add_text(line)
    title.paragraph_format.space_after = Pt(LINE_PITCH)
    _paragraph(book, printed.addressee, "Normal", "LEFT")
    for text in printed.body:
        _paragraph(book, text, "Body Text", "JUSTIFY", first=2 * SIZE)
    if printed.attachments:
        _paragraph(book, "", "Normal", "LEFT")
    first = _lead(printed.attachments[0][0]) if printed.attachments else 0.0
    for lead, text in printed.attachments:
        hanging = _lead(lead)
        left = (2 + max(first, hanging)) * SIZE
        _paragraph(book, lead + text, "Normal", "LEFT", left=left, first=-hanging * SIZE)


def _lead(lead: str) -> float:
    """Characters that 附件：1. takes: digits of the Latin face are half as wide as high, its full stop a quarter."""
    return sum({".": 0.25}.get(char, 0.5 if char.isascii() else 1.0) for char in lead)


def _end(book: Any, printed: Printed) -> None:
    """Date and name with room for a seal over both, never alone on a page, and the notes, kept with them."""
    from docx.shared import Pt

    last = book.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    half = max(map(width, (*printed.organ, printed.date))) / 2 + _SLACK
    half = min(half, printed.centre, LINE_EMS - printed.centre)
    right, left = (printed.centre - half) * SIZE, (LINE_EMS - printed.centre - half) * SIZE
    for text in ("", "", *printed.organ, printed.date):
        made = _paragraph(book, text, "Normal", "CENTER", left=left, right=right)
        made.paragraph_format.keep_with_next = text != printed.date or bool(printed.notes)
    for place, note in enumerate(printed.notes):
        made = _paragraph(book, note, "Normal", "LEFT", first=2 * SIZE)
        made.paragraph_format.space_before = Pt(LINE_PITCH if place == 0 else 0)
        made.paragraph_format.keep_with_next = place < len(printed.notes) - 1


def _properties(book: Any, letter: Letter) -> None:
    properties = book.core_properties
    properties.created = properties.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    properties.title, properties.author = letter.title[:255], letter.organ[:255]
    properties.last_modified_by = properties.comments = ""
    properties.subject = properties.keywords = "政府信息公开"
    properties.language = "zh-CN"
    # python-docx begins with a template that carries a picture of an empty page.
    package = book.part.package
    for id, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[id]
