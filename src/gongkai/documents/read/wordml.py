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

_R, _R_PR, _TR_PR, _DEL, _VANISH = (_W + tag for tag in ("r", "rPr", "trPr", "del", "vanish"))
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
    Properties of a run that may hide it stay.
    """
    for name in (b"rPr", b"tcBorders"):
        begin, end = b"<w:%s>" % name, b"</w:%s>" % name
        kept = data.split(begin)
        for place in range(1, len(kept)):
            inside, closed, rest = kept[place].partition(end)
            # Not closed, they hold others of their own: the former properties of a tracked change.
            kept[place] = rest if closed and b"vanish" not in inside else begin + kept[place]
        data = b"".join(kept)
    return data


def prune(root: Any) -> None:
    """Cut a document down to what the printed page shows, in place. Text boxes follow the paragraph they hang on."""
    for mark in list(root.iter(_DEL)):
        properties = mark.getparent()
        if properties.tag == _TR_PR:
            _remove(properties.getparent())
    for mark in list(root.iter(_VANISH)):
        properties = mark.getparent()
        # In the properties of a paragraph it hides the paragraph mark only.
        if properties.tag == _R_PR and properties.getparent().tag == _R and is_on(mark):
            _remove(properties.getparent())
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    etree.strip_tags(root, *_WRAPPERS)
    # From the last to the first, so that several boxes of one paragraph keep their order.
    for box in reversed(list(root.iter(_TEXT_BOX))):
        holder = next(box.iterancestors(P), None)
        if holder is not None:
            for block in reversed(box):
                holder.addnext(block)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
