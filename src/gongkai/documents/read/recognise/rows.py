"""Fills the figures of one printed row, also where its cells have run together.

``640020470`` under seven columns is 64 0 0 2 0 4 70: the only way to cut it so that the row's own sum holds. Where no
cut or several hold, the figures stay unknown and a problem says so; nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gongkai.core.message import Message, message
from gongkai.core.tables.form import Column, Form
from gongkai.core.tables.report import Cell, Number, Place
from gongkai.documents.read.recognise.figures import BLANKS, WIDE, figure

MAX_STEPS = 100_000
"""Bound on the search for a cut; a row longer than any real one stays unknown."""

MAX_INTRUDERS = 2
MAX_PRINTED = 200


Slot = tuple[str, Place]
"""One printed cell: its text and where it stands."""


class Token(NamedTuple):
    """A number or dash; ``alone`` where it fills a line by itself, as a page number between the cells does."""

    text: str
    alone: bool = False


Sum = tuple[int, tuple[int, ...]]
"""A sum within one row: index of the total, indexes of what it adds up."""


def fill(
    form: Form,
    wanted: Sequence[tuple[str, Column]],
    slots: Sequence[Slot],
    *,
    lines: bool = False,
    certain: bool = True,
) -> tuple[dict[str, Cell], list[Message]]:
    """The cells ``wanted`` (id and column) from the ``slots`` that stand in their row; ``lines`` where each slot is a
    line of text rather than a cell. ``certain``: the slots are the row's cells; otherwise some may have been lost or
    torn, and nothing is believed that the row's own sums do not confirm.

    One slot a cell is the ordinary case. Otherwise the row is cut by its own sums; if that has no single answer every
    cell is null, with what stood in the row as printed, and a problem names them.
    """
    if len(slots) == len(wanted):
        cells: dict[str, Cell] = {}
        clear = True
        for (id, column), (text, where) in zip(wanted, slots, strict=True):
            value = figure(text, column)
            cells[id] = Cell(value, text, where)
            if value is None and text and _several(text):
                clear = False
        if clear and (certain or _hold([cell.value or 0 for cell in cells.values()], sums(form, tuple(cells)))):
            return cells, []
    place = slots[0][1] if slots else None
    printed = " ".join(" ".join(text.split()) for text, _ in slots).strip()
    ids = tuple(id for id, _ in wanted)
    if not printed:
        return {id: Cell(None, "", place) for id in ids}, []
    values = _only(_readings_of(slots, len(wanted), sums(form, ids), lines, certain))
    if values is None:
        return unclear(ids, printed[:MAX_PRINTED], place)
    return {
        id: Cell(value, "" if value is None else str(value), place) for id, value in zip(ids, values, strict=True)
    }, []


def adds_up(form: Form, ids: tuple[str, ...], columns: Sequence[Column], texts: Sequence[str]) -> bool:
    """Whether texts in these cells are figures under which the row's own sums hold; never without a sum."""
    return _hold([figure(text, column) or 0 for text, column in zip(texts, columns, strict=True)], sums(form, ids))


def _hold(values: Sequence[Number], sums: Sequence[Sum]) -> bool:
    return bool(sums) and all(values[total] == sum(values[index] for index in plus) for total, plus in sums)


def unclear(ids: Sequence[str], printed: str, place: Place | None) -> tuple[dict[str, Cell], list[Message]]:
    """Cells that stand in the report but cannot be told apart, and the problem that says so."""
    problem = message("read.figures-unclear", cells=tuple(ids), cell=ids[-1], found=printed, count=len(ids))
    return {id: Cell(None, printed, place) for id in ids}, [problem]


def _readings_of(
    slots: Sequence[Slot], count: int, sums: Sequence[Sum], lines: bool, certain: bool
) -> Iterator[list[Number | None] | None]:
    """The ways in which a row's text may be taken apart, each already decided within itself."""
    tokens = [token for text, _ in slots for token in _tokens(text, alone=lines)]
    yield cut(tokens, count, sums, certain=certain and not lines)
    if any(not token.text for token in tokens):
        # Blank slots beside a cell that holds the whole row are no figures.
        yield cut([token for token in tokens if token.text], count, sums, certain=False)
    joined = [Token("".join(text.split()).translate(WIDE), lines) for text, _ in slots]
    if len(joined) != len(tokens) and all(token.text.isdigit() for token in joined):
        # 5 1 in a line of its own is 51 with a blank in it.
        yield cut(joined, count, sums, certain=False)


def _only(readings: Iterable[list[Number | None] | None]) -> list[Number | None] | None:
    """The reading that all agree on, ``None`` where there is none or there are several."""
    found = {tuple(reading) for reading in readings if reading is not None}
    return list(found.pop()) if len(found) == 1 else None


def sums(form: Form, ids: tuple[str, ...]) -> tuple[Sum, ...]:
    """The form's sums that lie wholly within these cells, as indexes."""
    where = {id: index for index, id in enumerate(ids)}
    return tuple(
        (where[identity.total], tuple(where[cell] for cell in identity.plus))
        for identity in form.identities
        if not identity.previous and not identity.minus and all(cell in where for cell in identity.cells)
    )


def cut(
    tokens: Sequence[Token], count: int, sums: Sequence[Sum], *, certain: bool = True
) -> list[Number | None] | None:
    """The one way to read ``tokens`` as ``count`` figures, or ``None``.

    As many tokens as figures are taken as they stand where the cells are ``certain``. Otherwise every sum must hold,
    and only one reading may be left: a run of digits may be cut into several figures, none with a leading zero; numbers
    alone on their lines may be intruders (page numbers), left out where there are too many. Where no sum decides, only
    a run of zeros can be cut.
    """
    if len(tokens) == count and certain and not any(_splittable(token.text) for token in tokens):
        return [_number(token.text) for token in tokens]
    if not sums:
        digits = "".join(token.text for token in tokens)
        return [0] * count if digits == "0" * count else None
    found: set[tuple[Number | None, ...]] = set()
    budget = [MAX_STEPS]
    for kept in _without_intruders(tokens, count):
        for reading in _readings([token.text for token in kept], count, sums, budget):
            found.add(reading)
            if len(found) > 1:
                return None
    if budget[0] <= 0 or not found:
        return None
    return list(found.pop())


def _without_intruders(tokens: Sequence[Token], count: int) -> Iterator[list[Token]]:
    extra = len(tokens) - count
    if extra <= 0:
        yield list(tokens)
        return
    if extra > MAX_INTRUDERS:
        return
    for index, token in enumerate(tokens):
        if token.alone and token.text.isdigit() and len(token.text) <= 3:
            yield from _without_intruders([*tokens[:index], *tokens[index + 1 :]], count)


def _readings(
    tokens: Sequence[str], count: int, sums: Sequence[Sum], budget: list[int]
) -> Iterator[tuple[Number | None, ...]]:
    """Every way to read the tokens as ``count`` figures under which all sums hold. Only a lone run of digits is cut: a
    number among others stands between blanks.
    """
    whole = len(tokens) > 1
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
        for size in range(rest if whole else 1, longest + 1):
            if size < rest and left < 2:
                continue
            values.append(int(text[start : start + size]))
            if holds():
                yield from place(token + 1, 0) if size == rest else place(token, start + size)
            values.pop()

    yield from place(0, 0)


_TOKEN = re.compile(r"[+\-−]?\d{1,3}(?:,\d{3})+(?![\d,])(?:\.\d+)?|[+\-−]?\d+(?:\.\d+)?|[^\s\d|│,]+")
_REMARK = re.compile(r"(?<=[\d件])\s*[（(][^（）()]*[)）]")


def without_remarks(text: str) -> str:
    """Text with the remarks behind its numbers, 22（其中修订 16 件）, blanked out: their numbers are no figures."""
    return _REMARK.sub(lambda match: " " * len(match[0]), text)


def _tokens(text: str, *, alone: bool) -> list[Token]:
    """Numbers and dashes in a run of text; units and remarks are no figures and are dropped."""
    found: list[Token] = []
    lines = without_remarks(text).translate(WIDE).split("\n")
    for line in lines:
        tokens = [token for token in _TOKEN.findall(line) if token[-1].isdigit() or token in BLANKS]
        lone = len(tokens) == 1 and (alone or len(lines) > 1)
        found.extend(Token(token, lone) for token in tokens)
    return found or [Token("")]


def _several(text: str) -> bool:
    return sum(any(char.isdigit() for char in line) for line in text.split("\n")) > 1


def _splittable(token: str) -> bool:
    return token.isdigit() and len(token) > 1 and token[0] == "0"


def _number(token: str) -> Number | None:
    return figure(token, _PLAIN)


_PLAIN = Column("", label=None, type="signed_count")  # type: ignore[arg-type]
