"""The county as a whole: three years of twelve agencies, day by day, up to today."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AgencyPlaced
from gongkai.services.ports import New
from gongkai.site.demo import items, reports, requests, twin
from gongkai.site.demo.people import BUREAUS, OFFICE, OVERSEER, PEOPLE, TWIN, Bureau

if TYPE_CHECKING:
    from gongkai.site.wiring import Web

DAYS = 3 * 365
POSTED = timedelta(days=7)
LATE = BUREAUS[-1]
"""Its last report is still under review: the board of the level above has somebody to look for."""

SLIP = BUREAUS[1]
"""The prose of its last report contradicts the table."""


def make(web: "Web", cases: int, step: Callable[[str], None]) -> int:
    """Live the county with so many requests at least; how many there are then. ``step`` is told whose each is."""
    from gongkai.store.bulk import filling

    today = web.today
    chance = random.Random(7)
    with filling():
        county = _found(web, date(twin.YEAR, 1, 4))
        twin.live(county[TWIN])
        count = 1
        for on, order, name in sorted(_plan(today, -(-cases // len(BUREAUS)), chance)):
            if order == ITEM:
                bureau, number = name
                items.live(county[bureau], number, min(county[bureau].working(on), today))
            elif order == REPORT:
                bureau, year = name
                last = year == today.year - 1
                on = min(county[bureau].working(on), today)
                reports.live(
                    county[bureau], year, on, submitted=not (last and bureau == LATE), slip=last and bureau == SLIP
                )
            else:
                step(name[0])
                requests.live(county[name[0]], on, today, chance)
                count += 1
        _posted(county, web.now())
    return count


def _posted(county: dict[str, Bureau], now: datetime) -> None:
    """The clerks post once a week: what is younger still lies in the outbox."""
    from django.db.models import F

    from gongkai.store import models

    for bureau in county.values():
        ready = models.Outgoing.objects.filter(agency_id=bureau.agency.id, sent=None, made__lt=now - POSTED)
        ready.update(sent=F("made"), posted_by_id=bureau.actor(0).person)


REPORT, ITEM, REQUEST = range(3)


def _plan(today: date, each: int, chance: random.Random) -> Iterator[tuple[date, int, tuple[str, int]]]:
    """What happens on which day: requests at any time, items in the last months, reports in January."""
    start = today - timedelta(days=DAYS)
    for bureau in BUREAUS:
        for number in range(each):
            yield start + timedelta(days=chance.randrange(DAYS)), REQUEST, (bureau, number)
        for year in range(start.year, today.year):
            if (on := date(year + 1, 1, 20)) <= today:
                yield on, REPORT, (bureau, year)
    for day, bureau, number in items.schedule():
        yield today - timedelta(days=70 - day), ITEM, (bureau, number)


def _found(web: "Web", since: date) -> dict[str, Bureau]:
    """The agencies with their people, the bureaus below the government's office."""
    from gongkai.store import models

    at = datetime.combine(since, time(1), UTC)
    county: dict[str, Bureau] = {}
    with web.ledgers.unit() as unit:
        for name in (OFFICE, *BUREAUS):
            agency = unit.agency(name)
            above = None if name == OFFICE else county[OFFICE].agency.id
            placed = AgencyPlaced(since, above, competent=name == OFFICE)
            unit.append(agency, [New(Thing("agency", agency.id), placed, at)])
            county[name] = Bureau(web, agency)
    for name, bureau in county.items():
        for number, (person, roles) in enumerate(PEOPLE if name != OFFICE else (*PEOPLE, OVERSEER)):
            id = f"{bureau.agency.id}{number}"
            models.Person.objects.create(id=id, agency_id=bureau.agency.id, name=person, login=id)
            models.Holding.objects.bulk_create(models.Holding(person_id=id, role=role) for role in roles)
    return county
