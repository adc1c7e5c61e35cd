"""What a notice cannot say. Whole files, one fault each, stand in ``tests/rulebook/load/broken_calendar``."""

from datetime import date

from gongkai.core.calendar.check import region_faults, year_faults
from gongkai.core.calendar.notice import Holiday, Notice, Region, RegionDays, Year
from gongkai.core.message import message
from gongkai.rulebook.load.calendar import FOLDER, load

BOOK = load(FOLDER)


def test_every_shipped_year_is_without_fault():
    for year in BOOK.years:
        assert list(year_faults(year, BOOK.statutory)) == []


def test_a_holiday_of_one_year_only_may_stand_beside_the_others():
    shipped = BOOK.years[-1]
    extra = Notice("for once", date(2026, 6, 1), (Holiday("纪念日", date(2026, 9, 3), date(2026, 9, 4), ()),))
    assert list(year_faults(shipped._replace(notices=(*shipped.notices, extra)), BOOK.statutory)) == []


def test_a_year_beyond_the_table_is_held_against_its_own_dates_alone():
    (before,) = BOOK.years[0].notices[:1]
    assert list(year_faults(Year(2019, (before,)), BOOK.statutory._replace(years={}))) == []


def test_every_statutory_day_that_is_worked_is_named():
    only = Notice("nothing", date(2026, 12, 1), ())
    said = dict(year_faults(Year(2027, (only,)), BOOK.statutory))
    assert said == {"holiday": message("calendar.statutory", day=date(2027, 10, 1), name="国庆节")}
    faults = [fault for _, fault in year_faults(Year(2027, (only,)), BOOK.statutory)]
    # Thirteen days, of which 6 and 7 February, 1 and 2 May, 2 and 3 October 2027 are Saturdays and Sundays.
    assert len(faults) == 7


def test_a_region_may_give_days_off_and_take_its_own_back():
    days = RegionDays(2026, date(2026, 1, 5), (date(2026, 3, 3),), (date(2026, 3, 7),), (date(2026, 5, 2),))
    assert list(region_faults(Region("x", "甲州", None, "rule", (days,)), BOOK.statutory)) == []
