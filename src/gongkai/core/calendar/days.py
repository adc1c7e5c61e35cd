"""The working-day calendar: every question about a day answered from lists that are built once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from gongkai.core.message import Message, Told, message

WEEKEND = 5
"""``date.weekday()`` of Saturday: from here on the days of rest."""

TABLES = 32
"""So many counts are remembered by ``Calendar.many``, each with a date for every day (some 300 kB)."""


class UnknownDay(Told, LookupError):
    """Asked for a day of which nobody knows yet whether it is a working day. ``message`` says what is missing."""


class Special(NamedTuple):
    """A day that differs from its weekday, or is named: by which holiday or region (``name``), and whether worked."""

    kind: Literal["holiday", "make-up", "region"]
    working: bool
    name: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """The working days of one place, from ``first`` to ``last`` for certain.

    Monday to Friday are worked and weekends are not, unless ``special`` says otherwise (《全国年节及纪念日放假办法》
    and the yearly notices of the State Council's General Office). ``until`` is the last day answered; in a
    provisional calendar it is ``horizon``. A day that is not answered raises ``UnknownDay``.
    """

    first: date
    last: date
    until: date
    horizon: date
    special: Mapping[date, Special] = field(repr=False)

    def is_working(self, day: date) -> bool:
        """Whether a day is worked. Raises ``UnknownDay``."""
        return self._works(self._known(day))

    def certain(self, day: date) -> bool:
        """Whether a notice settles this day; what a provisional calendar says of any other may still change."""
        return self.first <= day <= self.last

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself is never counted; ``day`` itself for 0.

        Raises ``ValueError`` for a negative count and ``UnknownDay`` where the days are not known so far.
        """
        _refuse_negative(count)
        if count == 0:
            return day
        place = self._ranks[self._index(day)] + count - 1
        if place >= len(self._worked):
            raise self._unknown(self.until + timedelta(1))
        return self._worked[place]

    def count(self, start: date, end: date) -> int:
        """How many working days lie after ``start`` up to and including ``end``; 0 if none. Raises ``UnknownDay``."""
        return max(0, self._ranks[self._index(end)] - self._ranks[self._index(start)])

    def many(self, days: Sequence[date], count: int) -> list[date | None]:
        """``after`` for many days at once, and quickly; ``None`` where it would raise ``UnknownDay``."""
        _refuse_negative(count)
        if count == 0:
            return list(days)
        table = self._tables.get(count)
        if table is None:
            if len(self._tables) >= TABLES:
                self._tables.clear()
            reached = zip(self._days, (rank + count - 1 for rank in self._ranks), strict=True)
            table = {day: self._worked[place] for day, place in reached if place < len(self._worked)}
            self._tables[count] = table
        return list(map(table.get, days))

    def provisional(self) -> "Calendar":
        """The same certain days, and after them statutory days off and plain weekends, as far as the law is tabled.

        Without the make-up days and prolonged holidays of notices to come: ``certain`` tells which days may change.
        """
        return self._provisional

    def explain(self, day: date) -> Message:
        """Why a day is worked or not, for showing it. Raises ``UnknownDay``."""
        special = self.special.get(self._known(day))
        if special is None:
            return message("calendar.weekday", day=day) if self._works(day) else message("calendar.weekend", day=day)
        if special.kind == "holiday":
            return message("calendar.holiday", day=day, name=special.name)
        if special.kind == "make-up":
            return message("calendar.make-up", day=day, name=special.name)
        if special.working:
            return message("calendar.region-worked", day=day, name=special.name)
        return message("calendar.region-off", day=day, name=special.name)

    @cached_property
    def _days(self) -> list[date]:
        return [self.first + timedelta(number) for number in range((self.until - self.first).days + 1)]

    @cached_property
    def _worked(self) -> list[date]:
        return [day for day in self._days if self._works(day)]

    @cached_property
    def _ranks(self) -> list[int]:
        """For each day how many were worked from the first day up to and including it."""
        ranks, rank = [], 0
        for day in self._days:
            rank += self._works(day)
            ranks.append(rank)
        return ranks

    @cached_property
    def _tables(self) -> dict[int, dict[date, date]]:
        return {}

    @cached_property
    def _provisional(self) -> "Calendar":
        return self if self.until == self.horizon else replace(self, until=self.horizon)

    def _works(self, day: date) -> bool:
        special = self.special.get(day)
        return day.weekday() < WEEKEND if special is None else special.working

    def _known(self, day: date) -> date:
        if not self.first <= day <= self.until:
            raise self._unknown(day)
        return day

    def _index(self, day: date) -> int:
        return self._known(day).toordinal() - self.first.toordinal()

    def _unknown(self, day: date) -> UnknownDay:
        """The last days of a year wait for the notice of the next; every other day for that of its own year."""
        year = day.year if day < self.first else max(day.year, self.until.year + 1)
        id = "calendar.unknown-december" if day.year < year else "calendar.unknown-day"
        return UnknownDay(message(id, day=day, year=year))


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError(f"a period has no negative number of working days: {count}")
