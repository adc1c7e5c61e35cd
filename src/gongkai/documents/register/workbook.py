"""The visible sheets of a workbook (XLSX, XLS, ET), read as the reader of reports reads them.

Formulas give the values that were saved with them; where none was, the cell is noted.
"""

import re
from pathlib import Path

from gongkai.core.message import message
from gongkai.documents.read import xlsx
from gongkai.documents.read.compound import SIGNATURE
from gongkai.documents.read.limits import MAX_PART_BYTES, MAX_SLOTS
from gongkai.documents.read.ooxml import Package
from gongkai.documents.read.source import Source, Unreadable
from gongkai.documents.register.sheet import Sheet

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def read(path: Path, name: str) -> list[Sheet]:
    """The visible sheets of a workbook in order.

    Raises:
        Unreadable: no workbook, damaged, encrypted or too large.
    """
    try:
        return _read(path, name)
    except Unreadable as error:
        if error.message.id != "read.office-too-large":
            raise
        raise too_large(name) from error


def too_large(name: str) -> Unreadable:
    """The refusal of a workbook that exceeds a limit."""
    return Unreadable(
        message("register.workbook-too-large", file=name, megabytes=MAX_PART_BYTES >> 20, slots=MAX_SLOTS)
    )


def _read(path: Path, name: str) -> list[Sheet]:
    with path.open("rb") as stream:
        is_compound = stream.read(len(SIGNATURE)) == SIGNATURE
    source = Source(name, [])
    measured = xlsx._measured_compound(path, name) if is_compound else xlsx._measured_package(path, source)
    unsaved = _unsaved(path, name) if source.problems else {}
    return [
        Sheet(title, texts, merges, unsaved.get(title, frozenset()))
        for title, texts, merges in xlsx._sheets(measured, name)
    ]


def _unsaved(path: Path, name: str) -> dict[str, frozenset[tuple[int, int]]]:
    """By sheet, the cells whose formula has no saved result, or an error."""
    found = {}
    with Package(path, name) as package:
        for part, title in xlsx._sheet_names(package).items():
            cells = xlsx._measure(package.read(part) or b"", part, name)
            found[title] = frozenset(map(_slot, cells))
    return found


def _slot(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]) - 1, xlsx._column(match[1]) - 1) if match else (-1, -1)
