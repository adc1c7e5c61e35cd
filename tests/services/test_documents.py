"""Documents among the items are counted by part two of the report: made, abolished, in force (Art. 20(1))."""

from datetime import date

import pytest
from tests.services.publishing import Office

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import DocumentAbolished, DocumentMade
from gongkai.core.tables.fill import fill, read
from gongkai.rulebook.load.forms import forms
from gongkai.services.report.fill import form_of

ROW = "art20/normative_documents"


@pytest.fixture
def office(ledgers):
    return Office(ledgers)


def told(office, number):
    return [(type(entry.event), entry.event.on) for entry in office.ledgers.history(office.agency, of(number))]


def of(number):
    return Thing("documents", number)


def counted(office, year):
    figures = fill(form_of(year, forms()), year, read(office.ledgers.entries(office.agency)))
    return [figures[f"{ROW}/{column}"].value for column in ("made", "abolished", "in_force")]


def test_a_published_document_is_counted_in_the_year_in_which_it_was_made(office):
    assert counted(office, 2026) == [0, 0, 0]
    early, now = office.published(made_on=date(2025, 12, 30)), office.published(title="补贴办法二")
    assert told(office, early) == [(DocumentMade, date(2025, 12, 30))]
    assert told(office, now) == [(DocumentMade, date(2026, 3, 2))]
    assert (counted(office, 2025), counted(office, 2026)) == ([1, 0, 1], [1, 0, 2])


@pytest.mark.parametrize("validity", ["abolished", "expired"])
def test_a_correction_by_which_it_is_in_force_no_more_is_counted_once(office, validity):
    number = office.published()
    office.day = 5
    for version, title in enumerate(("甲", "乙"), 1):
        office.draft(number, version, title=title, validity=validity)
        office.reviewed(number)
        office.correct(number)
    assert told(office, number)[1:] == [(DocumentAbolished, date(2026, 3, 7))]
    assert counted(office, 2026) == [1, 1, 0]


def test_what_was_in_force_no_more_when_it_was_published_and_other_items_are_not_counted(office):
    abolished, other = office.published(validity="abolished"), office.published(column="plans")
    office.draft(abolished, 1, title="甲", validity="abolished")
    office.reviewed(abolished)
    office.correct(abolished)
    assert told(office, abolished) == told(office, other) == [] and counted(office, 2026) == [0, 0, 0]


def test_a_withdrawn_item_was_made_all_the_same(office):
    number = office.published()
    office.withdraw(number)
    assert counted(office, 2026) == [1, 0, 1]
