"""The strip of days as it is drawn: runs of days that are alike become one cell, counted days stand alone."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gongkai.core.law.strip import Day, Kind
from gongkai.core.message import Message
from gongkai.pages.language import day, holiday, month, short_day, words, written

JOINED = ("rest", "paused", "beyond")
"""Kinds of which a run is one cell."""


class StripCell(NamedTuple):
    """A day, or a run of ``days`` that are alike. ``date`` and ``mark`` are seen; ``text`` says the whole."""

    kind: Kind
    certain: bool
    today: bool
    days: int
    date: str
    mark: str
    text: str


def strip_cells(days: Iterable[Day], today: date | None = None) -> list[StripCell]:
    """The cells of a strip in the language of the page; the one that holds ``today`` is told."""
    cells, before = [], None
    for _, pairs in groupby(enumerate(days), key=lambda pair: _alike(*pair)):
        run = [day for _, day in pairs]
        cells.append(_cell(run, before, today))
        before = run[-1].on
    return cells


def strip_kinds(cells: Iterable[StripCell]) -> Iterator[Kind]:
    """The kinds that occur, for the legend, in the order in which they are met."""
    yield from dict.fromkeys(cell.kind for cell in cells)


def _alike(place: int, day: Day) -> tuple[object, ...]:
    if day.kind not in JOINED:
        return (place,)
    return day.kind, day.certain, day.reason.id, _named(day)


def _named(day: Day) -> str:
    """By which holiday or region a day of rest is off; empty for a weekend."""
    inner = day.reason.params.get("day")
    return str(inner.params.get("name", "")) if isinstance(inner, Message) else ""


def _cell(run: list[Day], before: date | None, today: date | None) -> StripCell:
    first, last = run[0], run[-1]
    whole = day(first.on)
    if len(run) > 1:
        whole = words("pages.strip.from-to", first=whole, last=day(last.on))
    text = words("pages.strip.cell", dates=whole, reason=written(first.reason))
    if len(run) > 1:
        text = words("pages.strip.run", text=text, days=len(run))
    if not first.certain:
        text = words("pages.strip.provisional-cell", text=text)
    here = today is not None and first.on <= today <= last.on
    if here:
        text = words("pages.strip.today-cell", text=text)
    return StripCell(first.kind, first.certain, here, len(run), _dates(run, before), _mark(first, len(run)), text)


def _dates(run: list[Day], before: date | None) -> str:
    """``2月6日``, and within the month ``9日`` or ``15–23日``: the month is told where it changes."""
    first, last = run[0].on, run[-1].on
    told = before is not None and before.month == first.month
    if first == last:
        return words("pages.strip.day", day=first.day) if told else short_day(first)
    if first.month != last.month:
        return f"{words('pages.strip.day', day=first.day) if told else short_day(first)}–{short_day(last)}"
    days = f"{first.day}–{last.day}"
    return words("pages.strip.day", day=days) if told else words("pages.strip.days", day=days, month=month(first))


def _mark(first: Day, days: int) -> str:
    if first.kind in ("counted", "extension"):
        return str(first.number)
    if first.kind == "due":
        id = "pages.strip.mark.due" if first.number is None else "pages.strip.mark.due-numbered"
        return words(id, number=first.number)
    name = holiday(_named(first))
    if not name:
        name = words(f"pages.strip.mark.{_WORDS.get(first.reason.id.replace('.former', ''), first.kind)}")
    return words("pages.strip.mark.days", name=name, days=days) if days > 1 else name


_WORDS = {
    "strip.begun-anew.correction": "begun-anew",
    "strip.begun-anew.fee": "begun-anew",
    "strip.paused.third_party": "third-party",
    "strip.paused.joint_organ": "organ",
    "strip.paused.other_organ": "organ",
    "strip.awaited.correction": "correction",
    "strip.awaited.fee": "fee",
    "strip.unknown": "unknown",
}
"""Reasons with a word of their own in their cell; the others have that of their kind."""
