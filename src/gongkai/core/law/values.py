"""Values of the law as of a day: periods, limits, tariffs, each dated and cited, old ones beside new ones.

The values are ``rulebook/cn/law/*.toml``, read by ``rulebook/load/law.py``. A region may set its own: what counts is
the region's value in force on the day, else that of the level above, so a region that begins in 2020 hides nothing of
2019.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, get_args

from gongkai.core.message import Told, message

Period = Literal["working_days", "days", "months", "years", "hours"]
Unit = Period | Literal["times", "month_day", "word", "words", "yuan_per_item", "yuan_per_page"]
"""month_day: ``01-31``, a day of every year · word, words: a rule that is no number · the last two: steps."""

NUMBERS: tuple[str, ...] = (*get_args(Period), "times")
TARIFFS = ("yuan_per_item", "yuan_per_page")
UNITS: tuple[str, ...] = (*NUMBERS, "month_day", "word", "words", *TARIFFS)

Mark = Literal["V", "V*", "K", "D"]
"""V: held against the text · V*: against a second-hand text · K: known, not held against the text · D: our design."""

MARKS: tuple[str, ...] = get_args(Mark)


class Step(NamedTuple):
    """A step of a tariff: from the ``first`` item or page on, each costs ``rate`` yuan.

    Where ``every`` is set the rate rises by ``more`` after each further ``every``; only a last step has it.
    """

    first: int
    rate: int
    every: int | None = None
    more: int = 0


Content = int | str | tuple[str, ...] | tuple[Step, ...]


class Value(NamedTuple):
    """What holds: ``value`` in ``unit``, in force ``from_`` a day, public since ``known_from``, and where it stands."""

    id: str
    value: Content
    unit: Unit
    source: str
    mark: Mark
    from_: date
    known_from: date

    @property
    def number(self) -> int:
        """The value as a whole number in its unit. Raises ``TypeError`` where it is something else."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.id} is no number but {self.unit}")
        return self.value

    @property
    def word(self) -> str:
        """The value of a rule that is a word, such as ``consent``. Raises ``TypeError`` for anything else."""
        if not isinstance(self.value, str) or self.unit != "word":
            raise TypeError(f"{self.id} is no word but {self.unit}")
        return self.value

    @property
    def words(self) -> tuple[str, ...]:
        """The value of a rule that is a list of words. Raises ``TypeError`` for anything else."""
        if self.unit != "words" or not isinstance(self.value, tuple):
            raise TypeError(f"{self.id} is no list of words but {self.unit}")
        return tuple(item for item in self.value if isinstance(item, str))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of a tariff, lowest first. Raises ``TypeError`` for anything else."""
        if self.unit not in TARIFFS or not isinstance(self.value, tuple):
            raise TypeError(f"{self.id} is no tariff but {self.unit}")
        return tuple(item for item in self.value if isinstance(item, Step))

    @property
    def month_day(self) -> tuple[int, int]:
        """Month and day of a date of every year. Raises ``TypeError`` for anything else."""
        if self.unit != "month_day" or not isinstance(self.value, str):
            raise TypeError(f"{self.id} is no day of the year but {self.unit}")
        month, _, day = self.value.partition("-")
        return int(month), int(day)


class Dated(NamedTuple):
    """One ``[[values]]`` of a file. ``value`` is ``None`` where the rule ends: from then on the level above holds."""

    from_: date
    known_from: date
    value: Content | None
    source: str
    mark: Mark


@dataclass(frozen=True, eq=False)
class Rule:
    """One file: everything that ever held under one ``id``, newest first, in one ``unit``."""

    id: str
    unit: Unit
    title_zh: str
    title_en: str
    dated: tuple[Dated, ...]

    def on(self, day: date, known_by: date | None = None) -> Dated | None:
        """What this file says of ``day``, as it was public at the end of ``known_by``; ``None``: nothing."""
        for entry in self.dated:
            if entry.from_ <= day and (known_by is None or entry.known_from <= known_by):
                return entry
        return None


class MissingValue(Told, LookupError):
    """No value under this id, or none in force on that day."""


@dataclass(frozen=True, eq=False)
class Values:
    """All values for one place. ``layers``: the files by id, those of the place itself first, the nation's last."""

    layers: tuple[Mapping[str, Rule], ...]

    def at(self, id: str, on: date, known_by: date | None = None) -> Value:
        """The value in force on a day.

        ``known_by``: only what was public at the end of that day, to repeat a count made then. Raises
        ``MissingValue`` (a ``LookupError`` with a ``Message``) for an id that no file has, or a day without value.
        """
        rules = [layer[id] for layer in self.layers if id in layer]
        if not rules:
            raise MissingValue(message("law.unknown-value", id=id, day=on))
        for rule in rules:
            entry = rule.on(on, known_by)
            if entry is not None and entry.value is not None:
                return Value(id, entry.value, rule.unit, entry.source, entry.mark, entry.from_, entry.known_from)
        raise MissingValue(message("law.no-value", id=id, day=on))

    def has(self, id: str, on: date, known_by: date | None = None) -> bool:
        """Whether a value is in force on a day: before 2019 no period was fixed for a correction notice."""
        try:
            self.at(id, on, known_by)
        except MissingValue:
            return False
        return True

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id that a file has, in the order of the alphabet."""
        return tuple(sorted({id for layer in self.layers for id in layer}))

    def rule(self, id: str) -> Rule:
        """The nearest file of an id, with its titles and all its dates. Raises ``KeyError`` for an unknown id."""
        for layer in self.layers:
            if id in layer:
                return layer[id]
        raise KeyError(id)
