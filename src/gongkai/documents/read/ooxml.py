"""The zip and the XML under DOCX and XLSX (Office Open XML, ISO/IEC 29500), opened with distrust.

Sizes are counted while unpacking, never taken from the archive's own claims; no entity is expanded, no DTD is
accepted, nothing is fetched.
"""

import re
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import unescape

from lxml import etree

from gongkai.core.message import message
from gongkai.documents.read.compound import Compound
from gongkai.documents.read.limits import MAX_PART_BYTES, MAX_PARTS, MAX_SLOTS
from gongkai.documents.read.source import Unreadable

# "Strict" documents name the same elements by other addresses.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org"
    b"/officeDocument/2006/relationships",
}

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    collect_ids=False,
)

_TITLE = re.compile(rb"<(?:\w+:)?title\b[^>]*>([^<]*)</")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError)


class Package:
    """An open DOCX or XLSX. ``name`` is what messages call the file.

    Raises:
        Unreadable: the file is no zip, is cut off, is protected by a password, or has too many members.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN as error:
            if _is_encrypted(path):
                raise Unreadable(message("read.office-encrypted", file=name)) from error
            raise Unreadable(message("read.office-damaged", file=name)) from error
        members = self._archive.infolist()
        if len(members) > MAX_PARTS:
            self._archive.close()
            raise too_large(name)
        # Some programs write backslashes or other capitals; the standard compares names without case.
        self._members = {member.filename.replace("\\", "/").lower(): member for member in members}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def parts(self) -> list[str]:
        """Names of all members, in the order of the archive."""
        return [member.filename.replace("\\", "/") for member in self._members.values()]

    def titles(self) -> list[str]:
        """The title among the document's properties, where it has one; one line is not worth a tree."""
        found = _TITLE.search(self.read("docProps/core.xml") or b"")
        text = unescape(found[1].decode("utf-8", "replace")).strip() if found else ""
        return [text] if text else []

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, ``None`` where there is no such part.

        Raises:
            Unreadable: encrypted, damaged, or larger than ``MAX_PART_BYTES``.
        """
        member = self._members.get(part.lower())
        if member is None:
            return None
        if member.flag_bits & 0x1:
            raise Unreadable(message("read.office-encrypted", file=self.name))
        try:
            with self._archive.open(member) as stream:
                data = stream.read(MAX_PART_BYTES + 1)
        except _BROKEN as error:
            raise Unreadable(message("read.office-damaged", file=self.name)) from error
        if len(data) > MAX_PART_BYTES:
            raise too_large(self.name)
        return data

    def xml(self, part: str) -> Any:
        """The root element of a part, ``None`` where there is no such part. Raises as ``read`` and ``parse``."""
        data = self.read(part)
        return None if data is None else self.parse(data, part)

    def parse(self, data: bytes, part: str) -> Any:
        """The root element of the XML of a part.

        Raises:
            Unreadable: malformed XML; a DTD, which Office files never have and attacks do.
        """
        if _STRICT in data[:4096]:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        try:
            root = etree.fromstring(data, _PARSER)
        except etree.XMLSyntaxError as error:
            raise Unreadable(message("read.office-malformed", file=self.name, part=part)) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(message("read.office-entities", file=self.name, part=part))
        return root

    def main_part(self, usual: str) -> str:
        """The part that the package names as its document; ``usual`` is where nearly all have it."""
        if usual.lower() in self._members:
            return usual
        relations = self.xml("_rels/.rels")
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return usual


def too_large(name: str) -> Unreadable:
    """The refusal of a file that exceeds a limit of ``limits.py``."""
    limits = {"megabytes": MAX_PART_BYTES >> 20, "slots": MAX_SLOTS}
    return Unreadable(message("read.office-too-large", file=name, **limits))


def _is_encrypted(path: Path) -> bool:
    """Whether a file that should be a zip is a compound file holding an encrypted package (MS-OFFCRYPTO)."""
    try:
        return "EncryptedPackage" in Compound(path.read_bytes()).names
    except (OSError, ValueError):
        return False
