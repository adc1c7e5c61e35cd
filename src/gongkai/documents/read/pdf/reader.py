"""A PDF file into paragraphs and grids."""

import re
from collections.abc import Iterator, Sequence
from ctypes import create_string_buffer
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.core.message import Message, message
from gongkai.core.tables.report import Place
from gongkai.documents.read.limits import MAX_PDF_CHARACTERS, MAX_PDF_PAGES, MAX_PDF_UNPACKED
from gongkai.documents.read.pdf.aligned import AlignedTable, Columns, begun, with_aligned
from gongkai.documents.read.pdf.aligned import rejoin as rejoin_aligned
from gongkai.documents.read.pdf.frames import frames, without_scraps
from gongkai.documents.read.pdf.guard import unpacks_to_too_much
from gongkai.documents.read.pdf.lines import Line, lines
from gongkai.documents.read.pdf.margins import Sheet, without_margins
from gongkai.documents.read.pdf.page import Page, read_page
from gongkai.documents.read.pdf.prose import Measure, measure, paragraphs
from gongkai.documents.read.pdf.tables import PageTable, drop_spare, fill, follows, rejoin
from gongkai.documents.read.source import Block, Grid, Paragraph, Source, Unreadable

_SCAN = 0.5
"""A page whose largest picture covers this share of it, and that has no text, is a scan (扫描件)."""

_TRACED = 300
"""A page without text but with this many drawn shapes prints its words as outlines."""

_PRODUCER_TITLE = re.compile(r"^Microsoft (?:Word|Excel) - |\.(?:docx?|wps|xlsx?|pdf|html?|rtf)$", re.IGNORECASE)

Item = Line | PageTable | AlignedTable


def read(path: Path, name: str) -> Source:
    """Read a PDF with a text layer into paragraphs and grids, in reading order.

    Ruled tables become grids with their merged cells, blanks kept; a table across pages gives a grid for each page.
    Figures aligned in columns without rulings become grids too; other lines keep their columns parted by tabs.
    Raises ``Unreadable`` for a file that is damaged, locked by a password, without text layer, or too large.
    """
    data = path.read_bytes()
    if unpacks_to_too_much(data):
        raise Unreadable(message("read.pdf-too-large", file=name, limit=MAX_PDF_UNPACKED >> 20))
    document = _open(data, name)
    try:
        title = _title(document)
        pages = list(_pages(document, name))
    finally:
        pdfium.FPDF_CloseDocument(document)
    problems = _text_layer(pages, name)
    blocks = list(_blocks(_items(pages), {page.number: page for page in pages}))
    flat = not any(isinstance(block, Grid) for block in blocks)
    return Source(name, blocks, titles=[title] if title else [], flat=flat, problems=problems)


def _open(data: bytes, name: str) -> Any:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        return document
    locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    raise Unreadable(message("read.pdf-password" if locked else "read.pdf-damaged", file=name))


def _title(document: Any) -> str:
    """The document's title property, unless it is only a file name."""
    buffer = create_string_buffer(1024)
    size = pdfium.FPDF_GetMetaText(document, b"Title", buffer, len(buffer))
    text = buffer.raw[: max(0, min(size, len(buffer)) - 2)].decode("utf-16-le", "replace").strip()
    return _PRODUCER_TITLE.sub("", text).strip()


def _pages(document: Any, name: str) -> Iterator[Page]:
    count = pdfium.FPDF_GetPageCount(document)
    if count == 0:
        raise Unreadable(message("read.pdf-damaged", file=name))
    if count > MAX_PDF_PAGES:
        raise Unreadable(message("read.pdf-too-many-pages", file=name, pages=count, limit=MAX_PDF_PAGES))
    characters = 0
    for index in range(count):
        page = read_page(document, index)
        characters += page.characters
        if characters > MAX_PDF_CHARACTERS:
            raise Unreadable(message("read.pdf-too-much-text", file=name, limit=MAX_PDF_CHARACTERS))
        yield page


def _text_layer(pages: Sequence[Page], name: str) -> list[Message]:
    """What the text layer cannot give; raises where it gives nothing at all."""
    readable = sum(len(page.glyphs) for page in pages)
    garbled = sum(page.garbled for page in pages)
    if garbled > readable:
        raise Unreadable(message("read.garbled-text-layer", file=name))
    if not readable:
        raise Unreadable(message("read.no-text-layer", file=name))
    scans = [p for p in pages if not p.glyphs and (p.drawing.picture >= _SCAN or p.drawing.shapes >= _TRACED)]
    spoilt = [p for p in pages if p.garbled > 5 and p.garbled > 0.1 * len(p.glyphs)]
    under = [p for p in pages if p.drawing.picture >= _SCAN and p.hidden > 0.5 * len(p.glyphs) > 0]
    kinds = (("read.scanned-pages", scans), ("read.garbled-pages", spoilt), ("read.ocr-text", under))
    return [message(id, file=name, pages=_numbers(found)) for id, found in kinds if found]


def _numbers(pages: Sequence[Page]) -> str:
    return ", ".join(str(page.number) for page in pages)


def _items(pages: Sequence[Page]) -> list[Item]:
    """Lines and tables of all pages in reading order, without margins, cut rows put back together."""
    tables: list[list[PageTable]] = []
    sheets: list[Sheet] = []
    ruled = without_scraps([frames(page.drawing.horizontal, page.drawing.vertical) for page in pages])
    for page, framed in zip(pages, ruled, strict=True):
        found, outside = fill(framed, page.glyphs, page.number)
        found.sort(key=lambda table: table.top)
        extent = (found[0].top, max(table.bottom for table in found)) if found else None
        tables.append(found)
        sheets.append(Sheet(page.number, page.height, lines(outside, page.number), extent))
    items: list[Item] = []
    chains: list[list[PageTable]] = []
    for found, kept in zip(tables, without_margins(sheets), strict=True):
        rest = found
        if found and items and isinstance(last := items[-1], PageTable) and not (kept and kept[0].y < found[0].top):
            rejoin(last, found[0])
            if follows(last, found[0]):
                chains[-1].append(found[0])
                rest = found[1:]
        chains += ([table] for table in rest)
        aligned = items[-1] if items and isinstance(items[-1], AlignedTable) else None
        more = list(_merged(found, kept, aligned.columns if aligned else None))
        if more and isinstance(below := more[0], AlignedTable):
            if aligned is None and (start := _trailing(items)) < len(items):
                aligned = _begin(items, start, below)
            if aligned:
                rejoin_aligned(aligned, below)
        items += more
    for chain in chains:
        drop_spare(chain)
    return items


def _trailing(items: Sequence[Item]) -> int:
    """Where the lines begin in which the page read last ends."""
    start = len(items)
    while start and isinstance(line := items[start - 1], Line) and line.page == items[-1].page:
        start -= 1
    return start


def _begin(items: list[Item], start: int, below: AlignedTable) -> AlignedTable | None:
    """Make a table of the last lines of a page, where one goes on below."""
    found = begun([item for item in items[start:] if isinstance(item, Line)], below)
    if found is None:
        return None
    items[start + found[0] :] = [found[1]]
    return found[1]


def _merged(found: list[PageTable], kept: list[Line], columns: Columns | None) -> Iterator[Item]:
    """The tables of a page between the lines around them; ``columns`` are those of a table in which the page before
    ends.
    """
    start = 0
    for table in found:
        end = start
        while end < len(kept) and kept[end].y <= table.top + 1:
            end += 1
        yield from with_aligned(kept[start:end], columns)
        columns = None
        if table.rows:
            yield table
        start = end
    yield from with_aligned(kept[start:], columns)


def _blocks(items: Sequence[Item], pages: dict[int, Page]) -> Iterator[Block]:
    """Items as blocks: tables numbered, lines joined into paragraphs, also across pages."""
    widths: dict[int, list[Line]] = {}
    for item in items:
        if isinstance(item, Line):
            widths.setdefault(round(pages[item.page].width), []).append(item)
    lies = {width: measure(found, width) for width, found in widths.items()}
    run: list[Line] = []
    table = line = 0

    def flush(lie: Measure | None) -> Iterator[Paragraph]:
        nonlocal line
        if run and lie:
            for block in paragraphs(run, lie):
                line += 1
                yield Paragraph(block.text, Place(page=block.first.page, line=line), block.heading)
            run.clear()

    lie = None
    for item in items:
        if isinstance(item, Line):
            of_page = lies[round(pages[item.page].width)]
            if of_page is not lie:
                yield from flush(lie)
                lie = of_page
            run.append(item)
        else:
            yield from flush(lie)
            table += 1
            yield item.grid(table)
    yield from flush(lie)
