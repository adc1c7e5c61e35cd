"""What can be said of a year from its record: the first part under its five heads, and the statement on fees.

Sentences state counts and nothing else, and each tells which entries and cells it was made from; the fifth part, what
went wrong and will be mended, only people can write.
Source: 国办公开办函〔2021〕30号 (five heads of part one; the fee is stated in part six).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import (
    FeeNoticeReceived,
    FeePaid,
    ItemCorrected,
    ItemPublished,
    ItemWithdrawn,
    WorkLogged,
)
from gongkai.core.message import message
from gongkai.rulebook.load.messages import render

Head = Literal["disclosure", "requests", "management", "platform", "supervision"]
"""主动公开、依申请公开、政府信息管理、平台建设、监督保障."""

_ITEMS = ("item_published", "item_corrected", "item_withdrawn")
_CELLS = {
    "received": "requests/new/total",
    "carried_in": "requests/carried_in/total",
    "closed": "requests/total/total",
    "carried_out": "requests/carried_out/total",
}
_WORK = ("meeting", "training", "inspection", "leading_group")
_FEN = Decimal(100)
_LOGGED: Mapping[Head, tuple[str, ...]] = {"platform": ("platform_change",), "supervision": _WORK}
"""The heads that are made of the work log, and say that there was nothing where it holds nothing."""


class Suggestion(NamedTuple):
    """What can be said under a head: made from ``records`` of the ledger and ``cells`` of the report."""

    head: Head
    text: str
    records: tuple[Entry, ...] = ()
    cells: tuple[str, ...] = ()


def overview(entries: Iterable[Entry], year: int, figures: Mapping[str, int | float]) -> list[Suggestion]:
    """The five heads of part one (总体情况), each with what it was made from."""
    told: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in amended(entries):
        event = entry.event
        if event.on.year == year and isinstance(event, ItemPublished | ItemCorrected | ItemWithdrawn | WorkLogged):
            told[event.kind if isinstance(event, WorkLogged) else event.name].append(entry)
    counts = {name: int(figures[cell]) for name, cell in _CELLS.items()}
    return [
        _recorded("disclosure", _ITEMS, told, always="item_published"),
        Suggestion("requests", _under("requests", counts), cells=tuple(_CELLS.values())),
        Suggestion("management", _said("management"), tuple(told["item_published"])),
        *(_recorded(head, kinds, told) for head, kinds in _LOGGED.items()),
    ]


def suggested(entries: Iterable[Entry], year: int, figures: Mapping[str, int | float], agency: str) -> dict[str, str]:
    """``opening``, ``part.1`` and ``part.6`` of a year's report from its record."""
    entries = list(entries)
    return {
        "opening": _said("opening", agency=agency, begin=date(year, 1, 1), end=date(year, 12, 31), year=year),
        "part.1": "\n".join(each.text for each in overview(entries, year, figures)),
        "part.6": _fees(entries, year),
    }


def denied(prose: Mapping[str, str], entries: Iterable[Entry], year: int) -> dict[str, bool]:
    """The sentences of part one that say there was nothing, for want of a record, and whether there is one now."""
    events = [entry.event for entry in amended(entries)]
    logged = {event.kind for event in events if isinstance(event, WorkLogged) and event.on.year == year}
    return {
        said: not logged.isdisjoint(kinds)
        for head, kinds in _LOGGED.items()
        if (said := _said(f"{head}.none")) in prose.get("part.1", "")
    }


def _fees(entries: Iterable[Entry], year: int) -> str:
    """What was charged for processing information (信息处理费), which is not the administrative fees of part two."""
    asked: dict[Thing, int | None] = {}
    paid: list[int | None] = []
    for entry in amended(entries):
        if isinstance(entry.event, FeeNoticeReceived):
            asked[entry.thing] = entry.event.amount
        elif isinstance(entry.event, FeePaid) and entry.event.on.year == year:
            paid.append(asked.get(entry.thing))
    if not paid:
        return _said("fees.none")
    known = [fen for fen in paid if fen is not None]
    if len(known) < len(paid):
        return _said("fees.unknown", count=len(paid))
    return _said("fees", count=len(paid), yuan=f"{sum(known) / _FEN:.2f}")


def _recorded(head: Head, names: Iterable[str], told: Mapping[str, list[Entry]], always: str = "") -> Suggestion:
    """What was recorded is said, ``always`` also that there was none; a head without a record says so."""
    counts = {name: len(told.get(name, ())) for name in names}
    records = tuple(entry for name in names for entry in told.get(name, ()))
    return Suggestion(
        head, _under(head, {name: count for name, count in counts.items() if count or name == always}), records
    )


def _under(head: Head, counts: Mapping[str, int]) -> str:
    clauses = [_said(f"clause.{name}", count=count) for name, count in counts.items()]
    return _said(head, said=_said("comma").join(clauses)) if clauses else _said(f"{head}.none")


def _said(id: str, **params: object) -> str:
    return render(message(f"report.prose.{id}", **params))
