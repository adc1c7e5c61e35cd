"""Refuses a PDF that would unpack to far more than any report, before pdfium is given it.

pdfium unpacks a whole page at once and builds an object for every drawing operator, some sixteen bytes of memory for
each byte unpacked. A small file can hold gigabytes of them.
"""

import re
import zlib

from gongkai.documents.read.limits import MAX_PDF_UNPACKED

_STREAM = re.compile(rb"stream\r?\n")
_PASSIVE = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b|/Length1\b")
_NESTED = re.compile(rb"/FlateDecode\s*/(?:Flate|LZW|RunLength|ASCII)")
_STEP = 1 << 20


def unpacks_to_too_much(data: bytes) -> bool:
    """Whether the streams of a file that pdfium would parse (not pictures, not fonts) unpack to more than the limit."""
    budget = MAX_PDF_UNPACKED
    previous = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(previous, match.start() - 1024) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        previous = start
        if _PASSIVE.search(head):
            continue
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if b"/FlateDecode" in head or b"/Fl" in head:
            factor = 1000 if _NESTED.search(head) else 1  # packed twice: count what the second packing may hide
            budget -= factor * _unpacked(memoryview(data)[start:end], budget // factor + 1)
        else:
            budget -= end - start
        if budget < 0:
            return True
    return False


def _unpacked(packed: memoryview, limit: int) -> int:
    """How many bytes a deflated stream holds, counted up to a limit."""
    unpack = zlib.decompressobj()
    total = 0
    rest: bytes | memoryview = packed
    try:
        while total < limit and not unpack.eof:
            piece = unpack.decompress(rest, _STEP)
            rest = unpack.unconsumed_tail
            total += len(piece)
            if not piece and not rest:
                break
    except zlib.error:
        pass  # encrypted or damaged: pdfium will make less of it, not more
    return total
