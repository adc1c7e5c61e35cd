"""What a page's styles keep from being seen: pieces of text that are hidden, struck out, raised or without a size."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.documents.read.html.tags import INLINE, SIZED, SMALL

_LOOKS = (
    ('[style*="super" i]', (b"align:super", b"align: super"), b"U", b"ALIGN: SUPER"),
    ('[style*="visibility" i]', (b"visibility",), b"Y", b"VISIBILITY"),
    ('[style*="font-size" i]', (b"font-size:0", b"font-size: 0"), b"Z", b"FONT-SIZE: 0"),
    ('[style*="line-through" i]', (b"line-through",), b"H", b"LINE-THROUGH"),
)
"""Elements that keep their room but may show nothing, or something struck; what their page must hold, and in capitals,
with the letter of them that pages have least: to look for one letter costs a tenth.
"""

_VISIBILITY = re.compile(r"(?<![\w-])visibility\s*:\s*([\w-]+)", re.IGNORECASE)
_ASIDE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through|vertical-align\s*:\s*super", re.IGNORECASE)
_NO_SIZE = re.compile(
    r"font-size\s*:\s*(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?\s*(?:!\s*important\s*)?(?:;|$)", re.IGNORECASE
)
_NEVER_SHOWN = re.compile(r"\.([A-Za-z_][\w-]*)\s*\{[^{}]*display\s*:\s*none", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{}]{0,200}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,200}[^{}]{0,2000}\}")

STYLES, STYLE = 20, 20_000
"""How many style sheets of a page are looked through, and how many characters of each."""


def styled(tree: LexborHTMLParser, markup: bytes) -> Iterator[list[LexborNode]]:
    """Elements whose own style may keep them from being seen, one property after the other."""
    # Twice as fast over a page as ``in``, and six times as fast as the selector.
    holds = markup.rfind
    for selector, needles, letter, capitals in _LOOKS:
        if any(holds(needle) >= 0 for needle in needles) or (holds(letter) >= 0 and holds(capitals) >= 0):
            yield tree.css(selector)


def visibility(node: LexborNode) -> str:
    """``visible``, ``hidden`` or ``collapse`` where an element's own style says so; ``hidden`` also for what is struck
    out, raised or without a size; ``""`` where it looks like what it stands in.
    """
    style = node.attributes.get("style") or ""
    said = str((_VISIBILITY.findall(style) or [""])[-1]).lower()
    if said in ("visible", "hidden", "collapse"):
        return said
    return "hidden" if _ASIDE.search(style) or _has_no_size(node, style) else ""


def never_shown(tree: LexborHTMLParser) -> list[LexborNode]:
    """Pieces of text whose class the page's own styles never show. Whole blocks are let be: a tab that opens on a
    click, or a layout for another screen, may hold the report.
    """
    found: list[LexborNode] = []
    for sheet in tree.tags("style")[:STYLES]:
        rules = _AT_RULE.sub("", sheet.text())
        for name in dict.fromkeys(_NEVER_SHOWN.findall(rules[:STYLE])):
            found += [node for node in tree.css(f".{name}") if node.tag_id in INLINE]
    return found


def _has_no_size(node: LexborNode, style: str) -> bool:
    """Whether the letters of an element have no size, and nothing in it may have one again, as it has where authors
    only mean to close the gaps between boxes.
    """
    if not _NO_SIZE.search(style):
        return False
    inside = list(islice(node.traverse(), 1, SMALL))
    return len(inside) < SMALL - 1 and not any(
        child.tag_id in SIZED or not {"style", "class", "id"}.isdisjoint(child.attributes) for child in inside
    )
