"""Reads ``rulebook/cn/forms/charts.toml``: which figures of a report are drawn, and under which words."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongkai.rulebook.load.fields import Fields, RulebookError
from gongkai.rulebook.load.forms import FOLDER, forms

FILE = FOLDER / "charts.toml"


class BarRule(NamedTuple):
    """One bar: the sum of ``cells``, those that a form does not have passed over."""

    label: str
    cells: tuple[str, ...]


class ChartRule(NamedTuple):
    """One chart. ``title`` has a gap ``{years}``. ``across_years``: bars for each of several years instead of one.

    ``least``: below this sum of its bars it is not drawn.
    """

    id: str
    title: str
    unit: str
    across_years: bool
    least: int
    bars: tuple[BarRule, ...]


@cache
def chart_rules() -> tuple[ChartRule, ...]:
    """All charts of the rulebook in order. Raises ``RulebookError`` for a broken file."""
    return load(FILE)


def load(file: Path) -> tuple[ChartRule, ...]:
    """Read one file of charts; a cell that no form has is a fault."""
    try:
        top = Fields(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(file.name, "", f"is not valid TOML: {error}") from None
    known = frozenset(cell for form in forms() for cell in form.types)
    rules = tuple(_chart(fields, known) for fields in top.tables("charts"))
    top.done()
    return rules


def _chart(fields: Fields, known: frozenset[str]) -> ChartRule:
    title = fields.text("title")
    try:
        title.format(years="")
    except (KeyError, IndexError, ValueError):
        fields.fail("title", f"may have the gap {{years}} only, not {title!r}")
    rule = ChartRule(
        fields.text("id"),
        title,
        fields.text("unit"),
        fields.choice("span", ("year", "years")) == "years",
        fields.integer("least"),
        tuple(_bar(bar, known) for bar in fields.tables("bars")),
    )
    fields.done()
    return rule


def _bar(fields: Fields, known: frozenset[str]) -> BarRule:
    bar = BarRule(fields.text("label"), fields.texts("cells"))
    for cell in bar.cells:
        if cell not in known:
            fields.fail("cells", f"no form has a cell {cell!r}")
    fields.done()
    return bar
