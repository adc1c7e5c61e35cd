"""One page of a PDF: its glyphs, its rulings, its pictures."""

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.documents.read.pdf.drawing import Drawing
from gongkai.documents.read.pdf.glyphs import Characters, Glyph
from gongkai.documents.read.pdf.tags import tags_of
from gongkai.documents.read.pdf.upright import Upright


@dataclass(frozen=True)
class Page:
    """What a page holds. Of its ``characters`` (also those off the page) ``hidden`` are unseen; ``garbled`` others mean
    nothing and are left out.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    drawing: Drawing
    characters: int
    hidden: int
    garbled: int


def read_page(document: Any, index: int) -> Page:
    """Read one page of an open pdfium document; every handle is closed again. A damaged page is an empty one."""
    handle = pdfium.FPDF_LoadPage(document, index)
    if not handle:
        return Page(index + 1, 0.0, 0.0, [], Drawing(Upright(0, (0.0, 0.0, 0.0, 0.0))), 0, 0, 0)
    try:
        bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, ctypes.byref(bounds))
        characters = Characters(handle, tags_of(handle))
        upright = Upright(characters.turn, (bounds.left, bounds.bottom, bounds.right, bounds.top))
        drawing = Drawing(upright)
        drawing.walk(handle)
        return Page(
            index + 1,
            upright.width,
            upright.height,
            characters.glyphs(upright),
            drawing,
            characters.count,
            characters.hidden,
            characters.garbled,
        )
    finally:
        pdfium.FPDF_ClosePage(handle)
