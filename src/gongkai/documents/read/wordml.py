"""WordprocessingML: its tags, and what is cut away before a document is read.

``prune`` turns what Word stores (tracked changes, fallbacks, wrappers, text boxes) into what a reader of the printed
page sees. What is left has one simple shape: body → p | tbl, tbl → tr → tc → p | tbl.
"""

from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

VAL = _W + "val"
BODY, P, TBL, TR, TC = (_W + tag for tag in ("body", "p", "tbl", "tr", "tc"))
P_PR, P_STYLE, NUM_PR, NUM_ID, ILVL, OUTLINE = (
    _W + tag for tag in ("pPr", "pStyle", "numPr", "numId", "ilvl", "outlineLvl")
)
GRID_SPAN, GRID_BEFORE, GRID_AFTER, V_MERGE, H_MERGE = (
    _W + tag for tag in ("gridSpan", "gridBefore", "gridAfter", "vMerge", "hMerge")
)
STYLE, STYLE_NAME, BASED_ON = (_W + tag for tag in ("style", "name", "basedOn"))
PICTURES = (_W + "drawing", _W + "pict", _W + "object")

TEXT = _W + "t"
MATH_TEXT = _MATH + "t"
TAB = _W + "tab"
MARKS = {
    TAB: "\t",
    _W + "ptab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
}
"""Elements that stand for a character. ``w:tab`` is also the name of a tab stop (制表位), which has a value."""

_R, _R_PR, _TR_PR, _TC_PR, _DEL, _VANISH = (_W + tag for tag in ("r", "rPr", "trPr", "tcPr", "del", "vanish"))
_HIDDEN, _CELL_DEL, _VERT_ALIGN = (_W + tag for tag in ("hidden", "cellDel", "vertAlign"))
_OUT = (_VANISH, _W + "strike", _W + "dstrike")
_TELLING = (b"vanish", b"trike", b"vertAlign")
"""Letters of the properties of a run that may hide it, strike it out or raise it."""

_TEXT_BOX = _W + "txbxContent"

# Not on the page: deleted and moved-away text, former properties, what is drawn only by programs that do not know
# the choice before it, and the small reading aids (拼音) above a character.
_UNSEEN = (
    _DEL,
    *(_W + tag for tag in ("moveFrom", "rt", "pPrChange", "rPrChange", "tblPrChange", "trPrChange")),
    *(_W + tag for tag in ("tcPrChange", "sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange")),
    _MC + "Fallback",
)
# Around paragraphs, rows and cells without being any of them.
_WRAPPERS = (
    *(_W + tag for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")),
    _MC + "AlternateContent",
    _MC + "Choice",
)


def is_on(element: Any) -> bool:
    """Whether a toggle such as ``w:vanish`` is on; without a value it is."""
    return element.get(VAL) not in ("0", "false", "off")


def without_looks(data: bytes) -> bytes:
    """The XML of a main part without what only says how text and cells look, as far as that is told by its bytes.

    In documents of office software that is half of the part, and to parse it costs twice as much as to leave it out.
    Properties of a run that may hide it, strike it out or raise it stay.
    """
    idle: set[bytes] = set()  # the same few properties come over and over
    for name in (b"rPr", b"tcBorders"):
        begin, end = b"<w:%s>" % name, b"</w:%s>" % name
        kept = data.split(begin)
        for place in range(1, len(kept)):
            inside, closed, rest = kept[place].partition(end)
            if closed and inside in idle:
                kept[place] = rest
            # Not closed, they hold others of their own: the former properties of a tracked change.
            elif not closed or any(word in inside for word in _TELLING):
                kept[place] = begin + kept[place]
            else:
                idle.add(inside)
                kept[place] = rest
        data = b"".join(kept)
    return data


def prune(root: Any) -> None:
    """Cut a document down to what the printed page shows, in place. Text boxes follow the paragraph they hang on.

    A superscript beside other text is the mark of a footnote: 3⁹ is 3, never 39.
    """
    raised: list[Any] = []
    for mark in list(root.iter(_DEL, _HIDDEN, _CELL_DEL, _VERT_ALIGN, *_OUT)):
        tag, properties = mark.tag, mark.getparent()
        holder = None if properties is None else properties.getparent()
        if holder is None:
            continue
        if properties.tag == _TR_PR:
            if tag == _DEL or (tag == _HIDDEN and is_on(mark)):
                _remove(holder)
        elif tag == _CELL_DEL:
            if properties.tag == _TC_PR:
                _remove(holder)
        # In the properties of a paragraph it is about the paragraph mark only.
        elif properties.tag == _R_PR and holder.tag == _R:
            if tag == _VERT_ALIGN:
                if mark.get(VAL) == "superscript":
                    raised.append(holder)
            elif tag in _OUT and is_on(mark):
                _remove(holder)
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    etree.strip_tags(root, *_WRAPPERS)
    # From the last to the first, so that several boxes of one paragraph keep their order.
    for box in reversed(list(root.iter(_TEXT_BOX))):
        holder = next(box.iterancestors(P), None)
        if holder is not None:
            for block in reversed(box):
                holder.addnext(block)
    if raised:
        _remove_notes(raised)


def _remove_notes(raised: list[Any]) -> None:
    """Take superscript runs out of cells, and of paragraphs outside tables, that have other text."""
    marks = set(raised)
    around: dict[Any, list[Any]] = {}
    for run in raised:
        paragraph = next(run.iterancestors(P), None)
        holder = next(run.iterancestors(TC), paragraph)
        around.setdefault(holder, []).append(run)
    for holder, runs in around.items():
        if holder is not None and any(
            (text.text or "").strip() and text.getparent() not in marks for text in holder.iter(TEXT)
        ):
            for run in runs:
                _remove(run)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
