"""Last year's tables, published before the ledger began (期初), held against what the ledger carries over."""

from collections.abc import Mapping

from gongkai.core.ledger.events import TablesOpened
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.tables.difference import Difference
from gongkai.core.tables.fill import Book, Figure
from gongkai.core.tables.form import Form


def opened(book: Book, year: int, form: Form) -> dict[str, int]:
    """The figures of a year's report as they were opened, by cell; none where they were not. The last opening holds.

    Raises:
        Refused: a figure that is no ``CELL=NUMBER`` of the form.
    """
    found: dict[str, int] = {}
    for entry in book.others:
        event = entry.event
        if isinstance(event, TablesOpened) and event.year == year and event.form == form.id:
            found = {}
            for text in event.figures:
                cell, _, number = text.partition("=")
                if cell not in form.types or cell in found or not number.isdecimal():
                    raise Refused(message("ledger.no-figure", found=text, form=form.id))
                found[cell] = int(number)
    return found


def carried_otherwise(before: Mapping[str, int], figures: Mapping[str, Figure], form: Form) -> list[Difference]:
    """Cells that carry over another number than last year's tables printed, each with what the ledger counts in it."""
    found = []
    for identity in form.identities_of("carry-over"):
        printed = [before[cell] for cell in identity.previous if cell in before]
        figure = figures[identity.total]
        if len(printed) == len(identity.previous) and sum(printed) != figure.value:
            found.append(Difference(identity.total, sum(printed), figure.value, figure.of, ()))
    return found
