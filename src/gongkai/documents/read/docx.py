"""Word documents (DOCX, also those of WPS): paragraphs and tables as the printed page shows them.

One lean pass with lxml over the main part. Headers and footers (with their page numbers), notes, comments, pictures
and embedded objects are not read.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from gongkai.core.message import message
from gongkai.core.tables.report import Place
from gongkai.documents.read.limits import MAX_SPAN
from gongkai.documents.read.numbering import Numbering
from gongkai.documents.read.ooxml import Package
from gongkai.documents.read.source import Block, Grid, Paragraph, Source, Unreadable, places
from gongkai.documents.read.styles import Style, Styles, properties
from gongkai.documents.read.wordml import (
    BODY,
    GRID_AFTER,
    GRID_BEFORE,
    GRID_SPAN,
    H_MERGE,
    MARKS,
    MATH_TEXT,
    NUM_PR,
    P_PR,
    P_STYLE,
    PICTURES,
    TAB,
    TBL,
    TC,
    TEXT,
    TR,
    V_MERGE,
    VAL,
    P,
    prune,
    without_looks,
)

_LABEL = 200
"""A cell with more characters is prose; the longest label of a form has 42."""

_PROSE = (TEXT, MATH_TEXT, *MARKS)
_ROW = (TR, TC, P, *_PROSE, GRID_SPAN, V_MERGE, H_MERGE, GRID_BEFORE, GRID_AFTER, NUM_PR)


def read(path: Path, name: str) -> Source:
    """Read a DOCX into paragraphs (``place.line``: the n-th paragraph outside tables) and grids.

    Raises:
        Unreadable: no DOCX, damaged, encrypted, too large, or without any text (pictures are never read as zeros).
    """
    with Package(path, name) as package:
        part = package.main_part("word/document.xml")
        data = package.read(part)
        root = None if data is None else package.parse(without_looks(data), part)
        body = None if root is None else next(root.iterchildren(BODY), None)
        if body is None:
            raise Unreadable(message("read.office-not-word", file=name))
        prune(root)
        blocks = list(_Document(package, part.rpartition("/")[0]).blocks(body))
        if not any(block.text if isinstance(block, Paragraph) else any(block.texts) for block in blocks):
            pictures = next(body.iter(*PICTURES), None) is not None
            raise Unreadable(message("read.office-only-pictures" if pictures else "read.office-no-text", file=name))
        return Source(name, blocks, titles=package.titles())


class _Document:
    """The walk over one body: what it has counted so far, and the styles and numbers it looks up."""

    def __init__(self, package: Package, folder: str) -> None:
        self._package = package
        self._folder = folder
        self._styles = Styles(package, f"{folder}/styles.xml")
        self._numbering: Numbering | None = None
        self._tables = 0
        self._lines = 0

    def blocks(self, container: Any) -> Iterator[Block]:
        """Paragraphs and grids of a body or of a layout cell, in document order; blank paragraphs are left out."""
        for element in container.iterchildren(P, TBL):
            if element.tag == TBL:
                yield from self._table(element)
            else:
                self._lines += 1
                if not len(element):
                    continue
                paragraph = self._paragraph(element)
                if paragraph.text:
                    yield paragraph

    def _paragraph(self, element: Any) -> Paragraph:
        text = "".join(map(_text, element.iter(*_PROSE))).strip()
        own = next(element.iterchildren(P_PR), None)
        heading = 0
        if own is not None:
            style = self._style(own)
            # A blank paragraph counts in its list, but nobody wrote anything there.
            number = self._number(own, style)
            if text:
                heading = style.heading or 0
                text = number + text
        return Paragraph(text, Place(line=self._lines), heading)

    def _style(self, paragraph_properties: Any) -> Style:
        """What holds for a paragraph: its own properties, else those of its style."""
        own = properties(paragraph_properties)
        id = next((child.get(VAL) for child in paragraph_properties.iterchildren(P_STYLE)), None)
        return own if id is None else own.over(self._styles.of(id))

    def _number(self, paragraph_properties: Any, style: Style) -> str:
        """The automatic number before a paragraph; list 0 means that the number of the style is taken away."""
        if style.list_id in (None, "0"):
            return ""
        if self._numbering is None:
            self._numbering = Numbering(self._package.xml(f"{self._folder}/numbering.xml"))
        level = style.level
        if level is None:
            id = next((child.get(VAL) for child in paragraph_properties.iterchildren(P_STYLE)), "")
            level = self._numbering.level_of_style(style.list_id, id)
        return self._numbering.label(style.list_id, level)

    def _table(self, table: Any) -> Iterator[Block]:
        """A table of figures is one grid; one for layout, with a single cell or with tables inside, is taken apart.

        There, neighbouring rows without inner tables make a grid of their own, and the cells of the other rows give
        their paragraphs and grids. An inner table of one text, or none, in a row of several cells is just text.
        """
        cells = list(islice(table.iter(TC), 2))
        if len(cells) < 2:
            for cell in cells:
                yield from self.blocks(cell)
        elif next(table.iterdescendants(TBL), None) is None or _has_only_texts(table):
            yield self._grid([table])
        else:
            gathered: list[Any] = []
            for row in table.iterchildren(TR):
                if next(row.iterdescendants(TBL), None) is None:
                    gathered.append(row)
                    continue
                yield from self._gathered(gathered)
                gathered.clear()
                for cell in row.iterchildren(TC):
                    yield from self.blocks(cell)
            yield from self._gathered(gathered)

    def _gathered(self, rows: list[Any]) -> Iterator[Grid]:
        if rows:
            yield self._grid(rows)

    def _grid(self, pieces: Sequence[Any]) -> Grid:
        """A grid from a table, or from some of its rows."""
        self._tables += 1
        # Every paragraph may name a style; only where some style numbers them is that worth a look.
        wanted = (*_ROW, P_STYLE) if self._styles.may_number() else _ROW
        rows: list[_Row] = []
        row = _Row()
        cell = _Cell()
        for element in chain.from_iterable(piece.iter(*wanted) for piece in pieces):
            tag = element.tag
            if tag == P:
                cell.pieces.append("\n")
            elif tag == TEXT:
                cell.pieces.append(element.text or "")
            elif tag == TC:
                cell = _Cell()
                row.cells.append(cell)
            elif tag == TR:
                row = _Row()
                rows.append(row)
            elif tag == P_STYLE:
                if self._styles.of(element.get(VAL, "")).list_id is not None:
                    cell.pieces.append(self._number_in_cell(element))
            elif tag == GRID_SPAN:
                cell.span = _span(element, 1)
            elif tag == V_MERGE:
                cell.goes_on_above = element.get(VAL) != "restart"
            elif tag == H_MERGE:
                cell.goes_on_left = element.get(VAL) != "restart"
            elif tag == GRID_BEFORE:
                row.before = _span(element, 0)
            elif tag == GRID_AFTER:
                row.after = _span(element, 0)
            elif tag in _PROSE:
                cell.pieces.append(_text(element))
            else:
                cell.pieces.append(self._number_in_cell(element))
        return _resolve(rows, self._tables)

    def _number_in_cell(self, element: Any) -> str:
        """The automatic number at ``w:numPr`` or ``w:pStyle``; a paragraph that has both is numbered at the former."""
        own = element.getparent()
        if element.tag == P_STYLE and next(own.iterchildren(NUM_PR), None) is not None:
            return ""
        number = self._number(own, self._style(own))
        # A cell that is blank but for an automatic number is blank: nobody wrote that figure.
        return number if number and any(map(_text, own.getparent().iter(TEXT))) else ""


def _has_only_texts(table: Any) -> bool:
    """Whether no inner table is left once those that are nothing but the text of their cell are that text."""
    for row in table.iterchildren(TR):
        cells = list(row.iterchildren(TC))
        if len(cells) < 2:
            continue
        for cell in cells:
            for inner in list(cell.iterchildren(TBL)):
                if _is_one_text(inner):
                    for paragraph in list(inner.iter(P)):
                        inner.addprevious(paragraph)
                    cell.remove(inner)
    return next(table.iterdescendants(TBL), None) is None


def _is_one_text(table: Any) -> bool:
    """Whether at most one cell of a small table has text, and no prose."""
    filled: set[Any] = set()
    length = 0
    for count, text in enumerate(table.iter(TEXT, MATH_TEXT)):
        words = (text.text or "").strip()
        if words:
            filled.add(next(text.iterancestors(TC)))
            length += len(words)
        if len(filled) > 1 or length > _LABEL or count > _LABEL:
            return False
    return True


class _Cell:
    """A ``w:tc`` as it is stored: what it holds and how it is merged."""

    __slots__ = ("goes_on_above", "goes_on_left", "pieces", "span")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.span = 1
        self.goes_on_above = False
        self.goes_on_left = False


class _Row:
    """A ``w:tr`` as it is stored; ``before`` and ``after``: grid columns that it leaves out at its ends."""

    __slots__ = ("after", "before", "cells")

    def __init__(self) -> None:
        self.cells: list[_Cell] = []
        self.before = 0
        self.after = 0


def _resolve(rows: list[_Row], table: int) -> Grid:
    """The grid of stored rows: where a cell goes on from above or the left, its slots take that one's index."""
    texts: list[str] = []
    where: list[Place] = []
    slots: list[list[int]] = []
    above: list[int] = []
    for number, row in enumerate(rows, 1):
        if not row.cells:
            continue
        line = [-1] * row.before
        for cell in row.cells:
            column = len(line)
            if cell.goes_on_above and column < len(above) and above[column] >= 0:
                index = above[column]
            elif cell.goes_on_left and column and line[-1] >= 0:
                index = line[-1]
            else:
                index = len(texts)
                texts.append("".join(cell.pieces).strip())
                where += places(table, number, column + 1, 1)
            if cell.span == 1:
                line.append(index)
            else:
                line.extend([index] * cell.span)
        above = line
        slots.append(line + [-1] * row.after)
    return Grid(texts, slots, where)


def _text(element: Any) -> str:
    """The characters an element stands for."""
    tag = element.tag
    if tag in MARKS:
        return "" if tag == TAB and element.get(VAL) is not None else MARKS[tag]
    return element.text or ""


def _span(element: Any, default: int) -> int:
    value = element.get(VAL) or ""
    return min(max(int(value), default), MAX_SPAN) if value.isdecimal() and len(value) < 6 else default
