"""What holiday notices and regions say, as read: dates, names, sources, and since when it is known."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

JOINT = "、"
"""Between the names of holidays that a notice arranges together (国庆节、中秋节)."""


class Holiday(NamedTuple):
    """One holiday of a notice: off from ``first`` to ``last``, and the days of rest that are ``worked`` for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...]

    def off(self) -> list[date]:
        """Every day off, weekends within included."""
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]


class Notice(NamedTuple):
    """One notice: where it stands, the day from which it is known, the holidays that it arranges."""

    source: str
    known_from: date
    holidays: tuple[Holiday, ...]


class Year(NamedTuple):
    """The notices of one year, oldest first: the yearly one, then each that changes it."""

    year: int
    notices: tuple[Notice, ...]

    def known(self, as_of: date | None) -> tuple[Notice, ...]:
        """The notices known on a day; all without one."""
        return tuple(notice for notice in self.notices if as_of is None or notice.known_from <= as_of)


class Statutory(NamedTuple):
    """The holidays that the law itself gives, by year and name, for years that no notice arranges yet.

    ``open_days``: how many last days of December may still be changed by the notice for the next year. ``near``: how
    far from its statutory days a notice may put a holiday's days off and make-up days.
    """

    source: str
    open_days: int
    near: int
    years: Mapping[int, Mapping[str, tuple[date, ...]]]


class RegionDays(NamedTuple):
    """What a region says of single days of a year: ``off``, ``worked``, or ``as_national`` where a rule is repealed."""

    year: int
    known_from: date
    off: tuple[date, ...]
    worked: tuple[date, ...]
    as_national: tuple[date, ...]


class Region(NamedTuple):
    """A region's own days; what it does not say its ``parent`` says, and above the last parent the nation."""

    code: str
    name: str
    parent: str | None
    source: str
    days: tuple[RegionDays, ...]
