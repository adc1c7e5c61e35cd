"""Workbooks (XLSX, XLS, ET), opened by calamine once they have been measured: the texts of their visible sheets."""

import contextlib
import datetime
import os
import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from gongkai.core.message import message
from gongkai.documents.read.compound import SIGNATURE, Compound
from gongkai.documents.read.limits import MAX_PARTS_BYTES, MAX_SLOTS
from gongkai.documents.read.ooxml import Package, too_large
from gongkai.documents.read.sheet import NOTHING_HIDDEN, Hidden, Merge
from gongkai.documents.read.source import Unreadable

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_COLUMNS = 16384

# Records of a BIFF8 cell with content: each begins with row and column.
_BIFF_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_BIFF_BEGIN, _BIFF_PASSWORD, _BIFF_SHEET, _BIFF_ROW, _BIFF_COLUMNS = 0x0809, 0x002F, 0x0085, 0x0208, 0x007D


class Sheet(NamedTuple):
    """A visible sheet: what its cells hold as typed, from A1 on, its merged ranges, what is hidden, and the cells whose
    formula has no saved result, or an error (``B7``).
    """

    title: str
    texts: list[list[str]]
    merges: list[Merge]
    hidden: Hidden
    unsaved: tuple[str, ...]


class Workbook(NamedTuple):
    """The visible sheets in order, and the titles that the file's properties give."""

    sheets: list[Sheet]
    titles: list[str]


def open_workbook(path: Path, name: str) -> Workbook:
    """Open a workbook. Raises ``Unreadable``: no workbook, damaged, encrypted or too large."""
    with path.open("rb") as stream:
        is_compound = stream.read(len(SIGNATURE)) == SIGNATURE
    measured = _measured_compound(path, name) if is_compound else _measured_package(path, name)
    return Workbook(_sheets(measured, name), measured.titles)


def _sheets(measured: "_Measured", name: str) -> list[Sheet]:
    import python_calamine as calamine

    found = []
    try:
        with _quiet(), calamine.load_workbook(measured.data) as book:
            for number, about in enumerate(book.sheets_metadata):
                visible = about.visible == calamine.SheetVisibleEnum.Visible
                if not visible or about.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(number)
                if sheet.total_height * sheet.total_width > MAX_SLOTS:
                    raise too_large(name)
                rows = sheet.to_python(skip_empty_area=False)
                texts = [list(map(_text, row)) for row in rows]
                merges = sheet.merged_cell_ranges or []
                hidden = measured.hidden.get(number if measured.by_number else about.name, NOTHING_HIDDEN)
                found.append(Sheet(about.name, texts, merges, hidden, measured.unsaved.get(about.name, ())))
    except calamine.PasswordError as error:
        raise Unreadable(message("read.office-encrypted", file=name)) from error
    except calamine.CalamineError as error:
        raise Unreadable(message("read.sheet-damaged", file=name)) from error
    except BaseException as error:
        # calamine panics on some damaged files; pyo3 gives that as a BaseException of its own that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(message("read.sheet-damaged", file=name)) from error
    return found


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what a panic prints off the terminal: it goes to file descriptor 2, past ``sys.stderr``."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _text(value: object) -> str:
    """A value as it would be typed: 3.0 is 3, never 1e-05, dates as ISO; truth values are no content."""
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case bool():
            return ""
        case int():
            return str(value)
        case float():
            # A spreadsheet shows fifteen digits; the sixteenth is noise of the binary fraction. + 0.0: no minus zero.
            number = Decimal(f"{value + 0.0:.15g}")
            return f"{number:f}" if number.is_finite() else ""
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(sep=" ")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case _:
            return str(value)


class _Measured(NamedTuple):
    """A workbook that is safe to open, and what was seen on the way: what is ``hidden``, by the number of the sheet or
    by its name, and cells without a saved result, by its name.
    """

    data: BytesIO
    by_number: bool
    hidden: dict[int | str, Hidden]
    unsaved: dict[str, tuple[str, ...]]
    titles: list[str]


def _measured_compound(path: Path, name: str) -> _Measured:
    """An XLS whose sheets do not reach so far that its cells would fill the memory."""
    data = path.read_bytes()
    try:
        compound = Compound(data)
        if "EncryptedPackage" in compound.names:
            raise Unreadable(message("read.office-encrypted", file=name))
        stream = next((each for each in ("Workbook", "Book") if each in compound.names), None)
        records = compound.read(stream) if stream else b""
    except ValueError as error:
        raise Unreadable(message("read.office-damaged", file=name)) from error
    height = width = slots = at = 0
    starts: list[int] = []
    rows: set[int] = set()
    columns: set[int] = set()
    found: dict[int, tuple[set[int], set[int]]] = {}
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _BIFF_PASSWORD:
            raise Unreadable(message("read.office-encrypted", file=name))
        if kind == _BIFF_BEGIN:
            slots, height, width = slots + height * width, 0, 0
            rows, columns = found.setdefault(at, (set(), set()))
        elif kind == _BIFF_SHEET and length >= 4 and at + 8 <= len(records):
            starts.append(struct.unpack_from("<I", records, at + 4)[0])
        elif kind == _BIFF_ROW and length >= 14 and at + 18 <= len(records):
            row, flags = struct.unpack_from("<H10xH", records, at + 4)
            if flags & 0x20:
                rows.add(row)
        elif kind == _BIFF_COLUMNS and length >= 10 and at + 14 <= len(records):
            first, last, wide, _, flags = struct.unpack_from("<HHHHH", records, at + 4)
            if flags & 1 or not wide:
                columns.update(range(first, min(last, 255) + 1))
        elif kind in _BIFF_CELLS and at + 8 <= len(records):
            row, column = struct.unpack_from("<HH", records, at + 4)
            height, width = max(height, row + 1), max(width, column + 1)
        at += 4 + length
    if slots + height * width > MAX_SLOTS:
        raise too_large(name)
    hidden: dict[int | str, Hidden] = {
        number: (frozenset(found[start][0]), frozenset(found[start][1]))
        for number, start in enumerate(starts)
        if start in found
    }
    return _Measured(BytesIO(data), True, hidden, {}, [])


def _measured_package(path: Path, name: str) -> _Measured:
    """An XLSX again with its XML only, unpacked under our own count.

    calamine believes the archive's claims, unpacks without limit, and makes room for every slot up to the last cell.
    """
    copy = BytesIO()
    hidden: dict[int | str, Hidden] = {}
    unsaved: dict[str, tuple[str, ...]] = {}
    with Package(path, name) as package, ZipFile(copy, "w") as archive:
        titles = package.titles()
        total = 0
        names = _sheet_names(package)
        for part in package.parts:
            if not part.endswith((".xml", ".rels")):
                continue
            data = package.read(part) or b""
            total += len(data)
            if total > MAX_PARTS_BYTES:
                raise too_large(name)
            if part in names or "worksheets/" in part:
                cells, unseen = _measure(data, part, name)
                if part in names:
                    hidden[names[part]] = unseen
                    unsaved[names[part]] = tuple(cells)
            archive.writestr(part, data)
    copy.seek(0)
    return _Measured(copy, False, hidden, unsaved, titles)


def _sheet_names(package: Package) -> dict[str, str]:
    """Part → name of the visible sheets."""
    workbook = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    names = {}
    for sheet in workbook.iterfind(".//{*}sheet"):
        id = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(id, "")
        if sheet.get("state", "visible") == "visible":
            names[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = sheet.get("name", "")
    return names


def _measure(data: bytes, part: str, name: str) -> tuple[list[str], Hidden]:
    """Check that a sheet is of bearable extent; return the cells whose formula has no saved result or an error, and
    what is hidden.
    """
    from lxml import etree

    empty: list[str] = []
    rows: set[int] = set()
    columns: set[int] = set()
    height = width = unplaced = number = 0
    elements: Any = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=("{*}c", "{*}row", "{*}col"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in elements:
            reference = _REFERENCE.fullmatch(element.get("r", ""))
            if element.tag.endswith("}row"):
                # Rows, and cells in their row, that do not say where they stand follow one another.
                number = int(element.get("r") or number + 1)
                if unplaced:
                    height = max(height, number)
                    width = max(width, unplaced)
                unplaced = 0
                if _is_hidden(element, "ht"):
                    rows.add(number - 1)
            elif element.tag.endswith("}col"):
                if _is_hidden(element, "width"):
                    columns.update(range(int(element.get("min")) - 1, min(int(element.get("max")), _COLUMNS)))
            elif len(element) and reference:
                height = max(height, int(reference[2]))
                width = max(width, column_number(reference[1]))
                if _has_no_result(element):
                    empty.append(reference[0])
            elif len(element):
                unplaced += 1
            element.clear()
    except (etree.XMLSyntaxError, ValueError, TypeError) as error:
        raise Unreadable(message("read.office-malformed", file=name, part=part)) from error
    if height * width > MAX_SLOTS:
        raise too_large(name)
    return empty, (frozenset(rows), frozenset(columns))


def _is_hidden(line: Any, size: str) -> bool:
    """Whether a row or a column is hidden, or has no height or width."""
    return line.get("hidden") in ("1", "true") or float(line.get(size) or 1) == 0


def _has_no_result(cell: Any) -> bool:
    """Whether a cell shows an error, or has a formula without a saved result (an empty text is one)."""
    kinds = {child.tag.rpartition("}")[2]: child.text for child in cell}
    return cell.get("t") == "e" or ("f" in kinds and not kinds.get("v") and cell.get("t") != "str")


def column_number(letters: str) -> int:
    """The number of a column, from 1: ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
