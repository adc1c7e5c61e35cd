"""From blocks to a report: title, parts, tables, one after the other."""

import re
from collections.abc import Sequence
from functools import lru_cache

from gongkai.core.message import message
from gongkai.core.tables.form import Form, Table
from gongkai.core.tables.report import ABSENT, Cell, Report, ReportPart
from gongkai.documents.read.recognise.figures import is_figure_like
from gongkai.documents.read.recognise.forms import detect
from gongkai.documents.read.recognise.grids import Figures, read_grids
from gongkai.documents.read.recognise.index import TableIndex, table_indexes
from gongkai.documents.read.recognise.labels import GridWords, key, key_text
from gongkai.documents.read.recognise.parts import (
    Heading,
    ends_report,
    find_headings,
    grid_as_text,
    heading_words,
    split_at_headings,
)
from gongkai.documents.read.recognise.placing import BARE
from gongkai.documents.read.recognise.rows import MAX_PRINTED, unclear
from gongkai.documents.read.recognise.title import agency_in_opening, find_title, year_of_period
from gongkai.documents.read.source import Block, Grid, Paragraph, Source, Unreadable

PROSE = 60
"""A lone cell with more characters than this is prose that was put into a table, not a label."""


def recognise(source: Source, forms: tuple[Form, ...]) -> Report:
    """The report in ``source``. Raises ``Unreadable`` where there is none: a page about another subject."""
    words_of_headings = heading_words(forms)
    keyed = GridWords()
    blocks = [piece for block in source.blocks for piece in _free_prose(block, words_of_headings, keyed)]
    if source.flat:
        blocks = split_at_headings(forms, blocks)
    form = detect(forms, blocks, keyed)
    headings = find_headings(form, blocks)
    begin = headings[0].position if headings else _end(blocks, ())
    front = [(position, block) for position, block in enumerate(blocks[:begin]) if isinstance(block, Paragraph)]
    title = find_title([paragraph for _, paragraph in front], source.titles)
    end = _end(blocks, headings)
    part_of = _parts_of(blocks, headings, end)

    grids = [(position, block, part_of[position]) for position, block in enumerate(blocks) if isinstance(block, Grid)]
    figures = read_grids(form, grids, keyed)
    _enter_bare_labels(blocks, figures)
    cells, problems, used = figures.cells, [*source.problems, *figures.problems], set(figures.used)
    for words in table_indexes(form):
        table = words.table
        rows = {row.id for block in table.blocks for row in block.rows}
        found = {row for row in rows if (table.id, row) in figures.strength}
        replaced = {row for other in table.alternatives.keys() & found for row in table.alternatives[other]}
        if rows <= found | replaced | table.alternatives.keys():
            continue
        # Most files keep their cells and never need it.
        from gongkai.documents.read.recognise.flat import read_flat, without_figures

        if len(found) * 2 >= len(rows) - len(table.alternatives):
            if _holds_figures(table, _lines(blocks, part_of, table.part, used)):
                problems.extend(without_figures(table, sorted(found)))
            continue

        lines = _lines(blocks, part_of, table.part, used)
        flat = read_flat(form, words, lines)
        if sum(cell.printed is not None for cell in flat.cells.values()) > len(found):
            cells.update(flat.cells)
            problems.extend(flat.problems)
            used |= flat.used
        elif not found and (printed := _table_text(words, lines)):
            unknown, unread = unclear(tuple(table.cells()), printed, None)
            cells.update(unknown)
            problems.extend(unread)

    if not cells and (title is None or len(headings) < 2):
        raise Unreadable(message("read.not-a-report", file=source.name))
    opening = _opening(front, title.last if title else -1)
    agency = (title.agency if title else None) or agency_in_opening(opening)
    year = (title.year if title else None) or year_of_period(opening)
    if agency is None:
        problems.append(message("read.no-agency"))
    if year is None:
        problems.append(message("read.no-year"))
    elif form.last_year is not None and year > form.last_year:
        problems.append(message("read.replaced-form", year=year, form=form.id, name=form.name, source=form.source))
    return Report(
        source=source.name,
        form=form,
        agency=agency,
        year=year,
        title=title.text if title else "",
        opening=opening,
        parts=_texts(blocks, headings, end, used, _scraps(form)),
        cells=_complete(form, cells),
        problems=tuple(problems),
    )


def _free_prose(block: Block, headings: frozenset[str], keyed: GridWords) -> list[Block]:
    """A grid in pieces where whole lines of it are headings or prose, as when a report was typed into one big table."""
    if isinstance(block, Paragraph):
        return [block]
    if max(map(len, block.texts), default=0) <= PROSE and headings.isdisjoint(keyed.of(block.texts)):
        return [block]
    pieces: list[Block] = []
    rows: list[Sequence[int]] = []
    for row in block.rows:
        filled = {cell for cell in row if cell >= 0 and block.texts[cell]}
        if len(filled) == 1:
            (cell,) = filled
            text = block.texts[cell]
            if not is_figure_like(text) and (len(text) > PROSE or key(text) in headings):
                if rows:
                    pieces.append(block._replace(rows=rows))
                    rows = []
                lines = (line.strip() for line in text.split("\n"))
                pieces.extend(Paragraph(line, block.places[cell]) for line in lines if line)
                continue
        rows.append(row)
    if not pieces:
        return [block]
    if rows:
        pieces.append(block._replace(rows=rows))
    return pieces


def _enter_bare_labels(blocks: Sequence[Block], figures: Figures) -> None:
    """The label of a missing row that stands alone right below a table is that row, left blank: a sheet shows no more
    of it.
    """
    tables = {table for table, _ in figures.strength}
    indexes = [index for index in table_indexes(figures.form) if index.table.id in tables]
    for position in [used + 1 for used in figures.used]:
        below = blocks[position] if position < len(blocks) else None
        if not isinstance(below, Paragraph):
            continue
        for index in indexes:
            block, row = index.rows.get(key(below.text), (None, None))
            if block and row and (index.table.id, row.id) not in figures.strength:
                figures.strength[index.table.id, row.id] = BARE
                figures.used.add(position)
                for column in block.columns:
                    figures.cells[f"{index.table.id}/{row.id}/{column.id}"] = Cell(None, "", below.place)


def _end(blocks: Sequence[Block], headings: Sequence[Heading]) -> int:
    """Where the report ends: at an appendix or the page's foot after the last heading."""
    begin = headings[-1].position + 1 if headings else 0
    for position in range(begin, len(blocks)):
        block = blocks[position]
        if ends_report(block) and (headings or (isinstance(block, Paragraph) and block.heading)):
            return position
    return len(blocks)


def _parts_of(blocks: Sequence[Block], headings: Sequence[Heading], end: int) -> list[int | None]:
    """For each block the number of the part that it stands in."""
    numbers: list[int | None] = [None] * len(blocks)
    ends = [heading.position for heading in headings[1:]] + [end]
    for heading, until in zip(headings, ends, strict=False):
        for position in range(heading.position, until):
            numbers[position] = heading.part.number
    return numbers


def _lines(
    blocks: Sequence[Block], part_of: Sequence[int | None], part: int, used: set[int]
) -> list[tuple[int, Paragraph]]:
    """The text in which a table must stand: its part, or everything where the report has no such part."""
    inside = [position for position, number in enumerate(part_of) if number == part] or list(range(len(blocks)))
    lines: list[tuple[int, Paragraph]] = []
    for position in inside:
        block = blocks[position]
        if position in used:
            continue
        if isinstance(block, Paragraph):
            lines.extend((position, Paragraph(line, block.place)) for line in block.text.split("\n"))
        else:
            for text, place in zip(block.texts, block.places, strict=True):
                lines.append((position, Paragraph(text, place)))
    return lines


def _holds_figures(table: Table, lines: Sequence[tuple[int, Paragraph]]) -> bool:
    """Whether lines of nothing but figures are left over that could fill a row of the table."""
    alone = " ".join(line.text for _, line in lines if not _WORD.search(line.text))
    return len(_FIGURE.findall(alone)) >= len(table.blocks[0].columns)


def _table_text(words: TableIndex, lines: Sequence[tuple[int, Paragraph]]) -> str:
    """The text of a table that stands there but could not be read: its column heads and figures, or lines of figures
    alone; else ``""``.
    """
    text = " ".join(line.text for _, line in lines)
    plain = key_text(text)
    heads = sum(word in plain for word in words.columns if len(word) > 2)
    alone = " ".join(line.text for _, line in lines if not _WORD.search(line.text))
    figures = len(_FIGURE.findall(text if heads >= 2 else alone))
    return " ".join(text.split())[:MAX_PRINTED] if figures * 2 >= len(list(words.table.cells())) else ""


_WORD = re.compile(r"[^\W\d_]")
_FIGURE = re.compile(r"(?<!\d)\d+(?!\d|年|月)")


def _opening(front: Sequence[tuple[int, Paragraph]], last: int) -> str:
    """What stands between the title and part one, without the page's own lines (date, source, font size)."""
    lines = [paragraph.text for _, paragraph in front[last + 1 :]] if last >= 0 else []
    return "\n".join(line for line in lines if line and not _is_page_line(line))


def _is_page_line(line: str) -> bool:
    marks = (
        "发布时间",
        "发布日期",
        "信息来源",
        "浏览次数",
        "浏览量",
        "阅读次数",
        "字体",
        "字号",
        "索引号",
        "成文日期",
        "【字体",
        "点击数",
        "来源：",
        "来源:",
    )
    return len(line) <= 120 and not line.endswith("。") and any(mark in line for mark in marks)


def _texts(
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    end: int,
    used: set[int],
    scraps: dict[int, frozenset[str]],
) -> tuple[ReportPart, ...]:
    parts = []
    ends = [heading.position for heading in headings[1:]] + [max(end, headings[-1].position + 1 if headings else 0)]
    for heading, until in zip(headings, ends, strict=False):
        lines = [heading.rest] if heading.rest else []
        inside = range(heading.position + 1, until)
        left = _beside(blocks, inside, used, scraps.get(heading.part.number, frozenset())) if used else ()
        for position in inside:
            block = blocks[position]
            if position in used or position in left:
                continue
            text = block.text if isinstance(block, Paragraph) else grid_as_text(block)
            if text:
                lines.append(text)
        parts.append(ReportPart(heading.part.number, heading.title, "\n".join(lines), heading.printed))
    return tuple(parts)


def _beside(blocks: Sequence[Block], inside: range, used: set[int], words: frozenset[str]) -> set[int]:
    """Paragraphs right before or behind a table that was read which hold nothing but words of the table."""
    found: set[int] = set()
    for order in (inside, reversed(inside)):
        touches = False
        for position in order:
            block = blocks[position]
            if position in used:
                touches = True
            elif touches and isinstance(block, Paragraph) and key(block.text) in words:
                found.add(position)
            else:
                touches = False
    return found


@lru_cache(maxsize=16)
def _scraps(form: Form) -> dict[int, frozenset[str]]:
    """For each part with a table, words of the table that may be left beside it: a block's heading, 续表, the unit."""
    around = ("续表", "单位件", "单位万元", "单位件万元")
    return {words.table.part: frozenset((*words.headings, *words.groups, *around)) for words in table_indexes(form)}


def _complete(form: Form, found: dict[str, Cell]) -> dict[str, Cell]:
    """Every cell of the form, absent ones too; a row printed in place of others only where those are not printed."""
    cells = {id: found.get(id, ABSENT) for id in form.cell_ids}
    for table in form.tables:
        for row, others in table.alternatives.items():
            if any(
                found.get(f"{table.id}/{other}/{column.id}", ABSENT).printed
                for block in table.blocks
                for other in others
                for column in block.columns
            ):
                continue
            for block in table.blocks:
                for column in block.columns:
                    id = f"{table.id}/{row}/{column.id}"
                    if found.get(id, ABSENT).printed is not None:
                        cells[id] = found[id]
    return cells
