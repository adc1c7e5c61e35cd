"""The compound file (MS-CFB, "OLE2") around DOC, WPS and XLS: its streams by name."""

import struct
from typing import NamedTuple

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of every compound file; a password-protected DOCX or XLSX is one too."""

_NONE = 0xFFFFFFFF
_STREAM = 2
_ENTRY = 128


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An open compound file. Only streams directly under its root are given, not those of embedded objects.

    Args:
        data: the whole file.

    Raises:
        ValueError: not a compound file, or damaged. Every chain is bounded by the file's own number of sectors.
    """

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE) or len(data) < 512:
            raise ValueError("not a compound file")
        self._data = data
        self._shift, self._mini_shift = struct.unpack_from("<HH", data, 30)
        if self._shift not in (9, 12) or self._mini_shift != 6:
            raise ValueError("unknown sector size")
        directory, self._cutoff, mini_fat = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._fat = self._numbers(b"".join(map(self._sector, self._fat_sectors())))
        entries = self._entries(self._chain(directory))
        if not entries:
            raise ValueError("no directory")
        self._mini_fat = self._numbers(self._chain(mini_fat)) if mini_fat < _NONE - 5 else ()
        self._mini = self._chain(entries[0].start) if self._mini_fat else b""
        self._streams = {entry.name: entry for entry in self._children(entries) if entry.kind == _STREAM}

    @property
    def names(self) -> list[str]:
        """Names of the streams: ``WordDocument``, ``Workbook``, ``EncryptedPackage`` …"""
        return list(self._streams)

    def read(self, name: str) -> bytes:
        """The bytes of a stream; ``KeyError`` where there is none of this name."""
        entry = self._streams[name]
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        pieces = []
        for number in self._follow(entry.start, self._mini_fat):
            at = number << self._mini_shift
            pieces.append(self._mini[at : at + (1 << self._mini_shift)])
        return b"".join(pieces)[: entry.size]

    def _fat_sectors(self) -> list[int]:
        """Sectors that hold the allocation table: 109 in the header, further ones in a chain of their own."""
        count, further, _ = struct.unpack_from("<I20xII", self._data, 44)
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen = set()
        while further < _NONE - 5 and further not in seen:
            seen.add(further)
            *more, further = self._numbers(self._sector(further))
            sectors += more
        return [sector for sector in sectors[: max(count, 1)] if sector < _NONE - 5]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) << self._shift
        if at >= len(self._data):
            raise ValueError("cut off")
        # The last sector of a file may be short.
        return self._data[at : at + (1 << self._shift)].ljust(1 << self._shift, b"\0")

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _follow(self, start: int, table: tuple[int, ...]) -> list[int]:
        chain: list[int] = []
        while start < _NONE - 5:
            if start >= len(table) or len(chain) > len(table):
                raise ValueError("broken chain")
            chain.append(start)
            start = table[start]
        return chain

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._fat)))

    def _entries(self, directory: bytes) -> list[_Entry]:
        entries = []
        for at in range(0, len(directory), _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            left, right, child = struct.unpack_from("<III", directory, at + 68)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, kind, left, right, child, start, size))
        return entries

    def _children(self, entries: list[_Entry]) -> list[_Entry]:
        """The entries of the root's own tree (left and right are siblings, child begins a deeper one)."""
        found, seen, waiting = [], {0}, [entries[0].child]
        while waiting:
            number = waiting.pop()
            if number < len(entries) and number not in seen:
                seen.add(number)
                found.append(entries[number])
                waiting += [entries[number].left, entries[number].right]
        return found
