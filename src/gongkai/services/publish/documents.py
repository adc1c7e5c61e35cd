"""Documents among the items (行政规范性文件): what part two of the annual report counts of them (Art. 20(1)).

Counted are documents that were in force when they were published: of what was abolished before, nobody knows when. A
withdrawn item was made all the same.
"""

from collections.abc import Mapping
from datetime import date, datetime

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import DocumentAbolished, DocumentMade
from gongkai.rulebook.load.columns import columns
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Agency, New, Unit


def made(unit: Unit, agency: Agency, number: str, content: Mapping[str, str], now: datetime) -> None:
    """Note that a published item is a document made on its day, or today where it names none."""
    column = columns().find(content["column"])
    if column is None or column.counts is None or content["validity"] != "valid":
        return
    on = date.fromisoformat(content["made_on"]) if content["made_on"] else today(now)
    unit.append(agency, [New(of(number), DocumentMade(on, column.counts), now)])


def abolished(unit: Unit, agency: Agency, number: str, content: Mapping[str, str], now: datetime) -> None:
    """Note that a document that was counted is in force no more, once."""
    told = [entry.event for entry in unit.history(agency, of(number))]
    if content["validity"] == "valid" or not told or any(isinstance(event, DocumentAbolished) for event in told):
        return
    row = next(event.row for event in told if isinstance(event, DocumentMade))
    unit.append(agency, [New(of(number), DocumentAbolished(today(now), row), now)])


def of(number: str) -> Thing:
    """The document that an item is: it bears the same number."""
    return Thing("documents", number)
