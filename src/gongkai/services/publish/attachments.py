"""The files of an item (附件): what each may be, and how the content that is reviewed names them.

A content names every file with its size and the hash of its bytes: what is offered is exactly what was reviewed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.paste import clean_line

MOST = 20
"""Files of one item."""
LARGEST = 20 * 2**20
"""Bytes of one file: a scanned plan of a hundred pages has some 10 MB, and readers download it on phones."""
LONGEST = 120
"""Signs of a file's name."""


class Attachment(NamedTuple):
    """A file: its name, its bytes counted, and their SHA-256."""

    name: str
    size: int
    hash: str


class Format(NamedTuple):
    """How a file of a suffix begins, and what browsers are told that it is."""

    media: str
    begins: tuple[bytes, ...]


_ZIP, _OLE2 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE = "application/vnd.openxmlformats-officedocument."

FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", (b"%PDF-",)),
    "ofd": Format("application/ofd", (_ZIP,)),
    "docx": Format(f"{_OFFICE}wordprocessingml.document", (_ZIP,)),
    "xlsx": Format(f"{_OFFICE}spreadsheetml.sheet", (_ZIP,)),
    "pptx": Format(f"{_OFFICE}presentationml.presentation", (_ZIP,)),
    "doc": Format("application/msword", (_OLE2,)),
    "xls": Format("application/vnd.ms-excel", (_OLE2,)),
    "wps": Format("application/vnd.ms-works", (_OLE2, _ZIP)),
    "et": Format("application/vnd.ms-excel", (_OLE2, _ZIP)),
    "jpg": Format("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Format("image/jpeg", (b"\xff\xd8\xff",)),
    "png": Format("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "tif": Format("image/tiff", (b"II*\0", b"MM\0*")),
    "zip": Format("application/zip", (_ZIP,)),
    "csv": Format("text/csv", ()),
    "txt": Format("text/plain", ()),
}
"""Documents, tables and pictures that readers open anywhere. Nothing that a browser would run: no HTML, no SVG."""


def attachment(name: str, data: bytes) -> Attachment:
    """A file that came, by its last name.

    Raises:
        Refused: empty, too large, of no format that is taken, or not what its name says.
    """
    name = clean_line(PurePath(name.replace("\\", "/")).name)
    format = FORMATS.get(suffix(name))
    if format is None or len(name) > LONGEST:
        raise Refused(message("attachment.other-format", file=name, known=tuple(FORMATS), longest=LONGEST))
    if not data:
        raise Refused(message("attachment.empty", file=name))
    if len(data) > LARGEST:
        raise too_large(name)
    if not data.startswith(format.begins or b"") or (not format.begins and b"\0" in data[:4096]):
        raise Refused(message("attachment.not-what-it-says", file=name, suffix=suffix(name)))
    return Attachment(name, len(data), hashlib.sha256(data).hexdigest())


def too_large(name: str) -> Refused:
    """Why a file is left out that has more bytes than one may have."""
    return Refused(message("attachment.too-large", file=name, limit=LARGEST >> 20))


def suffix(name: str) -> str:
    """``pdf`` of ``方案.PDF``."""
    return PurePath(name).suffix.lower().removeprefix(".")


def attached(content: Mapping[str, str]) -> tuple[Attachment, ...]:
    """The files that a content names, in their order."""
    return tuple(Attachment(*each) for each in json.loads(content.get("attachments") or "[]"))


def named(files: Iterable[Attachment]) -> str:
    """Files as a content names them; nothing where there are none."""
    told = [list(each) for each in files]
    return json.dumps(told, ensure_ascii=False) if told else ""
