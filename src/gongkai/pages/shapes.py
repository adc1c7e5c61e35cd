"""What components show, so that a view cannot hand them half a thing."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

Tone = Literal["neutral", "primary", "done", "warning", "due"]
"""How a badge or a notice is coloured. A word always stands with it."""


class Link(NamedTuple):
    """Somewhere to go; ``here``: the reader is there."""

    label: str
    url: str
    here: bool = False


class Badge(NamedTuple):
    """A state in one word."""

    text: str
    tone: Tone = "neutral"


class Tile(NamedTuple):
    """How many there are of a kind, and where they are listed; without ``url`` there is nothing to list. ``here``: the
    reader sees them.
    """

    label: str
    number: int
    tone: Tone
    url: str
    here: bool = False


class Answer(NamedTuple):
    """A line of a summary list; with ``change_url`` it may be changed."""

    label: str
    value: str
    change_url: str = ""


class FileLink(NamedTuple):
    """A file to open or keep: its name, what it is (``PDF``), its size in bytes."""

    name: str
    kind: str
    size: int
    url: str


class Moment(NamedTuple):
    """Something that happened, for a timeline; ``letters``: those that left because of it."""

    on: date
    text: str
    detail: str = ""
    letters: Sequence["OwnLetter"] = ()


class OwnLetter(NamedTuple):
    """A letter to be taken along: its id, what it is called, and how far it has come, for staff."""

    id: int
    label: str
    way: str


class Column(NamedTuple):
    """A column of a table; numbers stand to the right."""

    label: str
    numeric: bool = False


class Cell(NamedTuple):
    """A cell of a table: text, perhaps a link, perhaps a state."""

    text: str
    url: str = ""
    badge: Badge | None = None


class Table(NamedTuple):
    """A table with its caption; every row has a cell a column, the first names the row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
