"""What is drawn on a page: the rulings that make its tables, also those in nested drawings, and its pictures."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.documents.read.limits import MAX_PDF_OBJECTS
from gongkai.documents.read.pdf.upright import Box, Upright

_THICKEST = 3.2
"""A path at most this thick (points) is a ruling, whether its producer stroked a line or filled a thin rectangle."""

_DEEPEST = 8

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Ruling(NamedTuple):
    """A straight piece of line: at ``at`` across its direction, from ``lo`` to ``hi`` along it."""

    at: float
    lo: float
    hi: float


class Drawing:
    """Rulings and pictures of one page. ``picture`` is the share of the page that its largest picture covers,
    ``shapes`` the number of drawn paths that are no rulings.
    """

    def __init__(self, upright: Upright) -> None:
        self.horizontal: list[Ruling] = []
        self.vertical: list[Ruling] = []
        self.shapes = 0
        self.picture = 0.0
        self._upright = upright
        self._seen = 0
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._refs = [ctypes.byref(value) for value in self._floats]

    def walk(self, handle: Any) -> None:
        """Visit all objects of the page."""
        for index in range(min(pdfium.FPDFPage_CountObjects(handle), MAX_PDF_OBJECTS)):
            self._visit(pdfium.FPDFPage_GetObject(handle, index), _IDENTITY, 0)

    def _visit(self, item: Any, matrix: _Matrix, depth: int) -> None:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            if self._seen < MAX_PDF_OBJECTS:
                self._path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._image(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(_matrix_of(item), matrix)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(item), MAX_PDF_OBJECTS)):
                self._visit(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _bounds(self, item: Any, matrix: _Matrix) -> Box | None:
        if not pdfium.FPDFPageObj_GetBounds(item, *self._refs):
            return None
        left, bottom, right, top = (value.value for value in self._floats)
        return self._box(((left, bottom), (right, top), (left, top), (right, bottom)), matrix)

    def _box(self, points: Any, matrix: _Matrix) -> Box:
        moved = [self._upright.point(*_apply(matrix, x, y)) for x, y in points]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        return min(xs), min(ys), max(xs), max(ys)

    def _rule(self, box: Box) -> bool:
        """Take a thin box for a ruling; whether it was one."""
        x0, y0, x1, y1 = box
        wide, high = x1 - x0, y1 - y0
        if high <= _THICKEST and wide > high:
            self.horizontal.append(Ruling((y0 + y1) / 2, x0, x1))
        elif wide <= _THICKEST and high > wide:
            self.vertical.append(Ruling((x0 + x1) / 2, y0, y1))
        else:
            return wide <= _THICKEST and high <= _THICKEST
        return True

    def _path(self, item: Any, matrix: _Matrix) -> None:
        self._seen += 1
        box = self._bounds(item, matrix)
        if box is None or self._rule(box):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        count = pdfium.FPDFPath_CountSegments(item)
        if (not stroke.value and count <= 5) or not (stroke.value or fill.value):
            return  # a plain surface: shading, not a ruling
        self._seen += count
        if self._seen > MAX_PDF_OBJECTS:
            return
        self.shapes += 1
        whole = _times(_matrix_of(item), matrix)
        for points, closed in _subpaths(item, count):
            if stroke.value:
                ends = [*points[1:], points[0]] if closed else points[1:]
                for start, end in zip(points, ends, strict=False):
                    self._rule(self._box((start, end), whole))
            else:
                self._rule(self._box(points, whole))

    def _image(self, item: Any, matrix: _Matrix) -> None:
        box = self._bounds(item, matrix)
        if box is None or self._rule(box):
            return
        x0, y0 = max(box[0], 0.0), max(box[1], 0.0)
        x1, y1 = min(box[2], self._upright.width), min(box[3], self._upright.height)
        area = self._upright.width * self._upright.height
        if area and x1 > x0 and y1 > y0:
            self.picture = max(self.picture, (x1 - x0) * (y1 - y0) / area)


def _subpaths(item: Any, count: int) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The pieces of a path as their points, and whether each closes on itself; curved pieces are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    closed = curved = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points, closed
            points, closed, curved = [], False, False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved = True
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append((x.value, y.value))
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if len(points) > 1 and not curved:
        yield points, closed


def _matrix_of(item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = then
    return (
        a * a2 + b * c2,
        a * b2 + b * d2,
        c * a2 + d * c2,
        c * b2 + d * d2,
        e * a2 + f * c2 + e2,
        e * b2 + f * d2 + f2,
    )


def _apply(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
