"""Where the figures and sentences of an annual report come from, in words and with somewhere to go."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from gongkai.core.ledger.entry import Entry
from gongkai.core.ledger.events import WorkLogged
from gongkai.core.tables.form import Form
from gongkai.desk.reading import SHORT
from gongkai.pages.language import day, lang, words
from gongkai.pages.naming import cell_name
from gongkai.pages.shapes import Answer, Link
from gongkai.services.report.annual import FIGURES
from gongkai.services.report.frozen import Difference
from gongkai.services.report.names import form_name
from gongkai.services.report.prose import overview
from gongkai.store.reports import Annual

LISTED = 10
"""So many records of a suggestion are listed; the rest is counted."""


class Source(NamedTuple):
    """A suggested sentence, and the records and cells that it was made from; ``more`` are not listed."""

    text: str
    links: list[Link]
    more: int


class Late(NamedTuple):
    """A cell that late entries moved, and these."""

    cell: str
    published: str
    now: str
    because: list[Link]


def sources(seen: Annual) -> list[Source]:
    """From what the overview was suggested, head by head."""
    told = []
    for each in overview(seen.entries, seen.year, json.loads(seen.now[FIGURES])):
        address = reverse("report-cell", args=[seen.year])
        cells = [Link(cell_name(seen.form, cell), f"{address}?cell={cell}") for cell in each.cells]
        records = [Link(_recorded(entry), _place(entry)) for entry in each.records[:LISTED]]
        told.append(Source(each.text, cells + records, len(each.records[LISTED:])))
    return told


def explained(form: Form, differences: Iterable[Difference]) -> list[Late]:
    """Every difference with the entries that caused it."""
    return [
        Late(cell_name(form, each.cell), str(each.published), str(each.now), [_late(entry) for entry in each.because])
        for each in differences
    ]


def kept(seen: Annual) -> list[Answer]:
    """What was fixed on publication, and whether the published figures result from it again."""
    event, frozen = seen.stand.frozen, seen.frozen
    if event is None or frozen is None:
        return []
    position = words("report.frozen.position.said", position=event.position, count=len(seen.entries))
    again = "same" if frozen.again else "broken" if frozen.same_rules else "rules-changed"
    return [
        Answer(words("report.frozen.position"), position),
        Answer(words("report.frozen.form"), form_name(seen.form, lang())),
        Answer(words("report.frozen.rulebook"), f"{event.rulebook[:SHORT]}…"),
        Answer(words("report.frozen.again"), words(f"report.frozen.{again}")),
    ]


def _recorded(entry: Entry) -> str:
    event = entry.event
    kind = words(f"log.kind.{event.kind}") if isinstance(event, WorkLogged) else words(f"event.{event.name}")
    return f"{entry.thing.number} {day(event.on)} {kind}"


def _late(entry: Entry) -> Link:
    on, recorded = day(entry.event.on), day(entry.recorded_on)
    said = words("report.difference.entry", on=on, event=words(f"event.{entry.event.name}"), recorded=recorded)
    return Link(f"{entry.thing.number} {said}", _place(entry))


def _place(entry: Entry) -> str:
    """The page of what an entry is about, where it has one."""
    pages = {"request": "case", "item": "desk-item"}
    if entry.thing.kind == "worklog":
        return reverse("log")
    name = pages.get(entry.thing.kind)
    return reverse(name, args=[entry.thing.number]) if name else ""
