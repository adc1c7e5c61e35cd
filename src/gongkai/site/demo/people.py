"""Who there is in the county, and how they act on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from gongkai.core.ledger.entry import Entry, Kind, Thing
from gongkai.core.ledger.events import Submitted
from gongkai.core.review.permissions import Act, Role
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, Actor, Agency

if TYPE_CHECKING:
    from gongkai.site.wiring import Web

OFFICE, TWIN = "云岭县人民政府办公室", "云岭县政务服务局"
BUREAUS = (
    *("云岭县民政局", "云岭县水务局", "云岭县文化和旅游局", TWIN, "云岭县财政局", "云岭县教育局"),
    *("云岭县自然资源局", "云岭县住房和城乡建设局", "云岭县交通运输局", "云岭县农业农村局", "云岭县卫生健康局"),
)
PEOPLE: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("王某", ("clerk",)),
    ("李某", ("head", "section")),
    ("赵某", ("secrecy", "publisher")),
    ("钱某", ("leader",)),
)
"""The smallest bureau: four people, several roles in one hand."""
OVERSEER: tuple[str, tuple[Role, ...]] = ("孙某", ("overseer",))
"""In the office of the government, which is the competent one for all bureaus."""

GRADES = (("section", 1), ("secrecy", 2), ("leader", 3))
"""Who of the four people judges at which grade."""


@dataclass(frozen=True)
class Bureau:
    """An agency and its people, acting on days of their own."""

    web: "Web"
    agency: Agency

    def do(self, person: int | None, act: Act, command: object, on: date) -> Mapping[str, str]:
        """An act of one of the four people, or of a citizen, in the morning of a day, or now where that is earlier."""
        when = min(datetime.combine(on, time(2), UTC), self.web.now())
        actor = CITIZEN if person is None else self.actor(person)
        return perform(self.web.ledgers, actor, act, command, rules=self.web.rules, now=when) or {}

    def working(self, on: date) -> date:
        """This day, or the next on which people work."""
        days = self.web.rules.calendar.provisional()
        return on if days.is_working(on) else days.after(on, 1)

    def actor(self, person: int) -> Actor:
        """One of the four people."""
        return Actor(f"{self.agency.id}{person}", self.agency.id, frozenset(PEOPLE[person][1]))

    def history(self, kind: Kind, number: str) -> list[Entry]:
        """The entries about a thing."""
        return self.web.ledgers.history(self.agency, Thing(kind, number))

    def approve(self, kind: Kind, number: str, judge: Any, act: str, on: date) -> None:
        """Every grade approves what was submitted last."""
        history = self.history(kind, number)
        content = next(e.event.content for e in reversed(history) if isinstance(e.event, Submitted))
        for version, (grade, person) in enumerate(GRADES, len(history)):
            name: Any = f"{act}{grade}"
            self.do(person, name, judge(self.agency.id, number, version, content, True, ""), on)
