"""Last year's tables, opened before the ledger began."""

from datetime import UTC, date, datetime

import pytest

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.tables.fill import fill, read
from gongkai.core.tables.opening import carried_otherwise, opened
from gongkai.rulebook.load.forms import form

F2021 = form("annual-2021")
RECORDED = datetime(2025, 1, 2, tzinfo=UTC)


def book(*figures, received=date(2024, 12, 20)):
    tables = events.TablesOpened(date(2024, 12, 31), 2024, "annual-2021", figures)
    request = events.Received(received, "business", "fax")
    return read(
        [
            Entry("a", 1, Thing("report", "2024"), tables, RECORDED),
            Entry("a", 2, Thing("request", "甲1"), request, RECORDED),
        ]
    )


def test_what_is_carried_over_is_held_against_last_years_tables():
    opening = book("requests/carried_out/business=1", "requests/carried_out/total=2")
    before = opened(opening, 2024, F2021)
    assert before == {"requests/carried_out/business": 1, "requests/carried_out/total": 2}
    (found,) = carried_otherwise(before, fill(F2021, 2025, opening), F2021)
    assert (found.cell, found.published, found.today) == ("requests/carried_in/total", 2, 1)
    assert [each.number for each in found.added] == ["甲1"]


def test_without_an_opening_nothing_is_compared():
    assert opened(book(), 2023, F2021) == {}
    assert carried_otherwise({}, fill(F2021, 2025, book()), F2021) == []


@pytest.mark.parametrize("figure", ["requests/carried_out/total", "requests/x/total=1", "requests/new/total=-1"])
def test_a_figure_that_is_none_is_refused(figure):
    with pytest.raises(Refused, match="no-figure"):
        opened(book(figure), 2024, F2021)
