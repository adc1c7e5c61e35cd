"""What a tagged PDF (带标签的 PDF), as Word, typst and browsers make it, says itself: paragraphs and headings."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

Tags = dict[int, tuple[int, int]]
"""Marked content id → (heading level 1–6 or 0, number of the paragraph on the page, from 1)."""

_CONTAINERS = frozenset(
    {"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "BlockQuote", "NonStruct", "Aside"}
)
_LEVELS = {"Title": 1, "H": 1} | {f"H{level}": level for level in range(1, 7)}
_DEPTH = 40


def tags_of(page: Any) -> Tags:
    """Paragraphs and headings of an open page by marked content id; empty where the page has no tags.

    Tables, lists and figures are not entered: tables are told by their rulings.
    """
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        tags: Tags = {}
        for index in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            _enter(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), tags, [0], 0)
        return tags
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _enter(element: Any, tags: Tags, counter: list[int], depth: int) -> None:
    if not element or depth > _DEPTH:
        return
    kind = _type(element)
    if kind in _CONTAINERS:
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            _enter(child, tags, counter, depth + 1)
    elif kind == "P" or kind in _LEVELS:
        counter[0] += 1
        _mark(element, tags, (_LEVELS.get(kind, 0), counter[0]), depth)


def _mark(element: Any, tags: Tags, tag: tuple[int, int], depth: int) -> None:
    """Give the tag to all content of an element, also that of elements within it (links, emphasis)."""
    for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if content >= 0:
            tags[content] = tag
        elif depth < _DEPTH and (child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index)):
            _mark(child, tags, tag, depth + 1)


def _type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    size = pdfium.FPDF_StructElement_GetType(element, buffer, len(buffer))
    return buffer.raw[: max(0, min(size, len(buffer)) - 2)].decode("utf-16-le", "replace")
