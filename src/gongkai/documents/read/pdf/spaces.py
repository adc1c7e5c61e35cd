"""Spaces that pdfium passes over: those whose text is only given beside the glyph (``/ActualText``), as typst does."""

import ctypes
import math
from codecs import BOM_UTF16_BE
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.documents.read.limits import MAX_PDF_OBJECTS

_WIDTH = 0.25
"""What a space is taken to advance, in ems."""

_BLANK = "\u200b\u2060 \u00a0\u3000"


class Space(NamedTuple):
    """A space in the page's own coordinates: where it begins and ends, and its type size."""

    text: str
    start: tuple[float, float]
    end: tuple[float, float]
    size: float


def spaces_beside(page: Any) -> Iterator[Space]:
    """The spaces of an open page that stand in the text only by way of ``/ActualText``."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), MAX_PDF_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        count = pdfium.FPDFPageObj_CountMarks(item)
        if count < 1 or not (text := _actual_text(pdfium.FPDFPageObj_GetMark(item, count - 1))):
            continue
        matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
        if not text.strip(_BLANK) and pdfium.FPDFTextObj_GetFontSize(item, ctypes.byref(size)):
            pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
            x, y, along = matrix.e, matrix.f, _WIDTH * size.value
            yield Space(
                "\u3000" if "\u3000" in text else " ",
                (x, y),
                (x + along * matrix.a, y + along * matrix.b),
                size.value * math.hypot(matrix.a, matrix.b),
            )


def _actual_text(mark: Any) -> str:
    """The short text that a mark gives for its content, else nothing."""
    buffer = (ctypes.c_ubyte * 16)()
    size = ctypes.c_ulong()
    # As bytes: pdfium would take the string for UTF-8.
    known = pdfium.FPDFPageObjMark_GetParamBlobValue(
        mark, b"ActualText", buffer, ctypes.sizeof(buffer), ctypes.byref(size)
    )
    data = bytes(buffer)[: size.value] if known and size.value <= ctypes.sizeof(buffer) else b""
    return data[2:].decode("utf-16-be", "replace") if data.startswith(BOM_UTF16_BE) else ""
