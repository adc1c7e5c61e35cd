"""From notices and regions to days: what was known when, and whose word holds for a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.calendar.arrange import arrange
from gongkai.core.calendar.notice import Holiday, Notice, Region, RegionDays, Statutory, Year

LAW = Statutory("law", 3, 15, {2032: {"元旦": (date(2032, 1, 1),)}, 2033: {"元旦": (date(2033, 1, 1),)}})


def year(number, known, *changes):
    """A year with one holiday, 5 to 7 May, moved by each change to one day more."""
    notices = [
        Notice("notice", since, (Holiday("节", date(number, 5, 5), date(number, 5, 7 + place), ()),))
        for place, since in enumerate((known, *changes))
    ]
    return Year(number, tuple(notices))


def region(code, parent=None, since=date(2029, 1, 1), off=(), worked=(), as_national=()):
    return Region(code, f"{code}州", parent, "rule", (RegionDays(2030, since, off, worked, as_national),))


YEARS = [year(2030, date(2029, 11, 1), date(2030, 4, 1)), year(2031, date(2030, 11, 1))]


def test_a_year_is_known_from_its_notice_on():
    assert arrange(YEARS, LAW).last == date(2031, 12, 28)
    assert arrange(YEARS, LAW, as_of=date(2030, 11, 1)).last == date(2031, 12, 28)
    assert arrange(YEARS, LAW, as_of=date(2030, 10, 31)).last == date(2030, 12, 28)
    nothing = arrange(YEARS, LAW, as_of=date(2029, 10, 31))
    assert (nothing.first, nothing.last) == (date(2030, 1, 1), date(2029, 12, 31))


def test_the_days_between_two_known_years_are_certain():
    assert arrange(YEARS, LAW).certain(date(2030, 12, 31))


def test_a_change_holds_from_its_own_day():
    day = date(2030, 5, 8)
    assert arrange(YEARS, LAW, as_of=date(2030, 3, 31)).is_working(day)
    assert not arrange(YEARS, LAW, as_of=date(2030, 4, 1)).is_working(day)


def test_a_later_file_replaces_a_year_wholly_and_an_older_one_does_not():
    later = year(2031, date(2030, 12, 1), date(2031, 3, 1))
    for years in ([*YEARS, later], [later, *YEARS]):
        assert not arrange(sorted(years), LAW).is_working(date(2031, 5, 8))
        assert arrange(sorted(years), LAW, as_of=date(2030, 11, 15)).last == date(2031, 12, 28)
    same = Year(2031, (Notice("same day", date(2030, 11, 1), ()),))
    assert not arrange([*YEARS, same], LAW).is_working(date(2031, 5, 5))


def test_a_year_known_before_the_one_before_it_waits():
    years = [YEARS[0], year(2031, date(2031, 6, 1)), year(2032, date(2031, 5, 1))]
    assert arrange(years, LAW, as_of=date(2031, 5, 15)).last == date(2030, 12, 28)


def test_the_law_goes_on_where_the_notices_end():
    ours = arrange(YEARS, LAW).provisional()
    assert ours.until == date(2033, 12, 31)
    assert not ours.is_working(date(2032, 1, 1))
    assert arrange(YEARS, LAW._replace(years={2040: {}})).horizon == date(2031, 12, 31)


def test_a_region_speaks_before_its_parent_and_the_parent_before_the_nation():
    outer = region("outer", off=(date(2030, 3, 5), date(2030, 3, 6)), worked=(date(2030, 3, 9), date(2030, 3, 10)))
    inner = region("inner", "outer", off=(date(2030, 3, 9),), as_national=(date(2030, 3, 5), date(2030, 3, 10)))
    national, first, second = (arrange(YEARS, LAW, chain) for chain in ([], [outer], [outer, inner]))
    days = [date(2030, 3, number) for number in (5, 6, 7, 9, 10)]  # Tuesday … Thursday, Saturday, Sunday
    assert [national.is_working(day) for day in days] == [True, True, True, False, False]
    assert [first.is_working(day) for day in days] == [False, False, True, True, True]
    assert [second.is_working(day) for day in days] == [True, False, True, False, False]
    assert second.explain(days[1]).params["name"] == "outer州"
    assert second.explain(days[3]).params["name"] == "inner州"


def test_a_repealed_day_is_again_what_the_nation_says():
    outer = region("outer", worked=(date(2030, 5, 5),))
    inner = region("inner", "outer", as_national=(date(2030, 5, 5),))
    assert arrange(YEARS, LAW, [outer]).is_working(date(2030, 5, 5))
    assert arrange(YEARS, LAW, [outer, inner]).explain(date(2030, 5, 5)).id == "calendar.holiday"


def test_a_region_is_not_known_before_its_day():
    own = region("own", since=date(2030, 2, 1), off=(date(2030, 3, 5),))
    assert arrange(YEARS, LAW, [own], as_of=date(2030, 1, 31)).is_working(date(2030, 3, 5))
    assert not arrange(YEARS, LAW, [own], as_of=date(2030, 2, 1)).is_working(date(2030, 3, 5))


some_days = st.sets(st.dates(date(2030, 1, 1), date(2030, 12, 31)), max_size=12)


@given(st.lists(st.tuples(some_days, some_days, some_days), max_size=3), st.dates(date(2030, 1, 1), date(2030, 12, 31)))
def test_every_day_is_the_innermost_word_on_it(said, start):
    """The overlay against a search from the innermost region outwards, one day at a time."""
    chain = [
        region(str(number), off=tuple(off), worked=tuple(worked - off), as_national=tuple(back - off - worked))
        for number, (off, worked, back) in enumerate(said)
    ]
    ours, national = arrange(YEARS, LAW, chain), arrange(YEARS, LAW)
    for number in range(30):
        day = start + timedelta(number)
        expected = national.is_working(day)
        for own in reversed(chain):
            if day in own.days[0].off:
                expected = False
            elif day in own.days[0].worked:
                expected = True
            elif day not in own.days[0].as_national:
                continue
            break
        assert ours.is_working(day) == expected
