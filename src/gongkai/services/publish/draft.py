"""An item is drafted and put to review (起草、送审): pasted text is made clean before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.rulebook.load.columns import columns
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.paste import clean, clean_line
from gongkai.services.outgoing.review import standing as reviewed
from gongkai.services.outgoing.review import submitted
from gongkai.services.ports import Actor, Agency, New, Rules, Unit
from gongkai.services.publish.item import drafted, of, refuse_withdrawn, standing

SERIES = "draft"
Validity = Literal["valid", "expired", "abolished"]
"""有效、失效、废止."""


@dataclass(frozen=True)
class DraftItem:
    """What an item will say. ``number`` is empty for a new one, which gets the next. ``document`` (文号) and
    ``made_on`` (成文日期) stand where it has them, ``validity`` is 有效性; ``version`` is that of the draft: 0 where
    there is none yet.
    """

    agency: str
    number: str
    version: int
    column: str
    title: str
    text: str
    document: str = ""
    made_on: date | None = None
    validity: Validity = "valid"
    key: str | None = None


@dataclass(frozen=True)
class SubmitItem:
    """The draft as it stands is put to review."""

    agency: str
    number: str
    version: int
    key: str | None = None


def draft_item(
    unit: Unit, agency: Agency, actor: Actor, command: DraftItem, rules: Rules, now: datetime
) -> Mapping[str, str]:
    """Write the draft; ``number`` is the item's. Its files stay, and of a public one the column: it was counted there.

    Raises:
        Refused: no such column, no title or text, a date to come, an item that is withdrawn or not there.
        Stale: somebody else wrote meanwhile.
    """
    content = _content(command, now)
    number = command.number
    if not number:
        year = today(now).year
        number = f"D{year}-{unit.serial(agency, SERIES, year):05}"
    else:
        content["attachments"] = drafted(unit, agency, number).get("attachments", "")
        history = unit.history(agency, of(number))
        refuse_withdrawn(history)
        if standing(history).column not in (None, command.column):
            raise Refused(message("item.column-stays"))
    unit.write(agency, of(number), content, command.version, actor.person)
    return {"number": number}


def _content(command: DraftItem, now: datetime) -> dict[str, str]:
    column = columns().find(command.column)
    if column is not None and column.holds == "reports":
        raise Refused(message("item.reports-column"))
    if column not in columns().leaves:
        raise Refused(message("item.no-column", column=command.column))
    title, text = clean_line(command.title), clean(command.text)
    for name, value in (("title", title), ("text", text)):
        if not value:
            raise Refused(message("item.missing", item_field=name))
    if command.made_on is not None and command.made_on > today(now):
        raise Refused(message("act.not-yet", on=command.made_on, today=today(now)))
    return {
        "column": command.column,
        "title": title,
        "document": clean_line(command.document),
        "made_on": command.made_on.isoformat() if command.made_on else "",
        "validity": command.validity,
        "text": text,
        "attachments": "",
    }


def submit_item(unit: Unit, agency: Agency, actor: Actor, command: SubmitItem, rules: Rules, now: datetime) -> None:
    """Freeze the draft and put it to review. Raises ``Refused`` for what is public or under review as it stands."""
    content = drafted(unit, agency, command.number)
    history = unit.history(agency, of(command.number))
    refuse_withdrawn(history)
    before = reviewed(history, rules.chains["item"])
    if standing(history).content == unit.freeze(agency, of(command.number), content):
        raise Refused(message("item.unchanged"))
    event = submitted(unit, agency, of(command.number), actor, content, before, today(now))
    unit.append(agency, [New(of(command.number), event, now)])
