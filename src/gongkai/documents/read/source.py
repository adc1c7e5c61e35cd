"""What every format is turned into before anything is understood: paragraphs and grids, in reading order.

A format reader (``html.py``, ``docx.py`` …) knows its format and nothing of annual reports; whoever understands
reports (``recognise/``) knows nothing of formats. Between them stand only these classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.message import Message
from gongkai.core.tables.report import Place


class Paragraph(NamedTuple):
    """One paragraph, its text as it stood (inner line breaks as ``\\n``, ends trimmed).

    ``heading``: 1–6 where the markup itself says that it is a heading, else 0.
    """

    text: str
    place: Place
    heading: int = 0


class Grid(NamedTuple):
    """A table, its spans resolved.

    ``texts`` holds every cell once, in reading order; ``rows`` gives for each slot the index of the cell that covers
    it (``-1`` for a hole), so that a merged cell appears in several slots under one index. Rows may differ in length.
    ``places`` is parallel to ``texts``: where the cell begins. ``drawn``: the file itself says which cells there are;
    otherwise they were told by how their texts stand under each other, and a figure may have slipped.
    """

    texts: list[str]
    rows: Sequence[Sequence[int]]
    places: Sequence[Place]
    drawn: bool = True


@lru_cache(maxsize=1024)
def places(table: int, row: int, column: int, count: int) -> tuple[Place, ...]:
    """Places of cells side by side. The same few occur in every report, and to make one costs as much as a cell."""
    return tuple(Place(None, None, table, row, column + more) for more in range(count))


Block = Paragraph | Grid


@dataclass
class Source:
    """A file as blocks.

    ``titles``: candidates for the report's title that stand outside its text (``<title>``, document properties),
    best first. ``flat``: the blocks are lines of plain text, in which tables, if any, have lost their cells.
    ``problems``: what the format reader already had to give up.
    """

    name: str
    blocks: list[Block]
    titles: list[str] = field(default_factory=list)
    flat: bool = False
    problems: list[Message] = field(default_factory=list)


class Unreadable(Exception):
    """A file that gives no report; ``message`` says why and what to do. The command goes on with the next file."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message
