"""The report as PDF/A-2a and PDF/UA-1, set by typst: tagged, with its text layer, all fonts embedded."""

import re
from pathlib import Path
from typing import Any

from gongkai.core.message import message
from gongkai.documents.write.fonts import FontSet, fonts
from gongkai.documents.write.layout import CHARTS_HEADING, Document, Made, Section
from gongkai.documents.write.prose import subheading
from gongkai.documents.write.table import PrintedTable, Slot
from gongkai.documents.write.typesetter import picture_width, png, typeset

Words = list[tuple[str, str]]
STANDARDS = ["a-2a", "ua-1"]
TITLE_CHARACTERS = 20
"""What one line holds in 二号 (22 pt)."""
REPLACEMENT = "□"
"""Printed for a character that no font has; PDF/A forbids to leave it to the viewer."""
_FULL_LINE = re.compile("([!-~]{48})(?=[!-~])")
"""Characters without a place to break that fill a line; the rest of the word goes on in the next one."""
_WORD = re.compile("([^ \u3000]+)([ \u3000]*)")
_TEMPLATE = Path(__file__).with_name("report.typ")


def make(document: Document, name: str) -> Made:
    """The PDF. Warnings name a folder of fonts that has none, official faces that stand-ins replace, and characters
    that no font can print.
    """
    found = fonts()
    fault = found.fault()
    warnings = [fault] if fault else []
    stand_ins: dict[str, list[str]] = {}
    for face, family in found.substituted():
        stand_ins.setdefault(family, []).append(face)
    if stand_ins:
        pairs = "；".join(f"{'、'.join(faces)} → {family}" for family, faces in stand_ins.items())
        warnings.append(message("writing.font-missing", file=name, fonts=pairs))
    missing = found.missing("\n".join(document.texts()))
    if missing:
        shown = " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:20]) + (" …" if len(missing) > 20 else "")
        warnings.append(message("writing.glyph-missing", file=name, characters=shown, replacement=REPLACEMENT))
    data = _data(document, found, str.maketrans(dict.fromkeys(missing, REPLACEMENT)))
    return Made(typeset(_TEMPLATE.read_bytes(), data, STANDARDS), tuple(warnings))


def _data(document: Document, found: FontSet, printable: dict[int, str]) -> dict[str, Any]:
    chosen = found.chosen()
    # Where Noto stands in for 黑体 and 小标宋, its bold weight does what those faces do by themselves.
    bold = {role: "bold" if families[0].startswith("Noto") else "regular" for role, families in chosen.items()}
    year = f"{document.year}年" if document.year else ""
    return {
        "title": document.title,
        "title_lines": [_words(line, printable) for line in document.title_lines(TITLE_CHARACTERS)],
        "agency": document.agency,
        "keywords": [word for word in ("政府信息公开", "年度报告", document.agency, year) if word],
        "fonts": chosen,
        "weights": bold,
        "opening": _prose(document.opening, printable),
        "sections": [_section(section, printable) for section in document.sections],
        "charts_heading": CHARTS_HEADING,
        "charts": [
            {
                "png": list(png(chart.svg)),
                "width": picture_width(chart.shape),
                "title": chart.title,
                "alt": f"{chart.title}：{chart.description}",
            }
            for chart in document.charts
        ],
    }


def _section(section: Section, printable: dict[int, str]) -> dict[str, Any]:
    return {
        "heading": _words(section.heading, printable) if section.heading else None,
        "paragraphs": _prose(section.paragraphs, printable),
        "tables": [_table(table, printable) for table in section.tables],
    }


def _prose(paragraphs: tuple[str, ...], printable: dict[int, str]) -> list[dict[str, Words]]:
    return [
        {"lead": _words(paragraph[:cut], printable), "rest": _words(paragraph[cut:], printable)}
        for paragraph in paragraphs
        for cut in (subheading(paragraph),)
    ]


def _words(text: str, printable: dict[int, str]) -> Words:
    """Text in pieces that end in spaces: what is set plainly, and what is held together (see the template).

    A space becomes a no-break one, which the text layer keeps; readers turn it back.
    """
    pieces: Words = []
    for whole, spaces in _WORD.findall(text.translate(printable)):
        *filled, word = _FULL_LINE.sub("\\1\n", whole).split("\n")
        pieces += [(line, "") for line in filled]
        fixed = spaces.replace(" ", "\u00a0")
        pieces.append((word[:-1], word[-1] + fixed) if "\u3000" in spaces else (word + fixed, ""))
    return pieces


def _table(table: PrintedTable, printable: dict[int, str]) -> dict[str, Any]:
    def cell(slot: Slot) -> dict[str, Any]:
        return {
            "x": slot.column,
            "y": slot.row,
            "colspan": slot.colspan,
            "rowspan": slot.rowspan,
            "lines": [_words(line, printable) for line in slot.text.split("\n")],
            "left": slot.kind == "label",
            "strong": slot.kind == "block",
        }

    return {
        "size": table.size,
        "widths": table.widths,
        "head": table.head,
        "repeated": table.repeats,
        "heads": [cell(slot) for slot in table.slots if slot.row < table.head],
        "cells": [cell(slot) for slot in table.slots if slot.row >= table.head],
    }
