"""Counting working days: against a slow count day by day, against vectors counted by hand, and by its own laws."""

import json
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.calendar.days import TABLES, Calendar, Special, UnknownDay
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.messages import render

FIRST, LAST = date(2019, 1, 1), date(2026, 12, 28)
COUNTS = (7, 15, 20, 40)
DAY = timedelta(1)

certain_days = st.dates(FIRST, LAST)
provisional_days = st.dates(FIRST, date(2040, 12, 31))


def every_day():
    return [FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1)]


def slow_after(day, count, worked):
    """Day by day with another's calendar; None where it would have to go past the certain days."""
    while count and day < LAST:
        day += DAY
        count -= worked[day]
    return None if count else day


def test_every_day_is_as_two_other_calendars_have_it():
    """No day from 2019 to 2026 differs in ``chinesecalendar`` 1.11 or in ``holidays`` 0.109."""
    other = holidays.country_holidays("CN", years=range(2019, 2027))
    ours = calendar()
    day = FIRST
    while day <= date(2026, 12, 31):
        worked = ours.provisional().is_working(day)
        assert worked == chinese_calendar.is_workday(day) == other.is_working_day(day), day
        day += DAY


@pytest.mark.parametrize("count", COUNTS)
def test_after_is_what_a_slow_count_gives_for_every_day(count):
    ours = calendar()
    worked = {day: chinese_calendar.is_workday(day) for day in every_day()}
    expected = [slow_after(day, count, worked) for day in every_day()]
    assert ours.many(every_day(), count) == expected
    for day, end in zip(every_day(), expected, strict=True):
        if end is None:
            with pytest.raises(UnknownDay):
                ours.after(day, count)
        else:
            assert ours.after(day, count) == end
            assert ours.count(day, end) == count


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2025-01-20", ("2025-02-05", "2025-02-14", "2025-02-21", "2025-03-21")),
        ("2025-09-25", ("2025-10-11", "2025-10-22", "2025-10-29", "2025-11-26")),
        ("2026-01-30", ("2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02")),
        ("2026-02-06", ("2026-02-24", "2026-03-05", "2026-03-12", "2026-04-10")),
        ("2026-02-14", ("2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20")),
        ("2026-02-16", ("2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20")),
        ("2026-04-24", ("2026-05-08", "2026-05-19", "2026-05-26", "2026-06-24")),
        ("2026-09-18", ("2026-09-29", "2026-10-15", "2026-10-22", "2026-11-19")),
        ("2026-09-20", ("2026-09-30", "2026-10-16", "2026-10-23", "2026-11-20")),
        ("2026-10-03", ("2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01")),
    ],
)
def test_periods_counted_by_hand(received, ends):
    day = date.fromisoformat(received)
    assert [calendar().after(day, count).isoformat() for count in COUNTS] == list(ends)


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        ("2024-02-08", 1, "2024-02-09"),  # New Year's Eve 2024 is worked
        ("2024-02-09", 1, "2024-02-18"),
        ("2020-01-23", 1, "2020-02-03"),  # the prolonged Spring Festival
        ("2019-04-26", 2, "2019-04-29"),  # the changed Labour Day
        ("2019-04-30", 1, "2019-05-05"),
        ("2022-12-30", 1, "2023-01-03"),  # 31 December is off by the notice for 2023
        ("2025-10-04", 0, "2025-10-04"),
        ("2023-12-29", 250, "2024-12-30"),
    ],
)
def test_periods_over_changes_and_turns_of_the_year(day, count, end):
    assert calendar().after(date.fromisoformat(day), count) == date.fromisoformat(end)


def test_the_collected_examples(shared):
    lines = (shared / "examples" / "law" / "workdays.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    for line in lines:
        case = json.loads(line)
        day, count = date.fromisoformat(case["from"]), case["count"]
        if case["expect"] is None:
            with pytest.raises(UnknownDay):
                calendar().after(day, count)
        else:
            assert calendar().after(day, count).isoformat() == case["expect"], case["why"]


def test_the_last_days_of_the_last_year_are_not_certain():
    ours = calendar()
    assert (ours.first, ours.last) == (FIRST, LAST)
    assert ours.after(date(2026, 11, 30), 20) == LAST
    for day in (date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)):
        with pytest.raises(UnknownDay):
            ours.is_working(day)
        assert not ours.provisional().certain(day)
    assert ours.certain(LAST) and not ours.certain(FIRST - DAY)
    with pytest.raises(UnknownDay):
        ours.after(date(2026, 12, 3), 20)
    assert ours.provisional().after(date(2026, 12, 3), 20) == date(2026, 12, 31)
    assert ours.provisional().after(date(2026, 12, 4), 20) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2018-12-31", 2018), ("2026-12-29", 2027), ("2027-03-01", 2027), ("2029-03-01", 2029)],
)
def test_an_unknown_day_says_which_notice_is_missing_and_what_to_do(day, year):
    for ask in ("is_working", "explain"):
        with pytest.raises(LookupError) as caught:
            getattr(calendar(), ask)(date.fromisoformat(day))
        assert caught.value.message.params == {"day": date.fromisoformat(day), "year": year}
        for lang in ("zh", "en"):
            said = render(caught.value.message, lang)
            assert day in said and str(year) in said and "GONGKAI_DATA/calendar" in said and "--provisional" in said


def test_a_period_past_the_certain_days_names_the_first_that_is_unknown():
    with pytest.raises(UnknownDay) as caught:
        calendar().after(date(2026, 12, 10), 20)
    assert caught.value.message.params == {"day": date(2026, 12, 29), "year": 2027}


def test_a_provisional_calendar_ends_with_the_table_of_the_law():
    ours = calendar().provisional()
    assert ours.provisional() is ours and calendar().provisional() is ours
    assert ours.is_working(date(2040, 12, 31))
    with pytest.raises(UnknownDay):
        ours.after(date(2040, 12, 31), 1)


@pytest.mark.parametrize("count", [-1, -20])
def test_a_negative_count_is_refused(count):
    with pytest.raises(ValueError, match="negative"):
        calendar().after(FIRST, count)
    with pytest.raises(ValueError, match="negative"):
        calendar().many([FIRST], count)


def test_many_has_none_where_nothing_can_be_told():
    days = [FIRST - DAY, date(2026, 12, 3), date(2026, 12, 30), date(2026, 3, 2)]
    assert calendar().many(days, 20) == [None, None, None, date(2026, 3, 30)]
    assert calendar().many(days, 0) == days
    assert calendar().many([], 20) == []


def test_many_forgets_tables_rather_than_keeping_every_count():
    ours = calendar(as_of=date(2020, 6, 1))
    for count in range(1, 2 * TABLES):
        assert ours.many([date(2020, 3, 2)], count) == [ours.after(date(2020, 3, 2), count)]
    assert len(ours._tables) <= TABLES


@pytest.mark.parametrize(
    ("day", "id", "name"),
    [
        ("2026-02-13", "calendar.weekday", None),
        ("2026-03-01", "calendar.weekend", None),
        ("2026-02-14", "calendar.make-up", "春节"),
        ("2026-02-21", "calendar.holiday", "春节"),
        ("2025-10-06", "calendar.holiday", "国庆节、中秋节"),
        ("2027-09-15", "calendar.holiday", "中秋节"),
        ("2026-03-03", "calendar.region-off", "甲州"),
        ("2026-03-07", "calendar.region-worked", "甲州"),
    ],
)
def test_a_day_is_explained(day, id, name):
    national = calendar().provisional()
    own = {
        date(2026, 3, 3): Special("region", False, "甲州"),
        date(2026, 3, 7): Special("region", True, "甲州"),
    }
    ours = Calendar(national.first, national.last, national.until, national.horizon, {**national.special, **own})
    said = ours.explain(date.fromisoformat(day))
    assert (said.id, said.params.get("name")) == (id, name)
    for lang in ("zh", "en"):
        text = render(said, lang)
        assert day in text and (name or day) in text


@given(certain_days, st.integers(0, 1500))
def test_counting_what_after_gives_is_the_count(day, count):
    ours = calendar()
    try:
        end = ours.after(day, count)
    except UnknownDay:
        assert ours.count(day, LAST) < count
    else:
        assert ours.count(day, end) == count
        assert count == 0 or ours.is_working(end)
    assert ours.many([day], count) == [end if ours.count(day, LAST) >= count else None]


@given(provisional_days, provisional_days, st.integers(0, 60))
def test_after_never_goes_back(one, other, count):
    ours = calendar().provisional()
    early, late = sorted((one, other))
    if ours.count(late, ours.until) >= count:
        assert early <= ours.after(early, count) <= ours.after(late, count)


@given(st.tuples(provisional_days, provisional_days, provisional_days).map(sorted))
def test_counts_add_up(days):
    one, two, three = days
    ours = calendar().provisional()
    assert ours.count(one, three) == ours.count(one, two) + ours.count(two, three)
    assert ours.count(three, one) == 0


@given(certain_days, st.integers(0, 60))
def test_a_certain_answer_stays_when_asked_provisionally(day, count):
    ours = calendar()
    if ours.count(day, LAST) >= count:
        assert ours.provisional().after(day, count) == ours.after(day, count)
