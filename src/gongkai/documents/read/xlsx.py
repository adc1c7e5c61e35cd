"""Spreadsheets (XLSX, XLS, and the ET files of WPS) as reports: each visible sheet's blocks."""

from pathlib import Path

from gongkai.core.message import message
from gongkai.core.tables.report import Place
from gongkai.documents.read import sheet as sheets
from gongkai.documents.read.ooxml import too_large
from gongkai.documents.read.source import Block, Grid, Paragraph, Source, Unreadable
from gongkai.documents.read.workbook import open_workbook

MARKS = 4
"""Characters that a heading may have beside its sheet's name: a number, a colon."""

_SHOWN_CELLS = 10


def read(path: Path, name: str) -> Source:
    """Read a workbook, its visible sheets in order (``place.sheet``, ``row``, ``column`` as the spreadsheet counts),
    without hidden rows and columns.

    A sheet's name is a paragraph where it is the heading of a part and the sheet does not say so itself.

    Raises:
        Unreadable: no workbook, damaged, encrypted, too large, or without any text.
    """
    workbook = open_workbook(path, name)
    source = Source(name, [], titles=workbook.titles)
    tables = 0
    for each in workbook.sheets:
        try:
            blocks = sheets.blocks(each.title, each.texts, each.merges, tables + 1, each.hidden)
        except ValueError as error:
            raise too_large(name) from error
        tables += sum(isinstance(block, Grid) for block in blocks)
        source.blocks += _named(each.title, blocks)
    if empty := [f"{each.title}!{cell}" for each in workbook.sheets for cell in each.unsaved]:
        shown = "、".join(empty[:_SHOWN_CELLS]) + ("…" if len(empty) > _SHOWN_CELLS else "")
        source.problems.append(message("read.formula-unsaved", file=name, cells=shown))
    if not source.blocks:
        raise Unreadable(message("read.office-no-text", file=name))
    return source


def _named(title: str, blocks: list[Block]) -> list[Block]:
    """A sheet's blocks. The line that repeats the sheet's name is its heading; where a part's heading is only the name,
    the name stands in for it.
    """
    name = title.strip()
    if not blocks or not sheets.is_part_heading(title):
        return blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and name in block.text and len(block.text) <= len(name) + MARKS:
            blocks[place] = block._replace(heading=2)
            return blocks
    return [Paragraph(name, Place(sheet=title), 2), *blocks]
