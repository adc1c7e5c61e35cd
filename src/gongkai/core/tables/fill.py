"""The figures of an annual report, computed from a ledger: each cell knows what it counts.

Rules of counting: table three by legal dates (received in the year, closed in the year, open at its end), table four by
cases pending at some time of the year, part two by documents, decisions and fees.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry, amended
from gongkai.core.ledger.events import (
    DecisionsMade,
    DocumentAbolished,
    DocumentMade,
    Event,
    FeesCollected,
    Opened,
)
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import Request, replay
from gongkai.core.message import message
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Number

REQUESTS, REVIEW, ART20 = "requests", "review", "art20"
TOTAL = "total"
_FEN_IN_10K_YUAN = 1_000_000


OPENED = "opened"


class Counted(NamedTuple):
    """What a cell counts: the number of a request, with the ref of its dispute in table four; or a ledger's entry, with
    ``OPENED`` where that is a figure from before the ledger began.
    """

    number: str
    ref: str = ""


class Figure(NamedTuple):
    """A cell's number, and what it counts."""

    value: Number
    of: tuple[Counted, ...]


@dataclass(frozen=True)
class Book:
    """A ledger of one agency, read: its requests by number, and its other events in order."""

    requests: Mapping[str, Request]
    others: tuple[Entry, ...]


def read(entries: Iterable[Entry]) -> Book:
    """The requests and other events of an agency's entries, amendments carried out. Raises ``Refused``."""
    things: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        things[entry.thing].append(entry)
    requests: dict[str, Request] = {}
    others: list[Entry] = []
    for (kind, number), history in things.items():
        standing = amended(history)
        if kind != "request":
            others += standing
        elif standing:
            requests[number] = _replayed(number, standing)
    return Book(requests, tuple(sorted(others, key=lambda entry: entry.sequence)))


def _replayed(number: str, standing: list[Entry]) -> Request:
    try:
        return replay(entry.event for entry in standing)
    except Refused as refused:
        raise Refused(message("ledger.broken-history", number=number, fault=refused.message)) from refused


def fill(form: Form, year: int, book: Book) -> dict[str, Figure]:
    """Every cell of the form for one year; what nothing counts in is 0.

    An outcome that the form has no row for counts in the row that stands for its group (``other.unpaid`` in
    ``other.all`` of the form of 2019).
    """
    counted: defaultdict[str, list[Counted]] = defaultdict(list)
    order = {number: place for place, number in enumerate(book.requests)}
    for number, request in book.requests.items():
        if request.counts:
            column: str = request.received.applicant
            for row in _rows(form, year, request):
                counted[f"{REQUESTS}/{row}/{column}"].append(Counted(number))
                counted[f"{REQUESTS}/{row}/{TOTAL}"].append(Counted(number))
        for ref, row, result in _disputes(year, request):
            counted[f"{REVIEW}/{row}/{result}"].append(Counted(number, ref))
            counted[f"{REVIEW}/{row}/{TOTAL}"].append(Counted(number, ref))
    figures = {cell: Figure(len(of), tuple(of)) for cell, of in counted.items()}
    figures |= _part_two(year, book.others)
    for identity in form.identities_of("column-total"):
        of = [each for cell in identity.plus if (found := figures.get(cell)) for each in found.of]
        figures[identity.total] = Figure(len(of), tuple(sorted(of, key=lambda each: order[each.number])))
    return {cell: figures.get(cell, Figure(0, ())) for cell in form.cell_ids}


def part_two_recorded(figures: Mapping[str, Figure]) -> bool:
    """Whether the ledger holds anything that part two (第二部分) counts; where it does not, its zeros say nothing."""
    return any(figure.of for cell, figure in figures.items() if cell.startswith(f"{ART20}/"))


def _rows(form: Form, year: int, request: Request) -> Iterable[str]:
    """In which rows of table three a request counts in a year (新收, 上年结转, its result, 结转下年度)."""
    received, closed = request.received.on, request.closed_on
    if received.year > year:
        return
    if received.year == year:
        yield "new"
    elif closed is None or closed.year >= year:
        yield "carried_in"
    if closed is None or closed.year > year:
        yield "carried_out"
    elif closed.year == year and request.outcome is not None:
        yield _row(form, request.outcome)


def _row(form: Form, outcome: str) -> str:
    if f"{REQUESTS}/{outcome}/{TOTAL}" in form.types:
        return outcome
    return f"{outcome.partition('.')[0]}.all"


def _disputes(year: int, request: Request) -> Iterable[tuple[str, str, str]]:
    """``(ref, row, column)`` of table four for every case that was pending at some time of the year.

    Of the instances of one suit the last that had begun counts, so that none is counted twice.
    """
    end = date(year, 12, 31)
    begun = {ref: dispute for ref, dispute in request.disputes.items() if dispute.filed_on <= end}
    appealed = {dispute.appeal_of for dispute in begun.values()}
    for ref, dispute in begun.items():
        decided = dispute.decided_on
        if ref in appealed or (decided is not None and decided.year < year):
            continue
        pending = decided is None or decided > end
        yield ref, dispute.row, "pending" if pending or dispute.result is None else dispute.result


def _part_two(year: int, others: Iterable[Entry]) -> dict[str, Figure]:
    """Documents, decisions and fees of the year; documents in force at its end."""
    sums: defaultdict[str, Number] = defaultdict(int)
    of: defaultdict[str, list[Counted]] = defaultdict(list)

    def add(row: str, column: str, number: Number, entry: Entry) -> None:
        sums[f"{ART20}/{row}/{column}"] += number
        opened = OPENED if isinstance(entry.event, Opened) else ""
        of[f"{ART20}/{row}/{column}"].append(Counted(str(entry.sequence), opened))

    others = list(others)
    openings = (entry.event for entry in others if isinstance(entry.event, Opened))
    opened = {event.row: event.on for event in openings if event.on.year <= year}
    for entry in others:
        event: Event = entry.event
        if event.on.year > year:
            continue
        this_year = event.on.year == year
        if isinstance(event, Opened):
            add(event.row, "in_force", event.in_force, entry)
        elif isinstance(event, DocumentMade | DocumentAbolished):
            made = isinstance(event, DocumentMade)
            if event.on > opened.get(event.row, date.min):  # what was before stands in the figure of the opening
                add(event.row, "in_force", 1 if made else -1, entry)
            if this_year:
                add(event.row, "made" if made else "abolished", 1, entry)
        elif isinstance(event, DecisionsMade) and this_year:
            add(event.row, "decisions", event.count, entry)
        elif isinstance(event, FeesCollected) and this_year:
            add("fees", "amount_10k_yuan", Decimal(event.fen) / _FEN_IN_10K_YUAN, entry)
    return {cell: Figure(_whole(number), tuple(of[cell])) for cell, number in sums.items()}


def _whole(number: Number) -> Number:
    return int(number) if number == int(number) else number
