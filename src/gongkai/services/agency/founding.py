"""An agency takes its place, and its names from day to day (设立机关、更名)."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AgencyNamed, AgencyPlaced
from gongkai.core.ledger.naming import namings
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Actor, Agency, New, Rules, Unit

LONGEST = 200
"""Characters of an agency's name that the ledger keeps."""


@dataclass(frozen=True)
class FoundAgency:
    """An agency of this name, below the one whose id is ``above``. ``region``: its code of GB/T 2260; ``line``: a
    vertical line (垂直管理) to which it belongs; ``competent``: it is the competent office (主管部门).
    """

    name: str
    above: str | None = None
    region: str | None = None
    line: str | None = None
    competent: bool = False
    key: str | None = None


@dataclass(frozen=True)
class RenameAgency:
    """The agency of this id is called ``name`` from the day ``on``; ``version`` counts the entries about the agency
    itself. ``reason``: what orders it, such as the number of a document; the ledger keeps it, and everybody reads it.
    """

    agency: str
    version: int
    name: str
    on: date
    reason: str
    key: str | None = None

    @property
    def number(self) -> str:
        """What the entries are about: the agency."""
        return self.agency


def found_agency(
    unit: Unit, agency: Agency, actor: Actor, command: FoundAgency, rules: Rules, now: datetime
) -> dict[str, str]:
    """``agency``: its id. One that an import made takes its place now. Raises ``Refused`` where it has one already."""
    _refuse_name(agency.name.strip())
    thing = Thing("agency", agency.id)
    if any(isinstance(entry.event, AgencyPlaced) for entry in unit.history(agency, thing)):
        raise Refused(message("act.agency-there", name=agency.name))
    on = today(now)
    placed = AgencyPlaced(on, command.above, command.region, command.line, command.competent)
    unit.append(agency, [New(thing, event, now) for event in (AgencyNamed(on, agency.name), placed)])
    return {"agency": agency.id}


def rename_agency(
    unit: Unit, agency: Agency, actor: Actor, command: RenameAgency, rules: Rules, now: datetime
) -> dict[str, str]:
    """``name``: what it is called now. What it was called stays in the ledger, also where an import made it.

    Raises ``Refused`` for no name, its own or that of another agency, without a reason, and for a day on which it was
    not yet called as it is, or that is yet to come.
    """
    name, reason, thing = command.name.strip(), command.reason.strip(), Thing("agency", agency.id)
    _refuse_name(name)
    if not reason:
        raise Refused(message("act.missing", field="reason"))
    if name == agency.name:
        raise Refused(message("act.called-so", name=name))
    if command.on > today(now):
        raise Refused(message("act.not-yet", on=command.on, today=today(now)))
    named = namings(unit.history(agency, thing))
    first = None if named else next(unit.entries(agency), None)
    since = named[-1].event.on if named else first.recorded_on if first else command.on
    if command.on < since:
        raise Refused(message("act.called-later", name=agency.name, since=since, on=command.on))
    events = [*([] if named else [AgencyNamed(since, agency.name)]), AgencyNamed(command.on, name, reason)]
    unit.append(agency, [New(thing, event, now) for event in events])
    return {"name": name}


def _refuse_name(name: str) -> None:
    if not name:
        raise Refused(message("act.missing", field="agency"))
    if len(name) > LONGEST or not name.isprintable():
        raise Refused(message("act.no-name", limit=LONGEST))
