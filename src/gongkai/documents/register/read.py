"""The door: the file of a register to its lines, whatever format it has."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from gongkai.core.message import message
from gongkai.documents.read.charset import decode
from gongkai.documents.read.compound import SIGNATURE
from gongkai.documents.read.files import readable
from gongkai.documents.read.limits import MAX_FILE_BYTES
from gongkai.documents.read.source import Unreadable
from gongkai.documents.register import delimited, flat, header, jsonl, workbook
from gongkai.documents.register.limits import MAX_LINES, MAX_TEXT_BYTES
from gongkai.documents.register.mapping import Mapping
from gongkai.documents.register.names import Names
from gongkai.documents.register.register import Line, Problem, Register
from gongkai.documents.register.sheet import Overlapping, Sheet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_JSON_SUFFIXES = frozenset((".jsonl", ".json", ".ndjson"))
_CSV_SUFFIXES = frozenset((".csv", ".tsv", ".tab"))
_FOREIGN = ("%PDF-", "{\\rtf", "<")
"""How a text begins that is no CSV; "<" is a web page, which some systems call .xls."""
_SAMPLE = 1 << 16


def read_register(path: Path, mapping: Mapping | None = None, *, agency: str | None = None) -> Register:
    """Read a register of requests; what is wrong with a line or row is among the problems, never raised.

    Args:
        path: JSON lines, CSV, XLSX or XLS, known by the content; the suffix decides where a text may be either.
        mapping: foreign words for columns and values of CSV and spreadsheets, and what stands in for blanks.
        agency: whose requests these are, where the file does not say.

    Raises:
        Unreadable: the file cannot be opened at all, is too large, is of no known format, or has no header that names
            the columns; the message names the file.
    """
    with readable(path, MAX_FILE_BYTES, "register.too-large") as name:
        return _read(path, name, mapping or Mapping(), agency)


def _read(path: Path, name: str, mapping: Mapping, agency: str | None) -> Register:
    with path.open("rb") as stream:
        head = stream.read(len(SIGNATURE))
        if head == SIGNATURE or head.startswith(_ZIP):
            return _flat(workbook.read(path, name), name, mapping, agency)
        data = head + stream.read(MAX_TEXT_BYTES)
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(message("register.too-large", file=name, limit=MAX_TEXT_BYTES >> 20))
    decoded = decode(data)
    if _kind(decoded.text, path.suffix.lower(), name) == "jsonl":
        return _register(jsonl.read(decoded, name, agency or mapping.agency))
    return _flat([delimited.read(decoded, name)], name, mapping, agency)


def _kind(text: str, suffix: str, name: str) -> Literal["jsonl", "csv"]:
    begins = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if not begins:
        raise Unreadable(message("read.empty", file=name))
    strange = sum(character < " " and character not in "\t\r\n\f" for character in begins)
    if begins.startswith(_FOREIGN) or strange * 100 > len(begins):
        raise Unreadable(message("register.unknown-format", file=name))
    if suffix in _JSON_SUFFIXES or (begins.startswith("{") and suffix not in _CSV_SUFFIXES):
        return "jsonl"
    return "csv"


def _flat(sheets: list[Sheet], name: str, mapping: Mapping, agency: str | None) -> Register:
    """All sheets that have the header of a register."""
    names = Names(mapping)
    try:
        found = [(sheet, head) for sheet in sheets if (head := header.find(sheet, names))]
        if not found:
            words = tuple(names.words.word(each) for each in ("number", "applicant_name", "received_on", "replied"))
            raise Unreadable(message("register.no-header", file=name, words=words))
        if sum(len(sheet.rows) for sheet, _ in found) > MAX_LINES:
            raise workbook.too_large(name)
        read: list[Line | Problem] = []
        for sheet, head in found:
            read += flat.read(sheet, head, names, mapping, agency, named=len(found) > 1)
    except Overlapping as error:
        raise workbook.too_large(name) from error
    return _register(read, tuple(dict.fromkeys(column for _, head in found for column in head.unread)))


def _register(read: Iterable[Line | Problem], unread: tuple[str, ...] = ()) -> Register:
    found = tuple(read)
    lines = tuple(each for each in found if isinstance(each, Line))
    return Register(lines, tuple(each for each in found if isinstance(each, Problem)), unread)
