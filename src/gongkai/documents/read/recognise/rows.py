"""Fills the figures of one printed row, also where its cells have run together.

``640020470`` under seven columns is 64 0 0 2 0 4 70: the only way to cut it so that the row's own sum holds. Where no
cut or several hold, the figures stay unknown and a problem says so; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.core.message import Message, message
from gongkai.core.tables.form import Column, Form
from gongkai.core.tables.report import Cell, Number, Place
from gongkai.documents.read.recognise.figures import BLANKS, WIDE, figure

MAX_STEPS = 200_000
"""Bound on the search for a cut; a row longer than any real one stays unknown."""


class Slot(NamedTuple):
    """One printed cell: its text and where it stands."""

    text: str
    place: Place


Sum = tuple[int, tuple[int, ...]]
"""A sum within one row: index of the total, indexes of what it adds up."""


def fill(
    form: Form, wanted: Sequence[tuple[str, Column]], slots: Sequence[Slot]
) -> tuple[dict[str, Cell], list[Message]]:
    """The cells ``wanted`` (id and column) from the ``slots`` that stand in their row.

    One slot a cell is the ordinary case. Otherwise the row is cut by its own sums; if that has no single answer every
    cell is null, with what stood in the row as printed, and a problem names them.
    """
    if len(slots) == len(wanted):
        cells: dict[str, Cell] = {}
        clear = True
        for (id, column), (text, where) in zip(wanted, slots, strict=True):
            value = int(text) if text.isdigit() and text.isascii() else figure(text, column)
            cells[id] = Cell(value, text, where)
            if value is None and text and _several(text):
                clear = False
        if clear:
            return cells, []
    place = slots[0].place if slots else None
    printed = " ".join(" ".join(slot.text.split()) for slot in slots).strip()
    ids = tuple(id for id, _ in wanted)
    if not printed:
        return {id: Cell(None, "", place) for id in ids}, []
    tokens = [token for slot in slots for token in _tokens(slot.text)]
    values = cut(tokens, len(wanted), sums(form, ids))
    if values is None and "" in tokens:
        # Blank slots beside a cell that holds the whole row are no figures.
        values = cut([token for token in tokens if token], len(wanted), sums(form, ids))
    if values is None:
        unknown = {id: Cell(None, printed, place) for id in ids}
        return unknown, [message("read.figures-unclear", cells=ids, cell=ids[-1], found=printed, count=len(ids))]
    return {
        id: Cell(value, "" if value is None else str(value), place) for id, value in zip(ids, values, strict=True)
    }, []


@lru_cache(maxsize=256)
def sums(form: Form, ids: tuple[str, ...]) -> tuple[Sum, ...]:
    """The form's sums that lie wholly within these cells, as indexes."""
    where = {id: index for index, id in enumerate(ids)}
    return tuple(
        (where[identity.total], tuple(where[cell] for cell in identity.plus))
        for identity in form.identities
        if not identity.previous and not identity.minus and all(cell in where for cell in identity.cells)
    )


def cut(tokens: Sequence[str], count: int, sums: Sequence[Sum]) -> list[Number | None] | None:
    """The one way to read ``tokens`` as ``count`` figures, or ``None``.

    A run of digits may be cut into several figures, none with a leading zero; where there are more tokens than
    figures, whole numbers may be intruders (page numbers) and are left out. Every sum must hold, and only one reading
    may be left. Without a sum a reading counts only if it is forced: as many tokens as figures, or as many digits.
    """
    if len(tokens) == count and not any(_splittable(token) for token in tokens):
        return [_number(token) for token in tokens]
    if not sums:
        return _forced(tokens, count)
    found: set[tuple[Number | None, ...]] = set()
    budget = [MAX_STEPS]
    for kept in _without_intruders(tokens, count):
        for reading in _readings(kept, count, sums, budget):
            found.add(reading)
            if len(found) > 1:
                return None
    if budget[0] <= 0 or not found:
        return None
    return list(found.pop())


def _forced(tokens: Sequence[str], count: int) -> list[Number | None] | None:
    if len(tokens) == count:
        return [_number(token) for token in tokens]
    digits = "".join(tokens)
    if len(digits) == count and digits.isdigit():
        return [int(digit) for digit in digits]
    return None


def _without_intruders(tokens: Sequence[str], count: int) -> Iterator[list[str]]:
    extra = len(tokens) - count
    if extra <= 0:
        yield list(tokens)
        return
    if extra > 2:
        return
    for index, token in enumerate(tokens):
        if token.isdigit() and len(token) <= 3:
            yield from _without_intruders([*tokens[:index], *tokens[index + 1 :]], count)


def _readings(
    tokens: Sequence[str], count: int, sums: Sequence[Sum], budget: list[int]
) -> Iterator[tuple[Number | None, ...]]:
    """Every way to cut the tokens into ``count`` figures under which all sums hold."""
    ending: dict[int, list[Sum]] = {}
    for sum_ in sums:
        ending.setdefault(max(sum_[0], *sum_[1]), []).append(sum_)
    values: list[Number | None] = []

    def holds() -> bool:
        return all(
            (values[total] or 0) == sum(values[index] or 0 for index in plus)
            for total, plus in ending.get(len(values) - 1, ())
        )

    def place(token: int, start: int) -> Iterator[tuple[Number | None, ...]]:
        budget[0] -= 1
        if budget[0] <= 0:
            return
        if token == len(tokens):
            if len(values) == count:
                yield tuple(values)
            return
        left = count - len(values) - (len(tokens) - token - 1)
        text = tokens[token]
        if left < 1:
            return
        if not text.isdigit():
            values.append(_number(text))
            if holds():
                yield from place(token + 1, 0)
            values.pop()
            return
        rest = len(text) - start
        longest = 1 if text[start] == "0" else rest
        for size in range(1, longest + 1):
            if size < rest and left < 2:
                continue
            values.append(int(text[start : start + size]))
            if holds():
                yield from place(token + 1, 0) if size == rest else place(token, start + size)
            values.pop()

    yield from place(0, 0)


_TOKEN = re.compile(r"[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+\-−]?\d+(?:\.\d+)?|[^\s\d|│]+")


def _tokens(text: str) -> list[str]:
    """Numbers and dashes in a run of text; brackets with remarks and units are not figures and are dropped."""
    plain = re.sub(r"[（(][^（）()]*[)）]", " ", text).translate(WIDE)
    tokens = [token for token in _TOKEN.findall(plain) if token[-1].isdigit() or token in BLANKS]
    return tokens or [""]


def _several(text: str) -> bool:
    return "\n" in text.strip() and sum(1 for part in text.split() if part.isdigit()) > 1


def _splittable(token: str) -> bool:
    return token.isdigit() and len(token) > 1 and token[0] == "0"


def _number(token: str) -> Number | None:
    return figure(token, _PLAIN)


_PLAIN = Column("", label=None, type="signed_count")  # type: ignore[arg-type]
