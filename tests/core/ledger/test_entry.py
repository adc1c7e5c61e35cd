"""Two dates an event: what was known when, and amendments in place of what they amend."""

from datetime import UTC, date, datetime

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Entry, Thing, amended, known_by

THING = Thing("request", "甲1")


def entry(sequence, event, recorded=None):
    return Entry("a", sequence, THING, event, recorded or datetime(2024, 3, 1, sequence, tzinfo=UTC))


def test_a_day_ends_at_midnight_in_china():
    late = entry(1, events.Withdrawn(date(2024, 3, 1)), datetime(2024, 3, 1, 15, 59, tzinfo=UTC))
    next_day = entry(2, events.Withdrawn(date(2024, 3, 1)), datetime(2024, 3, 1, 16, 0, tzinfo=UTC))
    assert list(known_by([late, next_day], date(2024, 3, 1))) == [late]


def test_an_amendment_takes_the_place_of_what_it_amends():
    received = entry(1, events.Received(date(2024, 3, 4), "business", "online"))
    replied = entry(2, events.Replied(date(2024, 3, 20), "granted"))
    extended = entry(3, events.ExtensionNotified(date(2024, 3, 20), 5))
    right = events.Replied(date(2024, 3, 8), "partial")
    amend = entry(4, events.Amended(date(2024, 4, 1), 2, right))
    strike = entry(5, events.Amended(date(2024, 4, 1), 3))
    standing = amended([received, replied, extended, amend, strike])
    assert [(each.sequence, each.event) for each in standing] == [(1, received.event), (2, right)]
    assert standing[1].recorded == amend.recorded
