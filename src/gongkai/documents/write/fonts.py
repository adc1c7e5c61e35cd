"""Which fonts there are, which one serves for each official face, and which characters none of them can print.

Official documents name 仿宋, 小标宋, 黑体, 楷体, and 宋体 for page numbers. Their fonts may not be passed on, so an
installation gives its own in the folder ``GONGKAI_FONTS``; without them Noto Serif (where the system has it) and Noto
Sans stand in.
"""

import os
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.core.message import Message, message

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
SYSTEM = Path("/usr/share/fonts/opentype/noto")
"""Where Debian's fonts-noto-cjk puts Noto Serif."""


class Face(NamedTuple):
    """An official face: its Chinese name, the font families that are it, and the stand-ins, best first."""

    name: str
    families: tuple[str, ...]
    substitutes: tuple[str, ...]


FACES = {
    "body": Face("仿宋", ("FangSong", "FangSong_GB2312", "仿宋", "仿宋_GB2312", "STFangsong"), (SERIF, SANS)),
    "title": Face(
        "小标宋",
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "小标宋体"),
        (SERIF, SANS),
    ),
    "heading": Face("黑体", ("SimHei", "黑体", "STHeiti"), (SANS,)),
    "subheading": Face("楷体", ("KaiTi", "KaiTi_GB2312", "楷体", "楷体_GB2312", "STKaiti"), (SERIF, SANS)),
    "number": Face("宋体", ("SimSun", "宋体", "NSimSun", "STSong"), (SERIF, SANS)),
}


@dataclass(frozen=True)
class FontSet:
    """The fonts found: ``book`` for typst, their ``families`` and the ``files`` they stand in.

    ``own`` is the folder that ``GONGKAI_FONTS`` names.
    """

    book: Any
    families: tuple[str, ...]
    files: tuple[Path, ...]
    own: Path | None

    def chosen(self) -> dict[str, list[str]]:
        """For each role the families to print it with: the official one if it is there, then the stand-ins."""
        return {role: choose(face, self.families) for role, face in FACES.items()}

    def fault(self) -> Message | None:
        """What is wrong with the installation's own folder: it is not there, or no font is in it."""
        if self.own is None or any(file.is_relative_to(self.own) for file in self.files):
            return None
        id = "writing.fonts-empty" if self.own.is_dir() else "writing.fonts-absent"
        return message(id, folder=str(self.own))

    def substituted(self) -> list[tuple[str, str]]:
        """Official faces that are not there, each with the family that stands in."""
        chosen = self.chosen()
        return [
            (face.name, chosen[role][0])
            for role, face in FACES.items()
            if chosen[role] and chosen[role][0] not in face.families
        ]

    def missing(self, text: str) -> list[str]:
        """The characters of ``text`` that no font can print, in order; those of private use, which mean nothing to
        others and which PDF/A forbids, are always among them."""
        private = {char for char in text if unicodedata.category(char) == "Co"}
        needed = {char for char in text if not char.isspace()} - private
        for file in self.files:
            if needed:
                covered = coverage(file)
                needed = {char for char in needed if not covered.has(ord(char))}
        return sorted(needed | private)


def choose(face: Face, families: Sequence[str]) -> list[str]:
    """The families of one face among those that are there, the first official one and all stand-ins."""
    official = [family for family in face.families if family in families][:1]
    return official + [family for family in face.substitutes if family in families]


def fonts() -> FontSet:
    """The fonts of this installation: the folder ``GONGKAI_FONTS``, the wheel's, the system's Noto."""
    return _fonts(os.environ.get("GONGKAI_FONTS", ""))


@lru_cache(maxsize=4)
def _fonts(own: str) -> FontSet:
    import manimgx_fonts_cjk  # type: ignore[import-untyped]
    import typst

    folders = [Path(own)] if own else []
    folders += [Path(next(iter(manimgx_fonts_cjk.__path__))), SYSTEM]
    book = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders if folder.is_dir()],
    )
    found = book.fonts()
    return FontSet(
        book,
        tuple(dict.fromkeys(font.family for font in found)),
        tuple(dict.fromkeys(Path(font.path) for font in found if font.path)),
        Path(own) if own else None,
    )


class Coverage(NamedTuple):
    """Code points as ranges: ``starts`` and ``ends`` in order, both inclusive."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def has(self, code: int) -> bool:
        """Whether a code point is covered."""
        place = bisect_right(self.starts, code) - 1
        return place >= 0 and code <= self.ends[place]


@lru_cache(maxsize=64)
def coverage(file: Path) -> Coverage:
    """What a font file (TTF, OTF, TTC) has glyphs for, by its ``cmap`` table (OpenType, formats 4 and 12)."""
    with file.open("rb") as data:
        head = data.read(16)
        offsets = [0]
        if head[:4] == b"ttcf":
            data.seek(12)
            count = struct.unpack(">I", head[8:12])[0]
            offsets = list(struct.unpack(f">{count}I", data.read(4 * count)))
        ranges: set[tuple[int, int]] = set()
        seen: set[int] = set()
        for offset in offsets:
            data.seek(offset + 4)
            tables = struct.unpack(">H", data.read(2))[0]
            data.seek(offset + 12)
            for _ in range(tables):
                tag, _, start, length = struct.unpack(">4sIII", data.read(16))
                if tag == b"cmap" and start not in seen:
                    seen.add(start)
                    here = data.tell()
                    data.seek(start)
                    ranges |= set(_cmap(data.read(length)))
                    data.seek(here)
    starts, ends = _merged(ranges)
    return Coverage(starts, ends)


def _cmap(table: bytes) -> Iterable[tuple[int, int]]:
    count = struct.unpack_from(">H", table, 2)[0]
    for offset in sorted({struct.unpack_from(">I", table, 8 + 8 * place)[0] for place in range(count)}):
        format = struct.unpack_from(">H", table, offset)[0]
        if format == 4:
            doubled = struct.unpack_from(">H", table, offset + 6)[0]
            ends = struct.unpack_from(f">{doubled // 2}H", table, offset + 14)
            starts = struct.unpack_from(f">{doubled // 2}H", table, offset + 16 + doubled)
            yield from ((start, end) for start, end in zip(starts, ends, strict=True) if end != 0xFFFF)
        elif format == 12:
            groups = struct.unpack_from(">I", table, offset + 12)[0]
            for place in range(groups):
                yield struct.unpack_from(">II", table, offset + 16 + 12 * place)


def _merged(ranges: set[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(ranges):
        if starts and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return tuple(starts), tuple(ends)
