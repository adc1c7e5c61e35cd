"""The visible sheets of a workbook (XLSX, XLS, ET), read as the reader of reports reads them.

Formulas give the values that were saved with them; where none was, the cell is noted.
"""

import re
from pathlib import Path

from gongkai.core.message import message
from gongkai.documents.read.limits import MAX_PART_BYTES, MAX_SLOTS
from gongkai.documents.read.source import Unreadable
from gongkai.documents.read.workbook import column_number, open_workbook
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
    return [
        Sheet(each.title, each.texts, each.merges, frozenset(map(_slot, each.unsaved)))
        for each in open_workbook(path, name).sheets
    ]


def _slot(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]) - 1, column_number(match[1]) - 1) if match else (-1, -1)
