"""One pass over a page's tree: text into paragraphs, tables into grids, in reading order.

Thousands of pages go through this loop, so it asks a node only for what it needs; what takes attributes (hidden
elements, spans, tables made of ``<div>``) is found beforehand by a few selectors. Nothing recurses: a page may be deep.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gongkai.core.tables.report import Place
from gongkai.documents.read.html.table import MAX_COLSPAN, Row, resolve
from gongkai.documents.read.html.tags import (
    BLOCKS,
    CAPTION,
    CELLS,
    FIGURE,
    HEADINGS,
    INPUT,
    KNOTS,
    LI,
    LISTS,
    PREFORMATTED,
    ROW_GROUPS,
    ROWS,
    SMALL,
    SPECIAL,
    TABLE,
    TABLE_PARTS,
    TBODY,
    TD,
    TEXT,
    TR,
    UNSEEN,
    A,
    P,
)
from gongkai.documents.read.html.unseen import never_shown, styled, visibility
from gongkai.documents.read.source import Block, Paragraph

NEAR = 4
"""How many elements may stand between a cell and a table of one text in it: <div>, <center>, <p> …"""

PROSE = 200
"""A cell with more characters is no cell of a table but prose laid out in one; the longest label of a form has 42."""


_DISPLAY = re.compile(r"display\s*:\s*([\w-]+)", re.IGNORECASE)
_ROLES = {
    **dict.fromkeys(("table", "grid"), TABLE),
    **dict.fromkeys(("rowgroup", "table-row-group", "table-header-group"), TBODY),
    **dict.fromkeys(("row", "table-row"), TR),
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader", "table-cell"), TD),
    "block": P,
}
"""What an element is by its ``role`` or its inline ``display``, whatever its tag."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAK_IN_CHINESE = re.compile(r"(?<=[^\x00-\xff])[ \t\r\f]*\n[ \t\n\r\f]*(?=[^\x00-\xff])")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ODD_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), " ")
_CHARACTERS = _NO_WIDTH | _ODD_SPACES


def clean(text: str) -> str:
    """Text as a browser shows it: white space runs together, and to nothing where a source line ends between two
    Chinese characters; no-break and other odd spaces are spaces and stay; what has no width goes."""
    text = text.strip()
    if text.isprintable() and "  " not in text:
        return text
    return _SPACE.sub(" ", _BREAK_IN_CHINESE.sub("", text)).translate(_CHARACTERS).strip()


class Page:
    """A parsed page. ``markup`` is what ``tree`` was made from, ``name`` what messages call the file.

    Elements are named by their ``mem_id``: ``hidden`` ones; ``blank``, those of them that are cells and keep their
    slots; ``roles``, the tag that an element stands for where that is not its own; ``holders``, whatever has a table
    inside that is more than one text; ``speckled``, whatever has something hidden inside; ``claims``, the columns and
    rows of cells that claim more than one slot.
    """

    def __init__(self, tree: LexborHTMLParser, markup: bytes, name: str) -> None:
        self._body = tree.body
        self._name = name
        self._hidden: set[int] = set()
        self._blank: set[int] = set()
        self._roles: dict[int, int] = {}
        self._claims: dict[int, tuple[int, int]] = {}
        # The selector engine passes faster over a page with one attribute at a time than with a list of them.
        tables = tree.tags("table")
        for node in tree.css("[colspan],[rowspan]"):
            attributes = node.attributes
            columns = min(_number(attributes.get("colspan")) or 1, MAX_COLSPAN)
            self._claims[node.mem_id] = columns, _number(attributes.get("rowspan") or "1")
        marked = tree.css("[hidden]")
        if any(node.attributes.get("role") in _ROLES for node in tree.css("div[role]")):
            marked += tree.css("[role]")
        # Twice as fast over a page as ``in``, and six times as fast as the selector. Old editors write capitals; to
        # look for one letter costs a tenth.
        holds = markup.rfind
        if holds(b"display") >= 0 or (holds(b"Y") >= 0 and holds(b"DISPLAY") >= 0):
            marked += tree.css('[style*="display" i]')
        hidden, shown = [], []
        for node in marked:
            attributes = node.attributes
            display = _DISPLAY.search(attributes.get("style") or "")
            word = display[1].lower() if display else ""
            if "hidden" in attributes or word == "none":
                self._hidden.add(node.mem_id)
                hidden.append(node)
            elif role := _ROLES.get(attributes.get("role") or word):
                shown.append((node, role))
        if shown:
            tables += self._assign(shown)
        if holds(b"display") >= 0:
            hidden += never_shown(tree)
            self._hidden.update(node.mem_id for node in hidden)
        for nodes in styled(tree, markup):
            hidden += self._blot_out(nodes)
        self._holders = _ancestors(table for table in tables if not _is_one_text(table))
        self._speckled = _ancestors(hidden)

    def _blot_out(self, nodes: list[LexborNode]) -> list[LexborNode]:
        """Hide what keeps its room on the page but shows nothing, or something struck out; returns what was hidden."""
        looks = [(node, visibility(node)) for node in nodes]
        again = _ancestors(node for node, look in looks if look == "visible")
        hidden: list[LexborNode] = []
        for node, look in looks:
            tag = self._roles.get(node.mem_id, node.tag_id)
            if look not in ("hidden", "collapse") or node.mem_id in again:
                continue
            if tag in CELLS:
                self._blank.add(node.mem_id)
                hidden.append(node)
            elif tag in TABLE_PARTS and look != "collapse":
                rows = [node] if tag == TR else self._children(node, ROWS)
                cells = [cell for row in rows for cell in self._children(row, CELLS)]
                self._blank.update(cell.mem_id for cell in cells)
                hidden += cells
            else:
                hidden.append(node)
        self._hidden.update(node.mem_id for node in hidden)
        return hidden

    def _assign(self, shown: list[tuple[LexborNode, int]]) -> list[LexborNode]:
        """Give elements the roles that they claim, cells only in rows and rows only in tables; returns the tables.

        A box with a single row or none is no table: authors centre things with ``display: table``.
        """
        self._roles = {node.mem_id: role for node, role in shown}
        tables = [node for node, role in shown if role == TABLE and len(self._rows(node)) > 1]
        sound = {node.mem_id: TABLE for node in tables}
        for wanted, parents in ((TBODY, {TABLE}), (TR, {TABLE, TBODY}), (TD, {TR})):
            for node, role in shown:
                if role == wanted and node.parent is not None and sound.get(node.parent.mem_id) in parents:
                    sound[node.mem_id] = role
        sound |= {node.mem_id: P for node, role in shown if role == P and node.tag_id not in BLOCKS}
        self._roles = sound
        return tables

    def blocks(self) -> list[Block]:
        """Blocks of the body. Raises ``Unreadable`` for a table of absurd size."""
        blocks: list[Block] = []
        if self._body is None:
            return blocks
        tables = lines = 0
        for piece in self._pieces(self._body):
            if isinstance(piece, list):
                if any(text for row in piece for text in row.texts):
                    tables += 1
                    blocks.append(resolve(piece, tables, self._name))
            else:
                lines += 1
                blocks.append(Paragraph(piece[0], Place(None, None, None, None, None, lines), piece[1]))
        return blocks

    def _pieces(self, root: LexborNode) -> Iterator[tuple[str, int] | list[Row]]:
        """What stands inside ``root``: lines of text with their heading level, and tables as rows."""
        hidden, roles, end = self._hidden, self._roles, root.mem_id
        plan: dict[int, list[Row] | None] = {}
        texts: list[str] = []
        heading = 0

        def line() -> str:
            """The text since the last break."""
            words = clean("".join(texts))
            texts.clear()
            return words

        node = root.first_child
        while node is not None:
            tag = node.tag_id
            if roles:
                tag = roles.get(node.mem_id, tag)
            child: LexborNode | None = None
            if tag == TEXT:
                if not node.is_empty_text_node:
                    texts.append(node.text_content or "")
                elif texts:
                    texts.append("\n" if "\n" in (node.text_content or "") else " ")
            elif hidden and node.mem_id in hidden:
                pass
            elif tag in BLOCKS:
                if texts and (words := line()):
                    yield words, heading
                if (
                    tag == P
                    and not roles
                    and node.mem_id not in self._speckled
                    and (whole := _only_text(node)) is not None
                ):
                    # Most paragraphs hold one text: no need to walk through them.
                    if words := clean(whole):
                        yield words, heading
                elif tag not in SPECIAL:
                    child = node.first_child
                elif tag in PREFORMATTED:
                    yield from ((words, 0) for words in map(_clean_line, node.text().splitlines()) if words)
                elif tag == TR and node.mem_id in plan:
                    if rows := plan.pop(node.mem_id):
                        yield rows
                elif not (
                    (tag == LI and _is_menu_entry(node))
                    or (tag in LISTS and _is_menu(node))
                    or (tag == FIGURE and self._is_picture(node))
                ):
                    heading = HEADINGS.get(tag, heading)
                    if tag == TABLE:
                        plan |= self._plan(node)
                    if rows := plan.pop(node.mem_id, None):
                        yield rows
                    else:
                        child = node.first_child
            elif tag == INPUT:
                # A form filled in and published as it was; what stands in a page's own search box is no text of it.
                if root.tag_id in CELLS:
                    texts.append(_shown_value(node))
            elif tag not in UNSEEN:
                child = node.first_child
            # On to the next node in reading order, closing the elements that end before it.
            while child is None:
                child = node.next
                if child is None:
                    node = node.parent
                    if node is None or node.mem_id == end:
                        break
                    tag = node.tag_id
                    if tag in BLOCKS or (roles and node.mem_id in roles):
                        if texts and (words := line()):
                            yield words, heading
                        if tag in HEADINGS:
                            heading = 0
            node = child
        if texts and (words := line()):
            yield words, heading

    def _plan(self, table: LexborNode) -> dict[int, list[Row] | None]:
        """Which rows of a table make a grid: the first row of each grid ↦ its rows, the others ↦ ``None``; a table
        that is nothing but one grid ↦ all its rows.

        Rows left out are layout, to be walked like any other blocks: those that hold a table, those with a cell of
        prose, and the only cell of a table.
        """
        plan: dict[int, list[Row] | None] = {}
        run: list[Row] = []
        size = 0
        rows = self._rows(table)
        for node, left in rows:
            row = self._row(node, left) if node.mem_id not in self._holders else None
            if row is None:
                run = []
                continue
            size += len(row.texts)
            plan[node.mem_id] = None if run else run
            run.append(row)
        if size < 2 and table.mem_id not in self._holders:
            return {}
        if len(run) == len(rows) and not self._roles and not any(child.tag_id == CAPTION for child in table.iter()):
            return {table.mem_id: run}
        return plan

    def _rows(self, table: LexborNode) -> list[tuple[LexborNode, int]]:
        """The visible rows of a table, each with the number of rows from it to the end of its group."""
        groups: list[list[LexborNode]] = [[]]
        for child in self._children(table, TABLE_PARTS):
            if self._roles.get(child.mem_id, child.tag_id) == TR:
                groups[-1].append(child)
            else:
                groups += self._children(child, ROWS), []
        return [(row, len(group) - index) for group in groups for index, row in enumerate(group)]

    def _row(self, row: LexborNode, left: int) -> Row | None:
        """The visible cells of a row that holds no table but of one text, ``None`` where one of them is prose."""
        claims, blank = self._claims, self._blank
        texts: list[str] = []
        spans: dict[int, tuple[int, int]] = {}
        knotty: dict[int, LexborNode] = {}
        simple = not self._roles and row.mem_id not in self._speckled
        for cell in self._children(row, CELLS):
            if claim := claims.get(cell.mem_id):
                spans[len(texts)] = claim
            if blank and cell.mem_id in blank:
                text: str | None = ""
            else:
                text = _only_text(cell) if simple else None
            if text is None:
                knotty[len(texts)] = cell
            texts.append(text or "")
        # A cell with several texts, or with some that do not count, is walked like a little page.
        for position, knot in knotty.items():
            texts[position] = "\n".join(
                piece[0] if isinstance(piece, tuple) else "\n".join(text for row in piece for text in row.texts if text)
                for piece in self._pieces(knot)
            )
        texts = [text.strip() for text in texts]
        whole = "".join(texts)
        if not whole.isprintable() or "  " in whole:
            texts = [text if position in knotty else clean(text) for position, text in enumerate(texts)]
        if len(whole) > PROSE and max(map(len, texts)) > PROSE:
            return None
        return Row(texts, spans, left)

    def _is_picture(self, figure: LexborNode) -> bool:
        """Whether a figure is a picture with its caption; editors also wrap tables in ``<figure>``."""
        if figure.mem_id in self._holders:
            return False
        return figure.css_first("svg,img,picture,canvas") is not None

    def _children(self, node: LexborNode, wanted: frozenset[int]) -> list[LexborNode]:
        """The visible child elements that stand for one of the ``wanted`` tags."""
        hidden, blank, roles = self._hidden, self._blank, self._roles
        if roles:
            found = [child for child in node.iter() if roles.get(child.mem_id, child.tag_id) in wanted]
        else:
            found = [child for child in node.iter() if child.tag_id in wanted]
        return [child for child in found if child.mem_id not in hidden or child.mem_id in blank] if hidden else found


def _only_text(cell: LexborNode) -> str | None:
    """The text of a cell with one or none, white space left out; ``None`` where it may have more, or hold a knot."""
    node = cell.first_child
    while node is not None:
        after = node.next
        if after is not None and node.tag_id == TEXT and node.is_empty_text_node:
            node = after
            continue
        while after is not None:
            if not after.is_empty_text_node:
                return None
            after = after.next
        tag = node.tag_id
        if tag == TEXT:
            return node.text_content
        if tag in KNOTS:
            return None
        node = node.first_child
    return ""


def _is_one_text(table: LexborNode) -> bool:
    """Whether a table is nothing but the text of a cell in which it stands: it has one text itself, or none, and the
    row has other cells, or is all of a table that is nothing but a text in its turn.
    """
    cell: LexborNode | None = table.parent
    for _ in range(NEAR):
        if cell is None or cell.tag_id in CELLS:
            break
        cell = cell.parent
    if cell is None or cell.tag_id not in CELLS:
        return False
    filled: set[int] = set()
    inner = 0
    for count, node in enumerate(islice(table.traverse(include_text=True), SMALL)):
        if node.tag_id in CELLS:
            inner = node.mem_id
        elif node.tag_id == TEXT and (node.text_content or "").strip():
            filled.add(inner)
        if len(filled) > 1 or count == SMALL - 1:
            return False
    row = cell.parent
    if row is None or sum(child.tag_id in CELLS for child in islice(row.iter(), SMALL)) > 1:
        return row is not None
    outer = row.parent
    while outer is not None and outer.tag_id in ROW_GROUPS:
        outer = outer.parent
    return outer is not None and outer.tag_id == TABLE and _is_one_text(outer)


def _shown_value(box: LexborNode) -> str:
    """What an ``<input>`` shows of what was typed into it."""
    attributes = box.attributes
    typed = (attributes.get("type") or "text").lower() in ("text", "number", "tel")
    return attributes.get("value") or "" if typed else ""


def _is_menu(list: LexborNode) -> bool:
    """Whether a list has only entries of one link each and no sentence: long menus are left at one glance."""
    if list.css_first("li") is None or list.css_first("li:not(:has(> a:only-child))") is not None:
        return False
    text = list.text()
    return not any(mark in text for mark in "。；，：")


def _is_menu_entry(item: LexborNode) -> bool:
    """Whether a list item is nothing but a link: a site's menus are, and no report's text is."""
    child = item.first_child
    links = 0
    while child is not None:
        if child.tag_id == A and child.attrs.get("href") is not None:
            links += 1
        elif not child.is_empty_text_node:
            return False
        child = child.next
    return links > 0


def _ancestors(nodes: Iterable[LexborNode]) -> set[int]:
    """Everything that any of the nodes stands in."""
    found: set[int] = set()
    for node in nodes:
        up = node.parent
        while up is not None and up.mem_id not in found:
            found.add(up.mem_id)
            up = up.parent
    return found


def _clean_line(line: str) -> str:
    """A preformatted line: its inner spaces and tabs stay."""
    return line.translate(_CHARACTERS).strip()


@lru_cache(maxsize=256)
def _number(text: str | None) -> int:
    """A span as the standard reads it: leading digits, 1 where there are none."""
    digits = re.match(r"\s*\+?(\d{1,9})", text or "", re.ASCII)
    return int(digits[1]) if digits else 1
