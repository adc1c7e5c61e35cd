"""The letter as PDF/A-2a and PDF/UA-1, set by typst: tagged, with its text layer, all fonts embedded."""

import re
from pathlib import Path
from typing import Any

from gongkai.core.message import Message, message
from gongkai.documents.letters import layout
from gongkai.documents.letters.layout import Printed, lay_out
from gongkai.documents.letters.letter import Letter
from gongkai.documents.write.fonts import FACES, FontSet, fonts
from gongkai.documents.write.layout import Made
from gongkai.documents.write.pdf import REPLACEMENT, STANDARDS, Words
from gongkai.documents.write.typesetter import typeset

ROLES = ("body", "title", "number")
"""The faces that a letter is set in."""
_TEMPLATE = Path(__file__).with_name("letter.typ")
_WORD = re.compile("([^ \u3000]+)([ \u3000]*)")
_LONG = re.compile("[!-~]{24,}")
"""A word without a place to break, such as an address, that may not fit into the rest of a line."""
_PIECE = re.compile("(.{6})(?=.)")
_POINTS = ("SIZE", "LINE_PITCH", "TITLE_SIZE", "TITLE_PITCH", "NUMBER_GAP", "THICK", "THIN", "BETWEEN")
_MILLIMETRES = ("TOP", "BOTTOM", "LEFT", "RIGHT", "HEAD_TOP", "HEAD_GAP", "RULE", "RULE_BOTTOM")


def make_pdf(letter: Letter) -> Made:
    """The file. Warnings name a folder of fonts that has none, official faces that stand-ins replace, and characters
    that no font can print; the letter's title stands in them for the file.
    """
    found, printed = fonts(), lay_out(letter)
    missing = found.missing("\n".join((letter.title, *printed.texts())))
    data = _data(letter, printed, found, str.maketrans(dict.fromkeys(missing, REPLACEMENT)))
    return Made(typeset(_TEMPLATE.read_bytes(), data, STANDARDS), tuple(_warnings(letter.title, found, missing)))


def _warnings(name: str, found: FontSet, missing: list[str]) -> list[Message]:
    fault = found.fault()
    warnings = [fault] if fault else []
    faces = [FACES[role].name for role in ROLES]
    pairs = "；".join(f"{face} → {family}" for face, family in found.substituted() if face in faces)
    if pairs:
        warnings.append(message("writing.font-missing", file=name, fonts=pairs))
    if missing:
        shown = " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:20]) + (" …" if len(missing) > 20 else "")
        warnings.append(message("writing.glyph-missing", file=name, characters=shown, replacement=REPLACEMENT))
    return warnings


def _data(letter: Letter, printed: Printed, found: FontSet, printable: dict[int, str]) -> dict[str, Any]:
    chosen = found.chosen()

    def words(text: str) -> Words:
        return _words(text.translate(printable))

    def lines(texts: tuple[str, ...]) -> list[Words]:
        return [words(text) for text in texts]

    return {
        "title": letter.title.translate(printable),
        "organ": letter.organ.translate(printable),
        "fonts": {role: chosen[role] for role in ROLES},
        # Where Noto stands in for 小标宋, its bold weight does what that face does by itself.
        "title_weight": "bold" if chosen["title"][0].startswith("Noto") else "regular",
        "points": {name.lower(): getattr(layout, name) for name in _POINTS},
        "millimetres": {name.lower(): getattr(layout, name) for name in _MILLIMETRES},
        "red": f"#{layout.RED}",
        "head": lines(printed.head),
        "head_size": printed.head_size,
        "head_pitch": printed.head_size * layout.HEAD_PITCH,
        "number": None if printed.number is None else words(printed.number),
        "title_lines": lines(printed.title),
        "addressee": words(printed.addressee),
        "body": lines(printed.body),
        "attachments": [{"lead": words(lead), "text": words(text)} for lead, text in printed.attachments],
        "signature": lines((*printed.organ, printed.date)),
        "centre": printed.centre,
        "notes": lines(printed.notes),
    }


def _words(text: str) -> Words:
    """Text in pieces after which the line may break: words with their spaces, which the text layer keeps as no-break
    ones, and long words in pieces; see the template.
    """
    pieces: Words = []
    for whole, spaces in _WORD.findall(_LONG.sub(lambda long: _PIECE.sub("\\1\n", long.group()), text)):
        *filled, word = whole.split("\n")
        pieces += [(piece, "") for piece in filled]
        fixed = spaces.replace(" ", "\u00a0")
        pieces.append((word[:-1], word[-1] + fixed) if "\u3000" in spaces else (word + fixed, ""))
    return pieces
