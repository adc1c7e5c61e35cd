"""What paragraph styles (段落样式) of Word say about headings and numbers."""

import re
from functools import cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from gongkai.documents.read.ooxml import Package
from gongkai.documents.read.wordml import (
    BASED_ON,
    ILVL,
    NUM_ID,
    NUM_PR,
    OUTLINE,
    P_PR,
    STYLE_NAME,
    VAL,
)

_STYLE_ID = re.compile(rb'styleId="([^"]*)"')
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = ("title", "标题")
_MAX_ANCESTORS = 16


class Style(NamedTuple):
    """``heading`` 1–6 or 0; ``list_id`` and ``level`` of the automatic number, ``None``: not said."""

    heading: int | None = None
    list_id: str | None = None
    level: int | None = None

    def over(self, base: "Style") -> "Style":
        """This style where it says something, elsewhere ``base``."""
        return Style(
            base.heading if self.heading is None else self.heading,
            base.list_id if self.list_id is None else self.list_id,
            base.level if self.level is None else self.level,
        )


class Styles:
    """Styles by id, read when first asked for.

    Only the styles in use are cut out and parsed: a template's styles (300 kB are common) are many times the report.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._data: bytes | None = None
        self._starts: dict[bytes, int] = {}
        self._own = cache(self._own_of)
        self.of = cache(self._of)

    def may_number(self) -> bool:
        """Whether any style can give paragraphs an automatic number."""
        return b"numPr" in self._bytes()

    def _bytes(self) -> bytes:
        if self._data is None:
            self._data = self._package.read(self._part) or b""
        return self._data

    def _of(self, id: str) -> Style:
        """What a style says, together with the styles it is based on."""
        found = Style()
        seen: set[str] = set()
        ancestor: str | None = id
        while ancestor and ancestor not in seen and len(seen) < _MAX_ANCESTORS:
            seen.add(ancestor)
            own, ancestor = self._own(ancestor)
            found = found.over(own)
        return found

    def _own_of(self, id: str) -> tuple[Style, str | None]:
        """What a style says by itself, and the style it is based on."""
        element = self._element(id)
        if element is None:
            return Style(heading=heading_of_name(id)), None
        name = based_on = None
        style = Style()
        for child in element:
            if child.tag == STYLE_NAME:
                name = child.get(VAL)
            elif child.tag == BASED_ON:
                based_on = child.get(VAL)
            elif child.tag == P_PR:
                style = properties(child)
        if style.heading is None:
            style = style._replace(heading=heading_of_name(name or id))
        return style, based_on

    def _element(self, id: str) -> Any:
        """The ``w:style`` with this id, parsed by itself between the root's own tags."""
        data = self._bytes()
        if not self._starts:
            self._starts = {match[1]: match.start() for match in _STYLE_ID.finditer(data)}
        at = self._starts.get(escape(id).encode())
        if at is None:
            return None
        start = data.rfind(b"<", 0, at)
        tag = (data[start + 1 : at].split(None, 1) or [b""])[0]
        root, end = data.find(b"<" + tag + b"s"), data.find(b"</" + tag + b">", at)
        if root < 0 or end < 0:
            return None
        opening = data[root : data.find(b">", root) + 1]
        styles = self._package.parse(opening + data[start:end] + b"</%b></%bs>" % (tag, tag), self._part)
        return styles[0] if len(styles) else None


def properties(paragraph_properties: Any) -> Style:
    """What ``w:pPr``, of a style or of a paragraph itself, says about headings and numbers."""
    heading = list_id = level = None
    for child in paragraph_properties:
        if child.tag == OUTLINE:
            heading = heading_of_outline(child.get(VAL))
        elif child.tag == NUM_PR:
            for part in child:
                if part.tag == NUM_ID:
                    list_id = part.get(VAL)
                elif part.tag == ILVL and (part.get(VAL) or "").isdecimal():
                    level = int(part.get(VAL))
    return Style(heading, list_id, level)


def heading_of_outline(value: str | None) -> int:
    """Heading level 1–6 of an outline level (大纲级别, 0–8); level 9 is body text: 0."""
    return min(int(value) + 1, 6) if value and value.isdecimal() and int(value) < 9 else 0


def heading_of_name(name: str) -> int | None:
    """Heading level of a style by its name: ``heading 2``, ``标题 2``, ``Title`` (1); ``None`` for any other."""
    if name.strip().lower() in _TITLES:
        return 1
    match = _HEADING.fullmatch(name.strip())
    return min(int(match[1]), 6) if match else None
