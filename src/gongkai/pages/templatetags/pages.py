"""``{% load pages %}``: words, messages, dates, numbers in the language of the page, addresses, the strip of days."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from django import template
from django.forms import BaseForm, BoundField

from gongkai.core.law.strip import Day
from gongkai.core.message import Message
from gongkai.pages import addresses, cells, drawn, language


def message(said: Message) -> str:
    """A message in words."""
    return language.written(said)


def strip_cells(days: Iterable[Day], today: date | None = None) -> list[cells.StripCell]:
    """``{% strip_cells days today as cells %}``: the strip as it is drawn."""
    return cells.strip_cells(days, today or None)  # a template gives "" for what it does not know


def provisional(strip: list[cells.StripCell]) -> bool:
    """Whether a strip has days that may still change."""
    return not all(cell.certain for cell in strip)


def first_input(field: BoundField) -> str:
    """The id of the control to which an error leads: the field's, or the first of its choices."""
    return field.id_for_label or f"{field.auto_id}_0"


def erring(form: BaseForm) -> list[BoundField]:
    """The fields of a form that have errors, in its order."""
    return [field for field in form if field.errors]


def pieces(text: str, terms: Iterable[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is one of the terms, whatever its case."""
    wanted = "|".join(re.escape(term) for term in sorted(terms or (), key=len, reverse=True))
    if not wanted:
        return [(text, False)]
    return [(piece, count % 2 == 1) for count, piece in enumerate(re.split(f"({wanted})", text, flags=re.I)) if piece]


register = template.Library()

TAGS: tuple[Callable[..., object], ...] = (
    *(strip_cells, language.words, addresses.address),
    *(
        drawn.table_rows,
        drawn.strip_days,
        drawn.legend,
        drawn.links,
        drawn.tiles,
        drawn.answers,
        drawn.moment,
        drawn.reckoning_steps,
    ),
)
FILTERS: tuple[Callable[..., object], ...] = (
    *(language.day, language.short_day, language.thousands, language.size, language.left),
    *(message, provisional, first_input, erring, pieces),
)

for tag in TAGS:
    register.simple_tag(tag)
for each in FILTERS:
    register.filter(each)
