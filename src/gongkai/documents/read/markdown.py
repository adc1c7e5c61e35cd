"""Markdown: headings, pipe tables, paragraphs; HTML inside it is read as HTML."""

import html
import re
from collections.abc import Sequence

from gongkai.core.message import message
from gongkai.core.tables.report import Place
from gongkai.documents.read.charset import decode
from gongkai.documents.read.layout import pipe_cells
from gongkai.documents.read.limits import MAX_TEXT_BYTES
from gongkai.documents.read.source import Block, Grid, Paragraph, Source, Unreadable
from gongkai.documents.read.txt import refuse_too_many_lines

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BULLETS = re.compile(r"(?:[ \t]*+(?:>[ \t]?|[-*+][ \t]++))*+")
_DELIMITER = re.compile(r"[ \t]*+(?:\|[ \t]*+)?(?::?-++:?[ \t]*+)(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?")
_HTML_BLOCK = re.compile(
    r" {0,3}<(?:!--|/?(?:table|div|p|h[1-6]|ul|ol|pre|center|section|article|figure|details|style|script)\b)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_LEAD_TITLE = re.compile(r"^title[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)

# Each pattern stops at the next mark of its own kind, so that a line of marks costs no more than any other.
_TARGET = r"\([^()\s]*+(?:\s++[^()]*+)?\)"
_EMPHASIS = (
    (re.compile(r"(\*{1,3})(?=[^\s*])([^*]+)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])([^_]+)(?<=\S)\1(?!\w)", re.ASCII), r"\2"),
    (re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~"), ""),
)
_INLINE = (
    (re.compile(r"!\[[^\[\]]*+\]" + _TARGET), ""),
    (re.compile(r"\[([^\[\]]++)\]" + _TARGET), r"\1"),
    (re.compile(r"\[([^\[\]]++)\]\[[^\[\]]*+\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]++)>"), r"\1"),
    (re.compile(r"<br\s*+/?>", re.IGNORECASE), "\n"),
    (
        # Bounded instead of possessive: Python 3.11.2 misreads possessive groups that look back.
        re.compile(r"<(s|strike|del|sup)(?=[\s>])[^<>]{0,100}>.{0,100}?</\1\s{0,20}>", re.IGNORECASE | re.DOTALL),
        "",
    ),
    (re.compile(r"</?[A-Za-z][^<>]*+>"), ""),
    (re.compile(r"(`++)([^`]++)\1"), r"\2"),
    *_EMPHASIS,
    *_EMPHASIS,  # once more for *one inside **another***
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEPT = 0x10FF00
"""Escaped characters wait here, in private use, until the marks are gone."""
_KEPT_ONES = re.compile("[\U0010ff00-\U0010ff7f]")


def read(data: bytes, name: str) -> Source:
    """Blocks of a Markdown file. A line is a paragraph, as Chinese writers mean it, also where no blank line follows.

    Raises:
        Unreadable: too large, or nothing in it.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(message("read.too-large", file=name, limit=MAX_TEXT_BYTES >> 20))
    text, charset, lost = decode(data)
    refuse_too_many_lines(text, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lead = _LEAD.match(text)
    title = _LEAD_TITLE.search(lead[1]) if lead else None
    skipped = lead[0].count("\n") if lead else 0
    source = Source(name, _blocks(text.split("\n"), skipped, name), [title[1].strip("\"'")] if title else [])
    if not source.blocks:
        raise Unreadable(message("read.empty", file=name))
    if lost:
        source.problems.append(message("read.characters-lost", count=lost, charset=charset))
    return source


def _blocks(lines: Sequence[str], begin: int, name: str) -> list[Block]:
    found: list[Block] = []
    tables = 0
    index = begin
    while index < len(lines):
        line = lines[index]
        place = Place(line=index + 1)
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if fence := _FENCE.match(line):
            end = index + 1
            while end < len(lines) and not lines[end].lstrip().startswith(fence[1]):
                end += 1
            for number in range(index + 1, min(end, len(lines))):
                if lines[number].strip():
                    found.append(Paragraph(lines[number].strip(), Place(line=number + 1)))
            index = end + 1
        elif _HTML_BLOCK.match(line):
            end = _html_end(lines, index)
            tables = _add_html(found, "\n".join(lines[index:end]), tables, index + 1, name)
            index = end
        elif "|" in line and "|" in following and _DELIMITER.fullmatch(following):
            tables += 1
            grid, index = _table(lines, index, tables)
            found.append(grid)
        elif heading := _HEADING.fullmatch(line):
            words = (heading[2] or "").rstrip()
            if words.rstrip("#")[-1:] in ("", " ", "\t"):
                words = words.rstrip("#")
            if text := plain(words):
                found.append(Paragraph(text, place, len(heading[1])))
            index += 1
        elif (under := _UNDERLINE.fullmatch(following)) and line.strip() and not _bullets(line):
            found.append(Paragraph(plain(line), place, 1 if "=" in under[1] else 2))
            index += 2
        elif _RULE.fullmatch(line):
            index += 1
        else:
            text = plain(line[_bullets(line) :])
            found += [Paragraph(piece, place) for piece in map(str.strip, text.split("\n")) if piece]
            index += 1
    return found


def _bullets(line: str) -> int:
    """How many characters of list marks and quotation marks a line begins with."""
    match = _BULLETS.match(line)
    return match.end() if match else 0


def plain(text: str) -> str:
    """Inline Markdown as the words that a reader sees: no emphasis marks, links as their text; pictures, what
    is struck out and the marks of footnotes are gone.
    """
    text = _ESCAPED.sub(lambda match: chr(_KEPT + ord(match[1])), text.removesuffix("\\"))
    for pattern, words in _INLINE:
        text = pattern.sub(words, text)
    text = html.unescape(text).replace("\u00a0", " ")
    return _KEPT_ONES.sub(lambda match: chr(ord(match[0]) - _KEPT), text).strip()


def _table(lines: Sequence[str], begin: int, table: int) -> tuple[Grid, int]:
    """A pipe table and the index behind it; the line under the header is left out, a wholly blank header too."""
    texts: list[str] = []
    rows: list[range] = []
    places: list[Place] = []
    index = begin
    while index < len(lines) and lines[index].strip() and "|" in lines[index]:
        cells = pipe_cells(lines[index]) if index != begin + 1 else []
        if any(cells) or (cells and index != begin):
            rows.append(range(len(texts), len(texts) + len(cells)))
            texts.extend(map(plain, cells))
            places.extend(Place(None, None, table, len(rows), column, index + 1) for column in range(1, len(cells) + 1))
        index += 1
    return Grid(texts, rows, places), index


def _html_end(lines: Sequence[str], begin: int) -> int:
    """The index behind a block of HTML: a table ends with its end tag, anything else at a blank line."""
    depth = 0
    for index in range(begin, len(lines)):
        line = lines[index].lower()
        depth += line.count("<table") - line.count("</table")
        if depth <= 0 and (index + 1 == len(lines) or not lines[index + 1].strip() or "</table" in line):
            return index + 1
    return len(lines)


def _add_html(found: list[Block], markup: str, tables: int, line: int, name: str) -> int:
    """Add what a block of HTML at ``line`` holds; returns how many tables there are now."""
    from gongkai.documents.read.html import blocks

    for block in blocks(markup, name):
        if isinstance(block, Paragraph):
            found.append(block._replace(place=Place(line=line)))
        else:
            tables += 1
            places = [place._replace(table=tables, line=line) for place in block.places]
            found.append(Grid(block.texts, block.rows, places))
    return tables
