"""Reads ``rulebook/cn/law``: the numbers and rules of the law, one value a file, those of regions below ``regions``.

    law/<id>.toml                     the nation
    law/regions/<code>/<id>.toml      a place, by its code (440000 a province, 440300 a city, 440305 a county)

A fault names the file, the key and what is wrong with it, so that whoever corrects a value needs no Python.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from gongkai.core.law.values import (
    MARKS,
    NUMBERS,
    TARIFFS,
    UNITS,
    Content,
    Dated,
    Mark,
    Rule,
    Step,
    Unit,
    Values,
)
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields, RulebookError
from gongkai.rulebook.load.places import is_place, upwards
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "law"
NATION = ""
ENDED = "none"
"""Stands as a ``value`` where a rule ends without another: from then on the level above holds."""

Layers = Mapping[str, Mapping[str, Rule]]
"""The files by id, by region code; those of the nation under ``NATION``."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def law(region: str | None = None, added: Path | None = None) -> Values:
    """The law for a place: a region's code, or the nation where none is given.

    ``added`` is a folder laid out like ``cn/law``, an installation's own; its values go before ours of the same level.
    It is read each time. Raises ``RulebookError`` for a broken file, ``ValueError`` for what is no code.
    """
    if region is not None and not is_place(region):
        raise ValueError(f"a region is a code of 6, 9 or 12 digits, not {region!r}")
    places = (*upwards(region or ""), NATION)
    if added is None:
        return _shipped_for(places)
    both = (load(added, _shipped()), _shipped())
    return Values(tuple(layers.get(place, {}) for place in places for layers in both))


def load(folder: Path, beside: Layers | None = None) -> Layers:
    """Read a folder of values. Those of a region, and all ``beside`` others, keep the unit of the nation's file."""
    files = _files(folder)
    if not files:
        raise RulebookError(folder.name, "", "holds no value (*.toml)")
    layers: dict[str, dict[str, Rule]] = {NATION: {}}
    nation = dict((beside or {}).get(NATION, {}))
    for file in files:  # the nation's come first
        name = file.relative_to(folder).as_posix()
        place = NATION if file.parent == folder else file.parent.name
        rule = _rule(file, name, place)
        known = nation.setdefault(rule.id, rule) if place == NATION else nation.get(rule.id, rule)
        if rule.unit != known.unit:
            raise RulebookError(name, "unit", f"must be {known.unit!r} as for the nation, not {rule.unit!r}")
        layers.setdefault(place, {})[rule.id] = rule
    return layers


def _files(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("*.toml")), *sorted(folder.glob("regions/*/*.toml"))]


@cache
def _shipped() -> Layers:
    return compiled("law", [Path(__file__), *_files(FOLDER)], lambda: load(FOLDER))


@cache
def _shipped_for(places: tuple[str, ...]) -> Values:
    return Values(tuple(_shipped().get(place, {}) for place in places))


class _DatedFields(Fields):
    """Fields that may be dates or values of several types."""

    def day(self, name: str) -> date:
        """A date, without time."""
        value = self._get(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fail(name, f"must be a date such as 2019-05-15 without quotes, not {value!r}")
        return value

    def any(self, name: str) -> Any:
        """Whatever stands there."""
        return self._get(name)

    def dated(self, name: str) -> list["_DatedFields"]:
        """A list of tables, at least one."""
        return [_DatedFields(self.file, fields._data, fields.key) for fields in self.tables(name)]


def _rule(file: Path, name: str, place: str) -> Rule:
    top = _DatedFields(name, read_toml(file, name))
    if place != NATION and not is_place(place):
        top.fail("", f"stands in a folder that must be a region's code, not {place!r}")
    id = top.text("id")
    if id != file.stem:
        top.fail("id", f"must be the file's name {file.stem!r}, not {id!r}")
    if not _ID.fullmatch(id):
        top.fail("id", f"must be words in small letters joined by _, not {id!r}")
    unit = cast(Unit, top.choice("unit", UNITS))
    titles = top.text("title_zh"), top.text("title_en")
    dated = [_dated(fields, unit) for fields in top.dated("values")]
    top.done()
    dated.sort(key=lambda entry: (entry.from_, entry.known_from), reverse=True)
    for newer, older in pairwise(dated):
        if (newer.from_, newer.known_from) == (older.from_, older.known_from):
            top.fail("values", f"two values begin on {newer.from_}, both known from {newer.known_from}")
    if dated[-1].value is None:
        top.fail("values", f"the first, of {dated[-1].from_}, ends a rule ({ENDED!r}) that never began")
    return Rule(id, unit, *titles, tuple(dated))


def _dated(fields: _DatedFields, unit: Unit) -> Dated:
    entry = Dated(
        fields.day("from"),
        fields.day("known_from"),
        None if fields.any("value") == ENDED else _content(fields, unit),
        fields.text("source"),
        cast(Mark, fields.choice("mark", MARKS)),
    )
    fields.done()
    return entry


def _content(fields: _DatedFields, unit: Unit) -> Content:
    if unit in NUMBERS:
        number = fields.integer("value")
        if number < 0:
            fields.fail("value", f"must not be below 0, not {number}")
        return number
    if unit in TARIFFS:
        return tuple(_steps(fields))
    if unit == "words":
        words = fields.texts("value")
        if not words:
            fields.fail("value", "must be a list with at least one word")
        return tuple(_word(fields, word) for word in words)
    text = fields.text("value")
    if unit == "word":
        return _word(fields, text)
    try:
        if not re.fullmatch(r"\d\d-\d\d", text):
            raise ValueError
        date.fromisoformat(f"2023-{text}")  # a year without 29 February: a day that every year has
    except ValueError:
        fields.fail("value", f"must be a day that every year has, such as '01-31', not {text!r}")
    return text


def _word(fields: _DatedFields, word: str) -> str:
    if not _ID.fullmatch(word):
        fields.fail("value", f"must be words in small letters joined by _, not {word!r}")
    return word


def _steps(fields: _DatedFields) -> list[Step]:
    steps: list[Step] = []
    for table in fields.tables("value"):
        step = _step(table)
        if not steps and step.first != 1:
            table.fail("first", f"must be 1 in the first step, not {step.first}")
        if steps and step.first <= steps[-1].first:
            table.fail("first", f"must be above {steps[-1].first}, where the step before begins, not {step.first}")
        if steps and steps[-1].every is not None:
            table.fail("first", "no step may follow one that rises for ever (every)")
        steps.append(step)
    return steps


def _step(table: Fields) -> Step:
    first, rate, every, more = table.integer("first"), table.integer("rate"), None, 0
    if table.has("every"):
        every, more = table.integer("every"), table.integer("more")
        if every < 1:
            table.fail("every", f"must be at least 1, not {every}")
    table.done()
    for name, yuan in (("rate", rate), ("more", more)):
        if yuan < 0:
            table.fail(name, f"must not be below 0, not {yuan}")
    return Step(first, rate, every, more)
