"""How near to being late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ledger.histories import reckoned

from gongkai.core.law.risk import Risk, near, risk, risk_of
from gongkai.core.ledger import events
from gongkai.rulebook.load.calendar import calendar

D = date.fromisoformat


def received(on):
    return events.Received(D(on), "business", "online")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-03-04", Risk("normal", 19)),
        ("2025-03-20", Risk("soon", 7)),
        ("2025-03-26", Risk("urgent", 3)),
        ("2025-03-29", Risk("urgent", 1)),
        ("2025-03-31", Risk("today", 0)),
        ("2025-04-02", Risk("overdue", -2)),
    ],
)
def test_levels_by_working_days(today, expected):
    assert risk(reckoned([received("2025-03-03")]), D(today), calendar()) == expected


def test_what_waits_for_others_or_is_closed():
    asked = events.CorrectionNoticeSent(D("2025-03-05"))
    assert risk(reckoned([received("2025-03-03"), asked]), D("2025-06-01"), calendar()) == Risk("waiting", None)
    replied = events.Replied(D("2025-03-05"), "granted")
    assert risk(reckoned([received("2025-03-03"), replied]), D("2025-06-01"), calendar()) == Risk("closed", None)


def test_a_provisional_date_is_told_earlier():
    found = reckoned([received("2026-12-15")])
    assert found.due_on is None
    days = calendar().provisional()
    today = D("2026-12-16")
    assert risk(found, today, calendar()).days_left == days.count(today, found.provisional_on) - 2


@given(today=st.dates(D("2025-01-01"), D("2026-12-20")), days=st.integers(-20, 30), certain=st.booleans())
def test_the_bounds_of_a_table_are_those_of_the_levels(today, days, certain):
    due = today + timedelta(days)
    level = risk_of("handling", due if certain else None, None if certain else due, today, calendar()).level
    bounds = near(today, calendar())
    assert (level in ("today", "urgent")) == (today <= due < (bounds.certain if certain else bounds.provisional))
