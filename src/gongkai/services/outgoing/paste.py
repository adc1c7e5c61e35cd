"""Pasted text made clean: markup and what office programs leave behind go, the words stay.

Headings and paragraphs become lines, lists keep their numbers or a bullet, cells of a table stand apart. What is left
holds no tag, comment or entity, so that the same text is clean for ever, whatever shows it.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:._-]*)(?=[\s/>])[^<>]*>|<[!?/][^<>]*>")
_TAG_BEGINS = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ENTITY_BEGINS = re.compile(rf"&(?={_ENTITY.pattern[1:]})")
_FIELD_CODES = re.compile(
    r"\[bookmark:[^\]\n]{0,80}\]|\b(?:PAGE|NUMPAGES)\s{0,4}\\\*\s{0,4}(?:MERGEFORMAT|Arabic)|\\\*\s{0,4}MERGEFORMAT"
    r"|错误[！!]\s{0,4}未找到引用源[。.]?"
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "main", "nav", "p"),
        *("pre", "section", "table", "tbody", "tfoot", "thead", "tr", "w:p"),
    )
)
_CELLS = frozenset(("td", "th"))
_GAP, _EMPTY = "　", "—"
"""Between the cells of a row, and in one that holds nothing."""
_DROPPED = frozenset(["script", "style", "xml", "head", "template", "noscript", "svg", "math", "object", "iframe"])
"""What these hold is no text of the document."""

_PASSES = 4
"""So often may markup stand within markup (``&amp;lt;b&amp;gt;``); what is deeper is made harmless as it stands."""

_SPACES = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\x07": "\t", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
_BULLETS = str.maketrans(dict.fromkeys("\uf06c\uf06e\uf075\uf0a7\uf0b7\uf0d8\uf0fc", "• "))
"""Bullets of the fonts Symbol and Wingdings, which no other font has."""


def clean(pasted: str) -> str:
    """The text of what was pasted, its paragraphs parted by line breaks."""
    text = _tidy(pasted.replace("\r\n", "\n"))
    for _ in range(_PASSES):
        before, text = text, _tidy(_spoken(_marked(_uncommented(text))))
        if text == before:
            break
    return _lined(_ENTITY_BEGINS.sub("＆", _TAG_BEGINS.sub("＜", text)))


def clean_line(pasted: str) -> str:
    """The same on one line: a title, a document number."""
    return " ".join(clean(pasted).split())


def _uncommented(text: str) -> str:
    """Without comments, those of Word's conditions too (``<!--[if gte mso 9]>…<![endif]-->``)."""
    kept, at = [], 0
    while (begins := text.find("<!--", at)) >= 0 and (ends := text.find("-->", begins + 4)) >= 0:
        kept.append(text[at:begins])
        at = ends + 3
    return "".join((*kept, text[at:]))


def _marked(text: str) -> str:
    """Tags become line breaks, numbers, bullets, gaps, or nothing."""
    return "".join(_pieces(text, list(_TAG.finditer(text))))


def _pieces(text: str, tags: list[re.Match[str]]) -> Iterator[str]:
    last = {tag[2].lower(): number for number, tag in enumerate(tags) if tag[1]}
    within: str | None = None
    lists: list[int | None] = []
    at = 0
    for number, tag in enumerate(tags):
        name, closes = (tag[2] or "").lower(), bool(tag[1])
        if within is None:
            yield text[at : tag.start()]
        at = tag.end()
        if within is not None:
            within = None if closes and name == within else within
        elif name in _DROPPED and not closes and last.get(name, -1) > number:
            within = name
        else:
            yield _break(name, closes, lists)
    yield text[at:]


def _break(name: str, closes: bool, lists: list[int | None]) -> str:
    """What stands in the place of a tag; ``lists`` counts the lists that are open, ``None`` one without numbers."""
    if name in ("ol", "ul"):
        if not closes:
            lists.append(0 if name == "ol" else None)
            return "" if len(lists) > 1 else "\n"
        if lists:
            lists.pop()
        return "" if lists else "\n"
    if name == "li":
        if closes:
            return ""
        count = lists[-1] if lists else None
        if count is None:
            return "\n• "
        lists[-1] = count + 1
        return f"\n{count + 1}. "
    if name in _CELLS:
        return "" if closes else _GAP
    return "\n" if name in _BLOCKS else ""


def _spoken(text: str) -> str:
    """Entities become their signs; those that an address holds without a semicolon are none."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _tidy(text: str) -> str:
    """Without signs that nobody sees and codes of fields. Signs that only some fonts have may be a name: they stay."""
    text = text.translate(_SPACES).translate(_BULLETS)
    seen = "".join(each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf", "Cs"))
    return _FIELD_CODES.sub("", seen)


def _lined(text: str) -> str:
    """Lines without blanks at their ends, at most one empty line between two."""
    shown = [re.sub(r" {2,}", " ", line.replace("\xa0", " ")).strip() for line in _rows(text.split("\n"))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()


def _rows(lines: Iterable[str]) -> Iterator[str]:
    """Tabs become gaps. Lines below each other with as many tabs are a table: a cell of it that is empty is seen to be,
    so that nobody reads a figure in the wrong column; a column that is empty throughout only indents.
    """
    for tabs, block in groupby(lines, lambda line: line.count("\t")):
        table = [[cell.strip() for cell in line.split("\t")] for line in block]
        columns = [any(row[at] for row in table) for at in range(tabs + 1)]
        for row in table:
            kept = (cell or _EMPTY for cell, shown in zip(row, columns, strict=True) if shown)
            yield _GAP.join(kept) if any(row) else ""
