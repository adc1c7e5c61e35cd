"""A prepared query gives what Django's own gives, for any values, on each database of one process."""

import json
from datetime import UTC, datetime

from gongkai.store import models
from gongkai.store.prepared import ABOUT, Prepared

TOLD = ("number", "version", "writers")
DRAFTS = Prepared(models.Draft.objects.filter(**ABOUT).order_by("id").values_list(*TOLD))
PEOPLE = Prepared(models.Person.objects.order_by("id").values_list("name", "ended"))


def test_the_rows_of_these_values_and_no_others(ledgers):
    with ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
    for number, writers in (("甲1", ["p1", "p2"]), ("甲%s'", [])):
        about = {"agency_id": agency.id, "kind": "request", "number": number}
        models.Draft.objects.create(**about, version=2, writers=writers, sealed=json.dumps(number).encode())
    for number in ("甲1", "甲%s'", "无"):
        found = DRAFTS(agency=agency.id, kind="request", number=number)
        assert found == list(models.Draft.objects.filter(number=number).values_list(*TOLD))
    assert DRAFTS(agency=agency.id, kind="item", number="甲1") == []


def test_instants_come_back_as_they_are(ledgers):
    with ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
    ended = datetime(2026, 3, 5, 1, 2, 3, tzinfo=UTC)
    models.Person.objects.create(id="p", agency_id=agency.id, name="王某", login="w", ended=ended)
    assert PEOPLE() == [("王某", ended)]
