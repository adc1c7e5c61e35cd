"""What an agency is called, at any moment of its ledger."""

from datetime import UTC, date, datetime, timedelta

from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import AccessChanged, AgencyNamed
from gongkai.core.ledger.naming import Former, called, former, namings

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
EVENTS = (
    AgencyNamed(date(2026, 3, 2), "甲局"),
    AccessChanged(date(2026, 3, 2), "wang", "invited"),
    AgencyNamed(date(2026, 3, 2), "甲局"),
    AgencyNamed(date(2026, 3, 4), "乙局", "云编发〔2026〕3号"),
    AgencyNamed(date(2026, 3, 5), "甲局", "云编发〔2026〕4号"),
)
NAMED = namings(
    Entry("a", count, Thing("agency", "a"), event, START + timedelta(count)) for count, event in enumerate(EVENTS, 1)
)


def test_the_newest_of_the_names_that_held_is_the_name():
    assert [each.sequence for each in NAMED] == [1, 3, 4, 5]
    assert [called(NAMED, lambda each, at=at: each.sequence <= at) for at in (3, 4, 5)] == ["甲局", "乙局", "甲局"]
    assert called(NAMED, lambda each: each.event.on < date(2026, 3, 5)) == "乙局"
    assert called(NAMED[2:], lambda each: each.sequence <= 1) == "乙局"  # before the first name nobody knows another
    assert called([], lambda each: True) is None


def test_a_name_is_former_once_another_was_taken():
    assert former(NAMED) == [
        Former("甲局", date(2026, 3, 4), "云编发〔2026〕3号"),
        Former("乙局", date(2026, 3, 5), "云编发〔2026〕4号"),
    ]
    assert former(NAMED[:2]) == former([]) == []
