"""A published report and the ledger that went on: made again from what was frozen, and what late entries change.

A freeze keeps chain position, form and rulebook; a late entry shows as an explained difference, never silently.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import ReportFrozen
from gongkai.core.tables.fill import REQUESTS, REVIEW, Counted, Figure, fill, read
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Number
from gongkai.rulebook.load.fingerprint import fingerprint
from gongkai.rulebook.load.forms import forms
from gongkai.services.report.annual import FIGURES, as_json


class Difference(NamedTuple):
    """A cell whose figure is no longer the published one, and the late entries that moved it, in their order."""

    cell: str
    published: Number
    now: Number
    because: tuple[Entry, ...]


class Frozen(NamedTuple):
    """A published report held against its ledger.

    ``figures``: what results from what was frozen. ``again``: they are those published. ``same_rules``: by the rulebook
    with which it was frozen.
    """

    figures: Mapping[str, Figure]
    again: bool
    same_rules: bool
    differences: tuple[Difference, ...]


def form_frozen(event: ReportFrozen) -> Form:
    """The form on which a report was frozen; forms are never taken out of the rulebook."""
    return next(form for form in forms() if form.id == event.form)


def held(entries: Sequence[Entry], event: ReportFrozen, content: Mapping[str, str]) -> Frozen:
    """Hold a published content against the whole ledger of its agency."""
    form = form_frozen(event)
    then, now = (fill(form, event.year, read(_counted(some))) for some in (entries[: event.position], entries))
    published: dict[str, Number] = json.loads(content[FIGURES])
    today: dict[str, Number] = json.loads(as_json(now))
    late = entries[event.position :]
    things = {entry.sequence: entry.thing for entry in entries}
    differences = [
        Difference(cell, published[cell], today[cell], _because(cell, then[cell], now[cell], things, late))
        for cell in form.cell_ids
        if published[cell] != today[cell]
    ]
    return Frozen(then, as_json(then) == content[FIGURES], event.rulebook == fingerprint(), tuple(differences))


def _counted(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.thing.kind != "report"]


def _because(
    cell: str, then: Figure, now: Figure, things: Mapping[int, Thing], late: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The late entries about what the cell counts only then or only now; where that is the same, about all of it."""
    moved = set(then.of) ^ set(now.of) or {*then.of, *now.of}
    about = {_thing(cell, each, things) for each in moved}
    return tuple(entry for entry in late if entry.thing in about)


def _thing(cell: str, counted: Counted, things: Mapping[int, Thing]) -> Thing:
    """What a cell counts: requests by their number, in part two entries by their sequence."""
    if cell.startswith((f"{REQUESTS}/", f"{REVIEW}/")):
        return Thing("request", counted.number)
    return things[int(counted.number)]
