"""Bytes to text: byte order mark, strict UTF-8, then GB18030, which also covers GBK and GB 2312.

Chinese government pages declare one charset and are written in another often enough that the bytes are asked first.
"""

import re
from typing import NamedTuple

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))

_DECLARED = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "hz-gb-2312": "hz",
}
"""Declarations that are believed. Of the others UTF-8 and the GB family are tried anyway, and a one-byte charset such
as iso-8859-1 would "succeed" on any bytes."""

_USUAL = "[\\t-\\r -~\\u2010-\\u203f\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]"
_SAMPLE = 4096


class Text(NamedTuple):
    """Decoded text. ``charset`` is the codec that fitted, ``lost`` how many characters became U+FFFD."""

    text: str
    charset: str
    lost: int = 0


def decode(data: bytes, declared: str | None = None) -> Text:
    """Decode bytes of unknown charset. ``declared`` is what the file says of itself; it is asked after UTF-8.

    Never fails: where nothing fits, the likeliest charset is used and the unreadable characters are counted.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _lossy(data[len(bom) :], charset)
    if b"\0" in data and (wide := _utf16(data)):
        return wide
    believed = _DECLARED.get(declared.strip().lower()) if declared else None
    for charset in ("utf-8", *([believed] if believed else []), "gb18030"):
        try:
            return Text(data.decode(charset), charset)
        except UnicodeDecodeError:
            # A long UTF-8 text with one torn character often passes as GB18030, as nonsense.
            if charset == "utf-8" and _is_damaged_utf8(data):
                return _lossy(data, "utf-8")
    return _lossy(data, believed or "gb18030")


def _lossy(data: bytes, charset: str) -> Text:
    """Decode with U+FFFD for what does not fit, counting only what the decoding lost."""
    try:
        return Text(data.decode(charset), charset)
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
        return Text(text, charset, text.count("\ufffd"))


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few: many sound multi-byte characters for each bad one."""
    sound = data.decode("utf-8", "ignore")
    multibyte = len(sound) - sum(map(sound.count, map(chr, range(128))))
    bad = len(data) - len(sound.encode())
    return multibyte > 50 * bad


def _utf16(data: bytes) -> Text | None:
    """UTF-16 without a mark: read in one of the two orders, nearly all of it is Chinese or ASCII."""
    if len(data) % 2:
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(re.findall(_USUAL, text[:_SAMPLE])) >= 0.95 * min(len(text), _SAMPLE):
            return Text(text, charset)
    return None
