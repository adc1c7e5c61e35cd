"""Reads ``rulebook/cn/calendar``: a file for each year's holiday notices, the statutory holidays, the regions.

Files of the same shape in a folder of the installation (``GONGKAI_DATA/calendar``) come on top: the next year as soon
as its notice is out, or a region. Every file is held against the statutory holidays (``core/calendar/check.py``); a
fault names the file, the key and what is wrong with it.

A region (``<code>.toml``) tells its own days, and takes back by ``as_national`` what its parent tells:

    region = "<code>"
    name = "…"
    parent = "<code>"               # left out where the nation stands above it
    source = "…"
    [[days]]
    year = 2026
    known_from = 2025-12-20
    off = [2026-03-03]              # each of the three may be left out
    worked = [2026-03-07]
    as_national = [2026-03-10]
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gongkai.core.calendar.arrange import arrange
from gongkai.core.calendar.check import Fault, region_faults, year_faults
from gongkai.core.calendar.days import Calendar
from gongkai.core.calendar.notice import Holiday, Notice, Region, RegionDays, Statutory, Year
from gongkai.core.message import message
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields, RulebookError
from gongkai.rulebook.load.places import is_place, upwards
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "calendar"
STATUTORY = "statutory.toml"
REGIONS = "regions"

Stamp = tuple[tuple[str, int, int], ...]


class Book(NamedTuple):
    """What the files say: the law, the years oldest first without a gap, the regions by code."""

    statutory: Statutory
    years: tuple[Year, ...]
    regions: Mapping[str, Region]


def calendar(region: str | None = None, added: Path | None = None, as_of: date | None = None) -> Calendar:
    """The calendar of the nation, or of a region within it; remembered until a file in ``added`` changes.

    ``added`` is the installation's folder of further files. ``as_of`` leaves out what was not yet known on that day.
    A place without days of its own has those of the one above it. Raises ``RulebookError`` for a broken file and
    ``KeyError`` for a region that is neither known nor the code of a place, naming those that exist.
    """
    return _calendar(region, added, _stamp(added), as_of)


def load(folder: Path) -> Book:
    """Read a folder: ``statutory.toml``, years (``2026.toml``), and regions in ``regions``."""
    statutory = _statutory(folder / STATUTORY)
    files = sorted(file for file in folder.glob("*.toml") if file.name != STATUTORY)
    if not files:
        raise RulebookError(folder.name, "", "holds no year (2026.toml)")
    return _extended(Book(statutory, (), {}), [*files, *sorted((folder / REGIONS).glob("*.toml"))])


@lru_cache(maxsize=64)
def _calendar(region: str | None, added: Path | None, stamp: Stamp, as_of: date | None) -> Calendar:
    book = _book(added, stamp)
    return arrange(book.years, book.statutory, _chain(region, book.regions), as_of)


@lru_cache(maxsize=8)
def _book(added: Path | None, stamp: Stamp) -> Book:
    shipped = compiled("calendar", [Path(__file__), *FOLDER.rglob("*.toml")], lambda: load(FOLDER))
    return _extended(shipped, sorted(added.glob("*.toml"))) if added is not None and stamp else shipped


def _stamp(added: Path | None) -> Stamp:
    if added is None:
        return ()
    facts = ((file.name, file.stat()) for file in sorted(added.glob("*.toml")))
    return tuple((name, status.st_size, status.st_mtime_ns) for name, status in facts)


def _chain(code: str | None, regions: Mapping[str, Region]) -> list[Region]:
    """From the outermost region to the one asked for; a place without days of its own has those of the one above."""
    if code is not None and code not in regions:
        if is_place(code):
            return _chain(next((place for place in upwards(code) if place in regions), None), regions)
        raise KeyError(f"no calendar of region {code!r}; known: {', '.join(sorted(regions)) or 'none'}")
    chain: list[Region] = []
    while code is not None:
        chain.insert(0, regions[code])
        code = regions[code].parent
    return chain


def _extended(book: Book, files: Iterable[Path]) -> Book:
    """The book with further files. A region replaces one of its code; of two files of a year ``arrange`` chooses."""
    years, regions = list(book.years), dict(book.regions)
    sources: dict[int | str, Path] = {}
    for file in files:
        name = _called(file)
        top = _Dated(name, read_toml(file, name))
        if top.has("region"):
            region = _region(top, file.stem)
            regions[region.code] = region
            sources[region.code] = file
            _refuse(top, region_faults(region, book.statutory))
        else:
            year = _year(top, file.stem)
            years.append(year)
            sources[year.year] = file
            _refuse(top, year_faults(year, book.statutory))
    years.sort(key=lambda year: year.year)
    for before, year in pairwise(years):
        if year.year > before.year + 1:
            file = sources.get(year.year) or sources[before.year]
            raise RulebookError(_called(file), "year", message("rulebook.gap", year=before.year + 1))
    for code, file in sources.items():
        if isinstance(code, str):
            _check_parents(file, code, regions)
    return Book(book.statutory, tuple(years), regions)


def _called(file: Path) -> str:
    """A file that was added is named with its folder, of which an administrator may have several."""
    return file.name if file.is_relative_to(FOLDER) else str(file)


def _refuse(top: Fields, faults: Iterator[Fault]) -> None:
    for key, fault in faults:
        top.fail(key, fault)


def _check_parents(file: Path, code: str, regions: Mapping[str, Region]) -> None:
    seen, parent = {code}, regions[code].parent
    while parent is not None:
        if parent not in regions:
            raise RulebookError(
                _called(file), "parent", message("rulebook.no-parent", found=repr(parent), allowed=sorted(regions))
            )
        if parent in seen:
            raise RulebookError(_called(file), "parent", message("rulebook.below-itself", found=repr(parent)))
        seen.add(parent)
        parent = regions[parent].parent


def _year(top: "_Dated", stem: str) -> Year:
    year = top.integer("year")
    if str(year) != stem:
        top.fail("year", message("rulebook.other-name", name=stem, found=year))
    if not date.min.year < year < date.max.year:
        top.fail("year", message("rulebook.no-year", found=year))
    changes = top.parts("change") if top.has("change") else []
    notices = [_notice(fields) for fields in (top, *changes)]
    return Year(year, tuple(notices))


def _notice(fields: "_Dated") -> Notice:
    holidays = tuple(_holiday(holiday) for holiday in fields.parts("holiday"))
    notice = Notice(fields.text("source"), fields.day("known_from"), holidays)
    fields.done()
    return notice


def _holiday(fields: "_Dated") -> Holiday:
    off = fields.days("off")
    if len(off) != 2:
        fields.fail("off", message("rulebook.no-period", count=len(off)))
    holiday = Holiday(fields.text("name"), off[0], off[1], fields.days("worked"))
    fields.done()
    return holiday


def _region(top: "_Dated", stem: str) -> Region:
    code = top.text("region")
    if code != stem:
        top.fail("region", message("rulebook.other-name", name=stem, found=repr(code)))
    parent = top.text("parent") if top.has("parent") else None
    region = Region(
        code, top.text("name"), parent, top.text("source"), tuple(_region_days(days) for days in top.parts("days"))
    )
    top.done()
    return region


def _region_days(fields: "_Dated") -> RegionDays:
    days = RegionDays(
        fields.integer("year"),
        fields.day("known_from"),
        fields.days("off", ()),
        fields.days("worked", ()),
        fields.days("as_national", ()),
    )
    fields.done()
    return days


def _statutory(file: Path) -> Statutory:
    top = _Dated(file.name, read_toml(file))
    source, open_days, near = top.text("source"), top.integer("open_days"), top.integer("near")
    first, last = top.pair("years")
    years: dict[int, dict[str, tuple[date, ...]]] = {year: {} for year in range(first, last + 1)}
    for fields in top.parts("holiday"):
        name, days = fields.text("name"), fields.integer("days")
        if fields.has("every"):
            month, day = fields.pair("every")
            try:
                begins = tuple(date(year, month, day) for year in years)
            except ValueError:
                fields.fail("every", f"no such day: month {month}, day {day}")
        else:
            begins = fields.days("first")
            if [begin.year for begin in begins] != list(years):
                fields.fail("first", f"must hold one day of each year from {first} to {last}")
        for begin in begins:
            years[begin.year][name] = tuple(begin + timedelta(number) for number in range(days))
        fields.done()
    top.done()
    return Statutory(source, open_days, near, years)


class _Dated(Fields):
    """A TOML table with dates in it (2026-02-17, without quotes)."""

    def parts(self, name: str) -> list["_Dated"]:
        """A list of such tables, at least one."""
        self.tables(name)
        return [_Dated(self.file, data, f"{self._path(name)}[{n}]") for n, data in enumerate(self._get(name), 1)]

    def day(self, name: str) -> date:
        """One date."""
        return self._day(name, self._get(name))

    def days(self, name: str, default: tuple[date, ...] | None = None) -> tuple[date, ...]:
        """A list of dates, ascending."""
        value = self._get(name, default)
        if not isinstance(value, list | tuple):
            self.fail(name, message("rulebook.no-days", found=repr(value)))
        days = tuple(self._day(name, item) for item in value)
        if list(days) != sorted(days):
            self.fail(name, message("rulebook.days-not-in-order"))
        return days

    def pair(self, name: str) -> tuple[int, int]:
        """Two whole numbers."""
        value = self._get(name)
        if not isinstance(value, list) or len(value) != 2 or not all(type(item) is int for item in value):
            self.fail(name, message("rulebook.no-pair", found=repr(value)))
        return value[0], value[1]

    def _day(self, name: str, value: object) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(name, message("rulebook.no-day", found=repr(value)))
        return value
