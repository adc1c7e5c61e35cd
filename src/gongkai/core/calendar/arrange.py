"""From notices, statutory holidays and regions to a calendar."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from gongkai.core.calendar.days import Calendar, Special
from gongkai.core.calendar.notice import Holiday, Notice, Region, Statutory, Year


def arrange(
    years: Sequence[Year], statutory: Statutory, regions: Iterable[Region] = (), as_of: date | None = None
) -> Calendar:
    """The calendar that the notices known on ``as_of`` make.

    ``years`` follow each other without a gap; where a year stands twice, the one with the newest known notice holds,
    of two equally new the earlier. ``regions`` go from the outermost to the one asked for. The last ``open_days`` of
    the last year are not certain, as the notice for the next year may still change them.
    """
    known = _known(years, as_of)
    first = date(min(year.year for year in years), 1, 1)
    special: dict[date, Special] = {}
    end = first - timedelta(1)
    while end.year + 1 in known:
        end = date(end.year + 1, 12, 31)
        special.update(_special(known[end.year]))
    last = max(end - timedelta(statutory.open_days), first - timedelta(1))
    horizon = end
    while horizon.year + 1 in statutory.years:
        horizon = date(horizon.year + 1, 12, 31)
        for name, days in statutory.years[horizon.year].items():
            special.update(dict.fromkeys(days, Special("holiday", False, name)))
    return Calendar(first, last, last, horizon, special | _regional(regions, as_of))


def in_force(notices: Iterable[Notice]) -> dict[str, Holiday]:
    """The holidays by name: a later notice replaces the holidays that it names and leaves the others."""
    return {holiday.name: holiday for notice in notices for holiday in notice.holidays}


def _known(years: Sequence[Year], as_of: date | None) -> Mapping[int, tuple[Notice, ...]]:
    known: dict[int, tuple[Notice, ...]] = {}
    for year in years:
        notices = year.known(as_of)
        held = known.get(year.year)
        if notices and (held is None or notices[-1].known_from > held[-1].known_from):
            known[year.year] = notices
    return known


def _special(notices: Iterable[Notice]) -> dict[date, Special]:
    special: dict[date, Special] = {}
    for holiday in in_force(notices).values():
        special.update(dict.fromkeys(holiday.off(), Special("holiday", False, holiday.name)))
        special.update(dict.fromkeys(holiday.worked, Special("make-up", True, holiday.name)))
    return special


def _regional(regions: Iterable[Region], as_of: date | None) -> dict[date, Special]:
    """Day by day what the innermost region says that says anything."""
    special: dict[date, Special] = {}
    for region in regions:
        for days in region.days:
            if as_of is None or days.known_from <= as_of:
                special.update(dict.fromkeys(days.off, Special("region", False, region.name)))
                special.update(dict.fromkeys(days.worked, Special("region", True, region.name)))
                for day in days.as_national:
                    special.pop(day, None)
    return special
