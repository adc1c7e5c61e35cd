"""The door: any file to a ``Source``, or an error that says what is wrong with it and what to do."""

import re
from pathlib import Path
from typing import BinaryIO, Literal

from gongkai.core.message import message
from gongkai.documents.read.files import readable
from gongkai.documents.read.limits import MAX_FILE_BYTES
from gongkai.documents.read.source import Source, Unreadable

Kind = Literal["pdf", "docx", "xlsx", "legacy", "html", "mht", "markdown", "txt"]

_HEAD = 4096
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml", ".jhtml", ".dhtml", ".jsp", ".asp", ".aspx", ".php"))
_MARKDOWN_SUFFIXES = frozenset((".md", ".markdown"))
_PAGE_BEGINS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|center|font|style|h[1-6])\b"
)
_PAGE_HOLDS = re.compile(rb"<(?:html|body|/td|/p|/div)\b")
_ARCHIVE = re.compile(rb"^content-type:\s*(?:multipart/|text/html)", re.MULTILINE)
_CONTROLS = bytes({*range(9), *range(14, 27), *range(28, 32), 127} - {7})
"""Bytes that text has none of; BEL is let pass, since Word leaves it between cells."""


def open_source(path: Path) -> Source:
    """Read a file of any known format. The content decides what it is, the suffix only where the content may be either.

    Raises:
        Unreadable: no such file, a folder, no permission, empty, too large, damaged, protected, of no known format,
            or without text.
    """
    with readable(path, MAX_FILE_BYTES, "read.too-large") as name:
        return _read(path, name)


def _read(path: Path, name: str) -> Source:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        kind = _kind_of_file(head, stream, path, name)
        data = head + stream.read() if kind in ("html", "mht", "markdown", "txt") else b""
    if kind == "pdf":
        from gongkai.documents.read import pdf

        return pdf.read(path, name)
    if kind == "docx":
        from gongkai.documents.read import docx

        return docx.read(path, name)
    if kind == "xlsx":
        from gongkai.documents.read import xlsx

        return xlsx.read(path, name)
    if kind == "legacy":
        from gongkai.documents.read import legacy

        return legacy.read(path, name)
    if kind == "html":
        from gongkai.documents.read import html

        return html.read(data, name)
    if kind == "mht":
        from gongkai.documents.read import mht

        return mht.read(data, name)
    _refuse_binary(data, name)
    if kind == "markdown":
        from gongkai.documents.read import markdown

        return markdown.read(data, name)
    from gongkai.documents.read import txt

    return txt.read(data, name)


def _kind_of_file(head: bytes, stream: BinaryIO, path: Path, name: str) -> Kind:
    """What a file is, by its first bytes; a packed one by what is inside."""
    if not head.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise Unreadable(message("read.empty", file=name))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_zip(stream, name)
    if head.startswith(_OLE2):
        return _kind_of_compound(path)
    if head.startswith(_RTF):
        return "legacy"
    return _kind_of_text(head, path.suffix.lower(), name)


def _kind_of_zip(stream: BinaryIO, name: str) -> Kind:
    """DOCX (also as .wps) or XLSX (also as .et), by the folders inside."""
    import zipfile  # only here: most files are no zip, and start-up pays for every import
    import zlib

    try:
        with zipfile.ZipFile(stream) as archive:
            names = "\n".join(archive.namelist()).replace("\\", "/").lower()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unreadable(message("read.zip-damaged", file=name)) from error
    if "word/" in names:
        return "docx"
    if "xl/" in names:
        return "xlsx"
    raise Unreadable(message("read.unknown-zip", file=name))


def _kind_of_compound(path: Path) -> Kind:
    """XLS by its stream; DOC, WPS and all that cannot be read go to the reader that can say why."""
    from gongkai.documents.read.compound import Compound

    try:
        names = Compound(path.read_bytes()).names
    except ValueError:
        return "legacy"
    return "xlsx" if "Workbook" in names or "Book" in names else "legacy"


def _kind_of_text(head: bytes, suffix: str, name: str) -> Kind:
    if b"\0" in head:
        from gongkai.documents.read.charset import decode

        head = decode(head[: len(head) // 2 * 2]).text.encode()
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n\f").lower()
    if b"mime-version:" in words and _ARCHIVE.search(words):
        return "mht"
    if _PAGE_BEGINS.match(words):
        whole = words.startswith((b"<!doctype", b"<html"))
        return "markdown" if suffix in _MARKDOWN_SUFFIXES and not whole else "html"
    if words.startswith(b"<?xml"):
        if b"<html" in words:
            return "html"
        raise Unreadable(message("read.unknown-format", file=name))
    if suffix in _MARKDOWN_SUFFIXES:
        return "markdown"
    if (suffix in _HTML_SUFFIXES and b"<" in words) or words.startswith(b"<!--") or _PAGE_HOLDS.search(words):
        return "html"
    return "txt"


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise ``Unreadable`` for bytes that are no text in any charset: pictures, archives, noise."""
    sample = data[: 64 * 1024]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 100 > len(sample):
        from gongkai.documents.read.charset import decode

        decoded = decode(sample[: len(sample) // 2 * 2])
        if not decoded.charset.startswith("utf-16") or decoded.lost:
            raise Unreadable(message("read.unknown-format", file=name))
