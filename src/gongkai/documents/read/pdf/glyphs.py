"""The printed characters of a page, with their places and what is known of their type."""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.documents.read.limits import MAX_PDF_CHARACTERS
from gongkai.documents.read.pdf.spaces import Space, spaces_beside
from gongkai.documents.read.pdf.tags import Tags
from gongkai.documents.read.pdf.upright import Box, Upright

_HEAVY = ("hei", "bold", "black", "heavy", "黑", "粗")
_ASLANT = 8
"""Degrees off the four directions of a page beyond which a text is a watermark."""

_EDGE = 0.25
"""Nearer to the page's edge than this (in ems) nothing can follow that would be seen."""


class Glyph(NamedTuple):
    """One character where it stands: ``x0`` to ``x1`` its advance, ``y`` its baseline, ``size`` of its type.

    ``block`` is the tagged paragraph that it belongs to (0: none known), ``heading`` the level that a tag gives.
    ``cut``: it touches the page's edge or crosses it, so that more may stand beyond; ``off``: it is wholly beyond.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool
    heading: int
    block: int
    cut: bool = False
    off: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its body, which decides in which cell it stands."""
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.size


class _Style(NamedTuple):
    """What all characters of one text object share: type size, quarter turns of its direction, weight, tags."""

    size: float
    turn: int | None
    bold: bool
    hidden: bool
    heading: int
    block: int


class _Raw(NamedTuple):
    """A character in the page's own coordinates: origin, the box of its advance, and its style."""

    text: str
    x: float
    y: float
    box: Box
    style: _Style


class Characters:
    """All characters of a page. What pdfium makes up itself (spaces between words, line ends) is left out.

    ``turn`` is the direction of most of them, in quarter turns to the left.
    """

    def __init__(self, page: Any, tags: Tags) -> None:
        self.hidden = 0
        self.garbled = 0
        self._tags = tags
        self._heavy: dict[int, bool] = {}
        self._raw: list[_Raw] = []
        text_page = pdfium.FPDFText_LoadPage(page)
        if text_page:
            try:
                self._raw.extend(self._walk(text_page))
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        self._raw.extend(map(_space, spaces_beside(page)))
        self.count = len(self._raw)
        turns = Counter(raw.style.turn for raw in self._raw if raw.style.turn is not None)
        self.turn = max(turns, key=lambda turn: turns[turn], default=0)

    def glyphs(self, upright: Upright) -> list[Glyph]:
        """The characters as they are read; those above or below the page or set aslant (a watermark) left out."""
        return [glyph for raw in self._raw if (glyph := _glyph(raw, upright)) is not None]

    def _walk(self, text_page: Any) -> Iterator[_Raw]:
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        x_ref, y_ref, box_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
        box_of, object_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
        styles: dict[int, _Style] = {}
        high = 0
        for index in range(min(pdfium.FPDFText_CountChars(text_page), MAX_PDF_CHARACTERS + 1)):
            code = unicode_of(text_page, index)
            if code in (10, 13) or (code == 32 and pdfium.FPDFText_IsGenerated(text_page, index)):
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
            text_object = object_of(text_page, index)
            key = ctypes.addressof(text_object.contents) if text_object else 0
            style = styles.get(key)
            if style is None:
                style = styles[key] = self._style(text_page, index, text_object)
            text = printed(code)
            if text is None:
                self.garbled += 1
                continue
            if not text:
                continue
            self.hidden += style.hidden
            origin_of(text_page, index, x_ref, y_ref)
            box_of(text_page, index, box_ref)
            yield _Raw(text, x.value, y.value, (box.left, box.bottom, box.right, box.top), style)

    def _style(self, text_page: Any, index: int, text_object: Any) -> _Style:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
        turn = _turn(matrix.a, matrix.b)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        heading, block = (0, 0)
        if self._tags:
            heading, block = self._tags.get(pdfium.FPDFPageObj_GetMarkedContentID(text_object), (0, 0))
        heavy = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or self._is_heavy(text_object)
        return _Style(abs(size), turn, heavy, mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, heading, block)

    def _is_heavy(self, text_object: Any) -> bool:
        """Whether the font is one of headings: 黑体 or a bold weight, by its name."""
        font = pdfium.FPDFTextObj_GetFont(text_object)
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self._heavy:
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            text = name.value.decode("utf-8", "replace").lower()
            self._heavy[key] = any(word in text for word in _HEAVY)
        return self._heavy[key]


def _turn(x: float, y: float) -> int | None:
    """The direction of a text in quarter turns to the left; ``None`` for one set aslant."""
    angle = math.degrees(math.atan2(y, x)) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - 90 * quarter) < _ASLANT else None


def _space(space: Space) -> _Raw:
    (x, y), (x1, y1) = space.start, space.end
    style = _Style(space.size, _turn(x1 - x, y1 - y), False, False, 0, 0)
    return _Raw(space.text, x, y, (min(x, x1), min(y, y1), max(x, x1), max(y, y1)), style)


def _glyph(raw: _Raw, upright: Upright) -> Glyph | None:
    style = raw.style
    if style.turn is None:
        return None
    left, bottom, right, top = raw.box
    xa, ya = upright.point(left, bottom)
    xb, yb = upright.point(right, top)
    x0, x1 = (xa, xb) if xa <= xb else (xb, xa)
    if style.turn == upright.turn:
        y = upright.point(raw.x, raw.y)[1]
    else:
        y = max(ya, yb)  # set sideways, as in a narrow label cell: its box is all that counts
    if y < 0 or y - style.size > upright.height:
        return None
    margin = _EDGE * style.size
    off = x1 < 0 or x0 > upright.width
    cut = off or x0 < margin or x1 > upright.width - margin or y > upright.height
    return Glyph(x0, x1, y, style.size, raw.text, style.bold, style.heading, style.block, cut, off)


@lru_cache(maxsize=8192)
def printed(code: int) -> str | None:
    """The character to read for a code point: ``""`` for one that prints nothing, ``None`` for one that means nothing.

    Kangxi radicals and compatibility ideographs, which some producers give for ordinary characters, become these; a
    no-break space becomes a space; full-width figures stay, for they are printed so.
    """
    if code in (0x02, 0xFFFE):  # pdfium's mark for a hyphen at the end of a line
        return "-"
    if code == 0xA0:
        return " "
    if code in (0xAD, 0x200B, 0x2060, 0xFEFF, 0x09):
        return ""
    if code == 0xFFFD or code < 0x20 or 0xE000 <= code < 0xF900 or code >= 0xF0000 or 0xD800 <= code < 0xE000:
        return None
    char = chr(code)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2F800 <= code < 0x2FA20:
        return unicodedata.normalize("NFKC", char)
    return char
