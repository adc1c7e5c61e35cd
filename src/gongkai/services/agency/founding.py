"""An agency takes its place (设立机关)."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AgencyNamed, AgencyPlaced
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.ports import Actor, Agency, New, Rules, Unit


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


def found_agency(
    unit: Unit, agency: Agency, actor: Actor, command: FoundAgency, rules: Rules, now: datetime
) -> dict[str, str]:
    """``agency``: its id. One that an import made takes its place now. Raises ``Refused`` where it has one already."""
    if not agency.name.strip():
        raise Refused(message("act.missing", field="agency"))
    thing = Thing("agency", agency.id)
    if any(isinstance(entry.event, AgencyPlaced) for entry in unit.history(agency, thing)):
        raise Refused(message("act.agency-there", name=agency.name))
    on = today(now)
    placed = AgencyPlaced(on, command.above, command.region, command.line, command.competent)
    unit.append(agency, [New(thing, event, now) for event in (AgencyNamed(on, agency.name), placed)])
    return {"agency": agency.id}
