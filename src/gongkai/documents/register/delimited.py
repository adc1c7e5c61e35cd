"""CSV of any charset, its cells between commas, tabs or semicolons."""

import csv
from io import StringIO

from gongkai.core.message import message
from gongkai.documents.read.charset import Text
from gongkai.documents.read.source import Unreadable
from gongkai.documents.register.limits import MAX_CELLS, MAX_HEAD_ROWS, MAX_LINES
from gongkai.documents.register.sheet import Sheet

_SEPARATORS = (",", "\t", ";", "，", "；", "|")


def read(decoded: Text, name: str) -> Sheet:
    """The only sheet of a CSV; rows are counted as a spreadsheet shows them.

    Raises:
        Unreadable: too many rows or cells, or quotes that do not close.
    """
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(StringIO(decoded.text, newline=""), delimiter=_separator(decoded.text), strict=True):
            cells += len(row)
            if len(rows) >= MAX_LINES or cells > MAX_CELLS:
                raise Unreadable(message("register.too-many-lines", file=name, limit=MAX_LINES, cells=MAX_CELLS))
            rows.append([cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row])
    except csv.Error as error:
        raise Unreadable(message("register.csv-malformed", file=name, place=len(rows) + 1)) from error
    torn = frozenset(
        number for number, row in enumerate(rows) if decoded.lost and any("\ufffd" in cell for cell in row)
    )
    return Sheet("", rows, torn=torn)


def _separator(text: str) -> str:
    """The separator that stands most often in the one line of the beginning that has most of any: the header."""
    best, most = ",", 0
    for line in StringIO(text[: 1 << 16]).readlines()[:MAX_HEAD_ROWS]:
        for separator in _SEPARATORS:
            if (count := line.count(separator)) > most:
                best, most = separator, count
    return best
