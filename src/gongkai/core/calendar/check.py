"""What a notice cannot say: faults found before a file of a year or a region is put to use.

A mistyped date moves the due dates of a whole year, so every file is held against the statutory holidays
(《全国年节及纪念日放假办法》第二条).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.core.calendar.arrange import in_force
from gongkai.core.calendar.days import WEEKEND
from gongkai.core.calendar.notice import JOINT, Holiday, Notice, Region, Statutory, Year
from gongkai.core.message import Message, message

Fault = tuple[str, Message]
"""A key of the file, and what is wrong with it."""


def year_faults(year: Year, statutory: Statutory) -> Iterator[Fault]:
    """The faults of one year's notices; keys as in its file (``holiday[2].off``, ``change[1].holiday[1].worked``)."""
    for number, notice in enumerate(year.notices):
        place = f"change[{number}]." if number else ""
        if number and notice.known_from <= year.notices[number - 1].known_from:
            yield f"{place}known_from", message("calendar.not-later")
        if notice.known_from.year not in (year.year - 1, year.year):
            yield (
                f"{place}known_from",
                message("calendar.other-year", day=notice.known_from, before=year.year - 1, year=year.year),
            )
        names = [holiday.name for holiday in notice.holidays]
        for position, holiday in enumerate(notice.holidays, 1):
            key = f"{place}holiday[{position}]"
            if holiday.name in names[: position - 1]:
                yield f"{key}.name", message("calendar.twice", found=repr(holiday.name))
            yield from _holiday(key, holiday, year.year, statutory)
        yield from _together(place, notice, year, statutory, in_force(year.notices[: number + 1]))


def region_faults(region: Region, statutory: Statutory) -> Iterator[Fault]:
    """The faults of a region's days; keys as in its file (``days[1].worked``)."""
    for position, days in enumerate(region.days, 1):
        key = f"days[{position}]"
        seen: set[date] = set()
        legal = {day for named in statutory.years.get(days.year, {}).values() for day in named}
        for name, listed in (("off", days.off), ("worked", days.worked), ("as_national", days.as_national)):
            for day in listed:
                if day.year != days.year:
                    yield f"{key}.{name}", message("calendar.not-in-year", day=day, year=days.year)
                if day in seen:
                    yield f"{key}.{name}", message("calendar.twice", found=day)
                seen.add(day)
        for day in days.worked:
            yield from _rest(f"{key}.worked", day)
            if day in legal:
                yield f"{key}.worked", message("calendar.worked-statutory", day=day)


def _holiday(key: str, holiday: Holiday, year: int, statutory: Statutory) -> Iterator[Fault]:
    """What is wrong with one holiday by itself."""
    if holiday.last < holiday.first:
        yield f"{key}.off", message("calendar.ends-before", last=holiday.last, first=holiday.first)
    earliest = date(year, 1, 1) - timedelta(statutory.open_days)
    named = statutory.years.get(year, {})
    near = [day for name in holiday.name.split(JOINT) for day in named.get(name, ())]
    for part, days in (("off", (holiday.first, holiday.last)), ("worked", holiday.worked)):
        for day in days:
            if not earliest <= day <= date(year, 12, 31):
                yield f"{key}.{part}", message("calendar.far-off", day=day, year=year, before=year - 1)
            elif near and min(abs((day - other).days) for other in near) > statutory.near:
                yield f"{key}.{part}", message("calendar.not-near", day=day, days=statutory.near, name=holiday.name)
    for day in holiday.worked:
        yield from _rest(f"{key}.worked", day)


def _rest(key: str, day: date) -> Iterator[Fault]:
    if day.weekday() < WEEKEND:
        yield key, message("calendar.no-rest-day", day=day)


def _together(
    place: str, notice: Notice, year: Year, statutory: Statutory, holidays: dict[str, Holiday]
) -> Iterator[Fault]:
    """What is wrong between the holidays in force once this notice is out; named where the notice can mend it."""
    keys = {holiday.name: f"{place}holiday[{number}]" for number, holiday in enumerate(notice.holidays, 1)}
    off: dict[date, str] = {}
    for holiday in holidays.values():
        for day in holiday.off():
            if day in off:
                yield (
                    f"{keys.get(holiday.name, f'{place}holiday')}.off",
                    message("calendar.off-already", day=day, name=off[day]),
                )
            off[day] = holiday.name
    worked = {day for holiday in holidays.values() for day in holiday.worked}
    for holiday in holidays.values():
        for day in holiday.worked:
            if day in off:
                yield (
                    f"{keys.get(holiday.name, f'{place}holiday')}.worked",
                    message("calendar.worked-and-off", day=day, name=off[day]),
                )
    for name, days in statutory.years.get(year.year, {}).items():
        key = next((keys[other] for other in keys if name in other.split(JOINT)), f"{place}holiday")
        for day in days:
            if day in worked or (day not in off and day.weekday() < WEEKEND):
                yield key, message("calendar.statutory", day=day, name=name)
