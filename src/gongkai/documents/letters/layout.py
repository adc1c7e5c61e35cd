"""The printed letter that both formats share, in the letter format (信函格式) of GB/T 9704-2012, 10.1.

The organ's name in red 30 mm below the edge of the page, 4 mm below it a red double line (thick over thin), 20 mm above
the lower edge another (thin over thick), both 170 mm wide and centred; the number flush right 7/8 of a character below
the first line, the title two lines further down; no page number on the first page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from gongkai.documents.letters.letter import Letter, day, numbered
from gongkai.rulebook.load.letters import letters

MILLIMETRE = 72 / 25.4
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""Margins of A4 in millimetres; the type area is 156 × 225 mm."""
AREA = 210 - LEFT - RIGHT
HEAD_TOP, HEAD_GAP, RULE, RULE_BOTTOM = 30.0, 4.0, 170.0, 20.0
"""The head's upper edge, from it to the double line, the lines' length, the lower one above the page's edge, in mm."""
THICK, THIN, BETWEEN = 2.25, 0.75, 0.75
"""The strokes of a double line and the space between them in points."""
SIZE, LINE_PITCH, TITLE_SIZE, TITLE_PITCH = 16.0, 28.95, 22.0, 35.0
"""三号 with 22 lines a page, 二号; in points."""
NUMBER_GAP = SIZE * 7 / 8
HEAD_SIZES = (36.0, TITLE_SIZE)
"""The head's largest and smallest type in points; a name too long for the smallest goes over several lines."""
HEAD_PITCH = 1.2
RED = "FF0000"
LINE_EMS = AREA * MILLIMETRE / SIZE
"""What a line of text holds, in characters."""
_DATE_RIGHT, _NAME_RIGHT = 4.0, 2.0
"""Characters from the right edge to the date, and at least to the organ's name."""
_NARROW = frozenset("abcdefghijklnopqrstuvxyz0123456789 .,:;!|'`-_()[]{}/\\")
_UNIT = re.compile(r"[!-~]{1,30}|[（〔《“‘「【]*[^!-~][。，、；：？！）〕」』】》〉”’…]*")
"""What a line of a title is not broken in: a word, a character with the marks beside it."""


@dataclass(frozen=True)
class Printed:
    """A letter in its lines: where the sense breaks them, the formats do not."""

    head: tuple[str, ...]
    head_size: float
    number: str | None
    title: tuple[str, ...]
    addressee: str
    body: tuple[str, ...]
    attachments: tuple[tuple[str, str], ...]
    organ: tuple[str, ...]
    date: str
    centre: float
    notes: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Every text that is printed."""
        yield from (*self.head, *self.title, *self.body, *self.organ, *self.notes)
        yield from (self.number or "", self.addressee, self.date)
        yield from (lead + text for lead, text in self.attachments)


def lay_out(letter: Letter) -> Printed:
    """The lines of a letter.

    ``attachments``: each with its lead, ``附件：1.`` or ``2.``. ``centre``: of date and name, in characters from the
    right edge: the date ends four characters before it and the name stands over its middle, so that a seal covers both
    (7.3.5.1); a name too long for that moves both to the left.
    """
    common = letters().common
    head, size = _head(letter.organ)
    organ = balanced(letter.organ, LINE_EMS - 2 * _NAME_RIGHT)
    date = day(letter.date)
    middle = max(_DATE_RIGHT + width(date) / 2, _NAME_RIGHT + max(map(width, organ), default=0) / 2)
    notes = [common("note", note=letter.note)] if letter.note else []
    notes += [common("contact", contact=letter.contact)] if letter.contact else []
    return Printed(
        head=head,
        head_size=size,
        number=letter.number,
        title=_title(letter),
        addressee=f"{letter.addressee}：",
        body=(*letter.paragraphs, *letter.remedy),
        attachments=_attachments(letter.attachments),
        organ=organ,
        date=date,
        centre=middle,
        notes=tuple(notes),
    )


def balanced(text: str, most: float) -> tuple[str, ...]:
    """Text in as few lines of ``most`` characters as hold it, all about as long, broken as Chinese is."""
    if not text or width(text) <= most:
        return (text,) if text else ()
    units = [piece for unit in _UNIT.findall(text) for piece in _cut(unit, most)]
    wanted = width(text) / ceil(width(text) / most)
    sums = [0.0]
    for unit in units:
        sums.append(sums[-1] + width(unit))
    # For the text up to each unit the least unevenness of its lines, and where the last of them begins.
    best = [(0.0, 0)]
    for end in range(1, len(sums)):
        choices: list[tuple[float, int]] = []
        for start in range(end - 1, -1, -1):
            taken = sums[end] - sums[start]
            if taken > most and choices:
                break
            choices.append((best[start][0] + (taken - wanted) ** 2, start))
        best.append(min(choices))
    lines, end = [], len(units)
    while end:
        start = best[end][1]
        lines.append("".join(units[start:end]).strip(" "))
        end = start
    return tuple(line for line in reversed(lines) if line)


def width(text: str) -> float:
    """The most that a text takes in whatever face, in characters; digits and small letters are somewhat over half."""
    return sum(0.58 if char in _NARROW else 1.0 for char in text)


def _cut(unit: str, most: float) -> list[str]:
    """A unit that is longer than a line, in pieces that are not."""
    if width(unit) <= most:
        return [unit]
    step = max(1, int(most))
    return [unit[place : place + step] for place in range(0, len(unit), step)]


def _head(organ: str) -> tuple[tuple[str, ...], float]:
    """The organ's name on one line where it can stand so, and the size of its type."""
    points = AREA * MILLIMETRE
    largest, smallest = HEAD_SIZES
    size = max(smallest, min(largest, int(points / max(1.0, width(organ)))))
    return balanced(organ, points / size), size


def _title(letter: Letter) -> tuple[str, ...]:
    """The title on one line, else broken after the organ's name, each part in lines of like length."""
    most = AREA * MILLIMETRE / TITLE_SIZE
    if width(letter.title) <= most or not letter.title.startswith(letter.organ):
        return balanced(letter.title, most)
    cut = len(letter.organ)
    return (*balanced(letter.title[:cut], most), *balanced(letter.title[cut:], most))


def _attachments(given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """附件： before the first, and the numbers where there are several (7.3.4)."""
    leads = [item[: len(item) - len(text)] for item, text in zip(numbered(given), given, strict=True)]
    first = letters().common("attachments") if given else ""
    return tuple(
        (first * (place == 0) + lead, text) for place, (lead, text) in enumerate(zip(leads, given, strict=True))
    )
