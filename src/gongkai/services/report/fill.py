"""The figures of an agency's year, from its ledger."""

from datetime import date
from typing import NamedTuple

from gongkai.core.tables.fill import Figure, fill, read
from gongkai.core.tables.form import Form
from gongkai.services.ports import Ledgers


class Filled(NamedTuple):
    """A filled form: every cell with its number and what it counts."""

    agency: str
    year: int
    form: Form
    figures: dict[str, Figure]


def form_of(year: int, forms: tuple[Form, ...]) -> Form:
    """The form on which reports for a year stand: the first to end with or after it, else the one in force."""
    ending = sorted((form for form in forms if form.last_year is not None and form.last_year >= year), key=_last_year)
    return ending[0] if ending else next(form for form in forms if form.last_year is None)


def _last_year(form: Form) -> int:
    return form.last_year or 0


def fill_report(
    ledgers: Ledgers, agency: str, year: int, forms: tuple[Form, ...], known_by: date | None = None
) -> Filled:
    """Every cell of the year's form; an agency or a year without events gives zeros.

    ``known_by``: as it was known at the end of that day.
    """
    form = form_of(year, forms)
    known = ledgers.agency(agency)
    book = read(ledgers.entries(known, known_by) if known else ())
    return Filled(agency, year, form, fill(form, year, book))
