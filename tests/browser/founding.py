"""Founds agencies with their people in an empty installation whose roles are entered by one click.

Run in its environment: ``python -m tests.browser.founding <ROSTER``, a JSON object ``{agency: {above, people}}``, in
which ``people`` maps a name to its roles; an agency without ``above`` is the competent office.
"""

import json
import sys
from datetime import date

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AgencyPlaced
from gongkai.services.ports import New
from gongkai.site.wiring import DEMO, open_installation, web


def found(roster, since):
    from django.conf import settings

    from gongkai.store import models

    (settings.DATA / DEMO).touch()
    ledgers, ids = web().ledgers, {}
    for name, told in roster.items():
        with ledgers.unit() as unit:
            agency = unit.agency(name)
            placed = AgencyPlaced(since, ids.get(told["above"]), competent=told["above"] is None)
            unit.append(agency, [New(Thing("agency", agency.id), placed, web().now())])
        ids[name] = agency.id
        for number, (person, roles) in enumerate(told["people"].items()):
            id = f"{agency.id}{number}"
            models.Person.objects.create(id=id, agency_id=agency.id, name=person, login=id)
            models.Holding.objects.bulk_create(models.Holding(person_id=id, role=role) for role in roles)


if __name__ == "__main__":
    open_installation().ledgers.agencies()  # makes the tables
    found(json.load(sys.stdin), date(2021, 1, 4))
