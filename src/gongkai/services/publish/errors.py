"""Whoever reads an item reports an error in it (纠错); the desk closes the report with a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.publish.item import of, standing


@dataclass(frozen=True)
class ReportError:
    """What is wrong in a public item; ``contact`` only if the reader wants to be asked back."""

    agency: str
    number: str
    text: str
    contact: str = ""
    key: str | None = None


@dataclass(frozen=True)
class CloseError:
    """A report is done with; ``note`` says what was found and done."""

    agency: str
    report: int
    note: str
    key: str | None = None


def report_error(
    unit: Unit, agency: Agency, actor: Actor, command: ReportError, rules: Rules, now: datetime
) -> Mapping[str, str]:
    """Keep what a reader reports. Raises ``Refused`` for an item that is not public, and where nothing is said."""
    if standing(unit.history(agency, of(command.number))).state != "public":
        raise Refused(message("item.not-public"))
    text = command.text.strip()
    if not text:
        raise Refused(message("item.missing", item_field="error"))
    unit.take_error(agency, of(command.number), {"text": text, "contact": command.contact.strip()}, now)
    return {"number": command.number}


def close_error(unit: Unit, agency: Agency, actor: Actor, command: CloseError, rules: Rules, now: datetime) -> None:
    """Close a report; how to reach the reader is erased with it. Raises ``Refused`` where it is not open."""
    told = unit.open_error(agency, command.report)
    note = command.note.strip()
    if not note:
        raise Refused(message("item.missing", item_field="note"))
    unit.close_error(agency, command.report, {"text": told["text"], "contact": "", "note": note}, actor.person, now)
