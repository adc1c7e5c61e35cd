"""The calendar as data: what is shipped, what an installation adds, what was known when, and how a file is refused."""

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from lunar_python import Lunar, Solar

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.message import Message
from gongkai.rulebook.load.calendar import FOLDER, STATUTORY, calendar, load
from gongkai.rulebook.load.fields import RulebookError

BROKEN = sorted((Path(__file__).parent / "broken_calendar").glob("*.toml"))
BOOK = load(FOLDER)

YEAR = """
year = 2027
source = "关于2027年部分节假日安排的通知（样例）"
known_from = 2026-11-03
holiday = [
  { name = "元旦", off = [2026-12-31, 2027-01-02], worked = [2027-01-03] },
  { name = "春节", off = [2027-02-05, 2027-02-12], worked = [2027-01-31, 2027-02-20] },
  { name = "清明节", off = [2027-04-03, 2027-04-05], worked = [] },
  { name = "劳动节", off = [2027-05-01, 2027-05-05], worked = [2027-04-25, 2027-05-08] },
  { name = "端午节", off = [2027-06-09, 2027-06-09], worked = [] },
  { name = "中秋节", off = [2027-09-15, 2027-09-15], worked = [] },
  { name = "国庆节", off = [2027-10-01, 2027-10-07], worked = [2027-09-26, 2027-10-09] },
]
"""

REGION = """
region = "{code}"
name = "{name}"
{parent}
source = "少数民族习惯节日放假规定（样例）"

[[days]]
year = 2026
known_from = 2025-12-20
{days}
"""


def add(folder, name, text):
    file = folder / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return file


def region(folder, code, days, parent=""):
    add(folder, code, REGION.format(code=code, name=code, days=days, parent=parent and f'parent = "{parent}"'))


def test_a_file_for_each_year_and_every_notice_is_cited():
    assert [year.year for year in BOOK.years] == list(range(2019, 2027))
    sources = [notice.source for year in BOOK.years for notice in year.notices]
    assert len(sources) == 10 and len(set(sources)) == 10
    assert all("国办发明电〔20" in source for source in sources)


def test_notices_are_known_from_the_day_they_bear():
    for year in BOOK.years:
        for notice in year.notices:
            day = notice.known_from
            assert notice.source.endswith(f"{day.year}年{day.month}月{day.day}日")


@pytest.mark.parametrize("year", BOOK.statutory.years)
def test_the_statutory_days_are_as_two_others_compute_them(year):
    days = BOOK.statutory.years[year]
    lunar = {"春节": (1, 1), "端午节": (5, 5), "中秋节": (8, 15)}
    for name, (month, day) in lunar.items():
        first = date.fromisoformat(Lunar.fromYmd(year, month, day).getSolar().toYmd())
        assert days[name][0] == (first - timedelta(1) if name == "春节" else first)
    bright = Solar.fromYmd(year, 4, 1).getLunar().getJieQiTable()["清明"].toYmd()
    assert days["清明节"] == (date.fromisoformat(bright),)
    other = holidays.country_holidays("CN", years=year, language="en_US")
    named = {day for day, name in other.items() if not all("(observed)" in part for part in name.split("; "))}
    own = {day for listed in days.values() for day in listed}
    assert own <= named
    assert sum(len(listed) for listed in days.values()) == 13


def test_what_was_not_known_yet_is_left_out():
    labour, prolonged = date(2019, 5, 2), date(2020, 1, 31)
    assert calendar(as_of=date(2019, 3, 21)).is_working(labour)
    assert not calendar(as_of=date(2019, 3, 22)).is_working(labour)
    assert calendar(as_of=date(2020, 1, 25)).is_working(prolonged)
    assert not calendar(as_of=date(2020, 1, 26)).is_working(prolonged)
    assert calendar(as_of=date(2025, 11, 3)).last == date(2025, 12, 28)
    assert calendar(as_of=date(2025, 11, 4)).last == date(2026, 12, 28)
    with pytest.raises(UnknownDay):
        calendar(as_of=date(2018, 12, 3)).is_working(date(2019, 1, 2))


def test_the_next_year_comes_without_a_release(tmp_path):
    assert calendar(added=tmp_path).last == date(2026, 12, 28)
    add(tmp_path, "2027", YEAR)
    ours = calendar(added=tmp_path)
    assert ours.last == date(2027, 12, 28)
    assert not ours.is_working(date(2026, 12, 31))
    assert ours.after(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert calendar(added=tmp_path, as_of=date(2026, 11, 2)).last == date(2026, 12, 28)
    assert calendar(added=tmp_path / "none").last == calendar().last == date(2026, 12, 28)


def test_an_earlier_year_may_be_added_too(tmp_path):
    text = (FOLDER / "2019.toml").read_text("utf-8").split("[[holiday]]")[0].replace("2018-12-04", "2017-11-30")
    add(
        tmp_path,
        "2018",
        text.replace("2019", "2018") + '[[holiday]]\nname = "元旦"\noff = [2018-01-01, 2018-01-01]\nworked = []',
    )
    assert calendar(added=tmp_path).first == date(2018, 1, 1)
    (tmp_path / "2018.toml").rename(tmp_path / "2017.toml")
    add(
        tmp_path,
        "2017",
        (tmp_path / "2017.toml").read_text("utf-8").replace("2018", "2017").replace("2017-11", "2016-11"),
    )
    with pytest.raises(RulebookError, match=r"2017\.toml: year: no file of 2018"):
        calendar(added=tmp_path)


def test_a_file_of_a_shipped_year_holds_if_its_newest_notice_is_newer(tmp_path):
    shipped = (FOLDER / "2026.toml").read_text("utf-8")
    extra = shipped.replace("off = [2026-06-19, 2026-06-21]", "off = [2026-06-19, 2026-06-22]")
    add(tmp_path, "2026", extra)
    assert calendar(added=tmp_path).is_working(date(2026, 6, 22))
    change = '[[change]]\nsource = "样例"\nknown_from = 2026-05-06\n[[change.holiday]]\nname = "端午节"\n'
    add(tmp_path, "2026", f"{shipped}\n{change}off = [2026-06-19, 2026-06-22]\nworked = [2026-06-27]\n")
    assert not calendar(added=tmp_path).is_working(date(2026, 6, 22))
    assert calendar(added=tmp_path).is_working(date(2026, 6, 27))
    assert calendar(added=tmp_path, as_of=date(2026, 5, 5)).is_working(date(2026, 6, 22))


def test_a_calendar_is_remembered_until_a_file_changes(tmp_path):
    file = add(tmp_path, "2027", YEAR)
    ours = calendar(added=tmp_path)
    assert calendar(added=tmp_path) is ours and calendar() is calendar()
    file.write_text(
        YEAR.replace("2026-12-31, 2027-01-02], worked = [2027-01-03]", "2027-01-01, 2027-01-03], worked = []")
    )
    os.utime(file, (1, 1))
    assert calendar(added=tmp_path).is_working(date(2026, 12, 31))


def test_a_region_is_laid_over_its_parent_and_the_nation(tmp_path):
    region(tmp_path, "jiazhou", "off = [2026-03-03, 2026-03-04]\nworked = [2026-03-07]")
    region(tmp_path, "yixian", "off = [2026-03-10]\nas_national = [2026-03-04, 2026-03-07]", "jiazhou")
    days = [date(2026, 3, number) for number in (3, 4, 7, 10)]
    for code, worked, end in (
        (None, [True, True, False, True], date(2026, 3, 25)),
        ("jiazhou", [False, False, True, True], date(2026, 3, 26)),
        ("yixian", [False, True, False, False], date(2026, 3, 27)),
    ):
        ours = calendar(code, tmp_path)
        assert [ours.is_working(day) for day in days] == worked
        assert ours.after(date(2026, 2, 26), 20) == end
    assert calendar("jiazhou", tmp_path, date(2025, 12, 19)).is_working(date(2026, 3, 3))


def test_an_unknown_region_names_those_that_exist(tmp_path):
    with pytest.raises(KeyError, match="known: none"):
        calendar("yixian")
    region(tmp_path, "jiazhou", "off = [2026-03-03]")
    with pytest.raises(KeyError, match="known: jiazhou"):
        calendar("yixian", tmp_path)


def test_a_place_without_days_of_its_own_has_those_above_it(tmp_path):
    assert calendar("440300", tmp_path).is_working(date(2026, 3, 3))
    region(tmp_path, "440000", "off = [2026-03-03]")
    for code in ("440000", "440300", "440305001", "440305001002"):
        assert not calendar(code, tmp_path).is_working(date(2026, 3, 3))
    assert calendar("450000", tmp_path).is_working(date(2026, 3, 3))


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_names_file_key_and_fault(broken, tmp_path):
    first, text = broken.read_text(encoding="utf-8").split("\n", 1)
    expected = first.removeprefix("# expect: ")
    (tmp_path / expected.partition(":")[0]).write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        calendar(added=tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/{expected}")
    assert isinstance(caught.value.fault, Message)  # an administrator reads it in their own language


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("open_days = 3\n", "", "open_days: is missing"),
        ("years = [2025, 2040]", "years = [2025]", "years: must be two whole numbers"),
        ("every = [1, 1]", "every = [13, 1]", r"holiday\[1\]\.every: no such day"),
        ("2027-02-05, ", "", r"holiday\[2\]\.first: must hold one day of each year from 2025 to 2040"),
        ("days = 4", 'days = "4"', r"holiday\[2\]\.days: must be a whole number"),
        ("near = 15", "near = 15\nfar = 30", "far: unknown key"),
    ],
)
def test_a_broken_table_of_the_law_is_named(old, new, said, tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (FOLDER / STATUTORY).read_text("utf-8")
    assert old in text
    (tmp_path / STATUTORY).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError, match=rf"statutory\.toml: {said}"):
        load(tmp_path)


def test_a_folder_without_the_law_or_without_years_is_named(tmp_path):
    with pytest.raises(RulebookError, match=r"statutory\.toml: is missing"):
        load(tmp_path)
    shutil.copy(FOLDER / STATUTORY, tmp_path)
    with pytest.raises(RulebookError, match="holds no year"):
        load(tmp_path)
