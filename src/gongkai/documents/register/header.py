"""Finds the header of a sheet: one to three rows whose words name the columns of a register."""

from collections.abc import Iterable
from typing import NamedTuple

from gongkai.documents.read.limits import MAX_SLOTS
from gongkai.documents.register.compared import comparable
from gongkai.documents.register.limits import MAX_HEAD_COLUMNS, MAX_HEAD_DEPTH, MAX_HEAD_ROWS
from gongkai.documents.register.names import Names
from gongkai.documents.register.sheet import Merge, Overlapping, Sheet
from gongkai.rulebook.load.register import IGNORED

_LEAST = 3
"""Columns that must be known for a row to be a header; less is a note that mentions some words."""


class Header(NamedTuple):
    """The header of a sheet, rows and columns counted from 0: ``columns`` by concept, with what is ``printed`` there.

    ``twice``: concepts that two columns name with the same word. ``unread``: the other columns.
    """

    first: int
    last: int
    columns: dict[str, int]
    printed: dict[str, str]
    twice: tuple[str, ...]
    unread: tuple[str, ...]


def find(sheet: Sheet, names: Names) -> Header | None:
    """The header that names most columns, the upper and the shorter of equals; ``None`` where no row does.

    Raises:
        Overlapping: merged ranges cover more than ``MAX_SLOTS`` slots.
    """
    above = [row[:MAX_HEAD_COLUMNS] for row in sheet.rows[: MAX_HEAD_ROWS + MAX_HEAD_DEPTH]]
    top, inner = _spread(above, sheet.merges)
    best: tuple[int, int, int] | None = None
    for first in range(min(len(top), MAX_HEAD_ROWS)):
        for depth in range(1, MAX_HEAD_DEPTH + 1):
            if first + depth > len(top):
                break
            levels = _levels(top[first : first + depth], inner[first + depth - 1])
            found = {each.concept for each in map(names.column, levels) if each}
            if len(found) < _LEAST or found.isdisjoint(("number", "received_on")):
                continue
            score = (len(found), -depth, -first)
            if best is None or score > best:
                best = score
    if best is None:
        return None
    first, last = -best[2], -best[2] - best[1] - 1
    return _header(first, last, _levels(top[first : last + 1], inner[last]), names)


def fill_down(sheet: Sheet, header: Header) -> list[list[str]]:
    """The rows below the header; in merged cells the same value stands in each row.

    Raises:
        Overlapping: merged ranges cover more than ``MAX_SLOTS`` rows.
    """
    rows = [list(row) for row in sheet.rows]
    covered = 0
    for (top, left), (bottom, _) in sheet.merges:
        bottom = min(bottom, len(rows) - 1)
        if top <= header.last or bottom <= top:
            continue
        covered += bottom - top
        if covered > MAX_SLOTS:
            raise Overlapping
        text = rows[top][left] if left < len(rows[top]) else ""
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and not row[left]:
                row[left] = text
    return rows[header.last + 1 :]


def _header(first: int, last: int, levels: list[list[str]], names: Names) -> Header:
    chosen: dict[str, tuple[int, int]] = {}
    twice = set()
    ignored = set()
    for column, each in enumerate(map(names.column, levels)):
        if each is None:
            continue
        if each.concept == IGNORED:
            ignored.add(column)
            continue
        rank = chosen[each.concept][0] if each.concept in chosen else None
        if rank is None or each.rank < rank:
            chosen[each.concept] = (each.rank, column)
            twice.discard(each.concept)
        elif each.rank == rank:
            twice.add(each.concept)
    columns = {concept: column for concept, (_, column) in chosen.items()}
    printed = [" ".join(" ".join(texts).split()) for texts in levels]
    unread = tuple(text for column, text in enumerate(printed) if text and column not in {*columns.values(), *ignored})
    return Header(
        first,
        last,
        columns,
        {concept: printed[column] for concept, column in columns.items()},
        tuple(concept for concept in columns if concept in twice),
        unread,
    )


def _levels(rows: list[list[str]], inner: set[int]) -> list[list[str]]:
    """For each column its texts from the top row to the lowest, blanks and repetitions left out.

    A heading that is not merged over its columns (as in a CSV) reaches over the blanks right of it. ``inner``: columns
    that belong to the one left of them, since the lowest row is merged over both; they have no texts.
    """
    width = max(map(len, rows), default=0)
    wide = [row + [""] * (width - len(row)) for row in rows]
    for number, row in enumerate(wide[:-1]):
        for column in range(1, width):
            if not row[column] and any(lower[column] for lower in wide[number + 1 :]):
                row[column] = row[column - 1]
    levels = []
    for column in range(width):
        texts: dict[str, str] = {}
        for row in wide if column not in inner else ():
            if word := comparable(row[column]):
                texts.setdefault(word, row[column])
        levels.append(list(texts.values()))
    return levels


def _spread(rows: list[list[str]], merges: Iterable[Merge]) -> tuple[list[list[str]], list[set[int]]]:
    """The rows with the text of each merged range in all its slots; for each row the columns inside such a range."""
    spread = [list(row) for row in rows]
    inner: list[set[int]] = [set() for _ in rows]
    covered = 0
    for (top, left), (bottom, right) in merges:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        bottom, right = min(bottom, len(rows) - 1), min(right, max(map(len, rows)) - 1)
        covered += (bottom - top + 1) * (right - left + 1)
        if covered > MAX_SLOTS:
            raise Overlapping
        for number in range(top, bottom + 1):
            inner[number].update(range(left + 1, right + 1))
            for column in range(left, min(right + 1, len(spread[number]))):
                spread[number][column] = rows[top][left]
    return spread, inner
