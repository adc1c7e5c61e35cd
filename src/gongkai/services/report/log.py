"""The work log (工作台账): leading group, meetings, training, inspections, incidents, changes of the platform."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import WorkLogged
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Actor, Agency, New, Outside, Rules, Unit

WorkKind = Literal["leading_group", "meeting", "training", "inspection", "incident", "platform_change"]


@dataclass(frozen=True)
class LogWork:
    """What was done on a day; the annual report's first part is drafted from it."""

    agency: str
    kind: WorkKind
    on: date
    text: str
    key: str | None = None


def log_work(unit: Unit, agency: Agency, actor: Actor, command: LogWork, rules: Rules, now: datetime) -> None:
    """Note a piece of work. Raises ``Refused`` for a day to come, or where nothing is said of it."""
    if command.on > today(now):
        raise Refused(message("act.not-yet", on=command.on, today=today(now)))
    if not command.text.strip():
        raise Refused(message("act.missing", field="text"))
    year = command.on.year
    thing = Thing("worklog", f"{year}-{unit.serial(agency, 'worklog', year):03}")
    unit.keep(agency, thing, Outside(None, command.text.strip()))
    unit.append(agency, [New(thing, WorkLogged(command.on, command.kind), now)])
