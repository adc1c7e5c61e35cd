"""HTML pages of government sites and HTML saved by Word, of any charset. Nothing is ever fetched or run."""

import re

from gongkai.core.message import message
from gongkai.documents.read.charset import decode
from gongkai.documents.read.limits import MAX_TEXT_BYTES
from gongkai.documents.read.source import Block, Source, Unreadable

_PRESCAN = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_TITLE_META = frozenset(("articletitle", "og:title"))


def read(data: bytes, name: str, declared: str | None = None) -> Source:
    """Blocks of a page in reading order; ``titles`` from its head, the article's own title first.

    Args:
        data: the page.
        name: what messages call the file.
        declared: its charset, where something other than the page itself says so.

    Raises:
        Unreadable: too large or too deep for a page, or without any text.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Unreadable(message("read.too-large", file=name, limit=MAX_TEXT_BYTES >> 20))
    if declared is None and (says := _DECLARED.search(data, 0, _PRESCAN)):
        declared = says[1].decode("ascii")
    text, charset, lost = decode(data, declared)
    utf8 = data if charset == "utf-8" and not lost else text.encode("utf-8", "replace")
    source = Source(name, *_parse(utf8, name))
    if not source.blocks:
        raise Unreadable(message("read.no-text-in-page", file=name))
    if lost:
        source.problems.append(message("read.characters-lost", count=lost, charset=charset))
    return source


def blocks(markup: str, name: str) -> list[Block]:
    """Blocks of a piece of markup, as it stands inside a Markdown file."""
    return _parse(markup.encode("utf-8", "replace"), name)[0]


def _parse(utf8: bytes, name: str) -> tuple[list[Block], list[str]]:
    """Blocks and titles of markup in UTF-8."""
    from selectolax.lexbor import LexborHTMLParser

    from gongkai.documents.read.html.guard import refuse_bombs
    from gongkai.documents.read.html.walk import Page

    refuse_bombs(utf8, name)
    tree = LexborHTMLParser(utf8)
    found = Page(tree, utf8, name).blocks()
    titles: dict[str, None] = {}
    node = tree.head.first_child if tree.head is not None else None
    plain = ""
    while node is not None:
        if node.tag == "title":
            plain = plain or " ".join(node.text().split())
        elif node.tag == "meta":
            attributes = node.attributes
            if (attributes.get("name") or attributes.get("property") or "").lower() in _TITLE_META:
                titles[" ".join((attributes.get("content") or "").split())] = None
        node = node.next
    titles[plain] = None
    titles.pop("", None)
    return found, list(titles)
