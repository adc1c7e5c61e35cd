"""The number of queries does not depend on how much there is."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OFFICE

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.services.ports import New
from gongkai.services.publish.draft import SubmitItem
from gongkai.services.report.log import LogWork
from gongkai.store import models

LISTS = {
    "desk": "clerk",
    "reviews": "head",
    "items": "clerk",
    "log": "clerk",
    "reports": "clerk",
    "below": "overseer",
    "home": "visitor",
    "track": "visitor",
    "search": "visitor",
    "column": "visitor",
}
"""Every list, and who reads it."""
PAGES = {"agency": "visitor", "case": "clerk", "desk-item": "clerk", "report": "clerk", "report-cell": "clerk"}
"""Every page of one thing."""


def counted(county, who, address):
    client = county.client(who)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
        return len(found)


def more(county, count):
    """So many requests, items, entries of the log and agencies below more."""
    for number in range(count):
        county.file(subject=f"名单{number}")
        item = county.item(f"养老服务规划之{number}")["number"]
        county.do("clerk", "submit_item", SubmitItem(county.ids[FIRST], item, 0))
        county.do("clerk", "log_work", LogWork(county.ids[FIRST], "meeting", NOW.date(), f"会议{number}"))
        told = {"column": "plans", "title": f"养老{number}", "text": "正文", "published_on": NOW.date()}
        models.Item.objects.create(agency_id=county.ids[FIRST], number=item, **told)
        with county.ledgers.unit() as unit:
            agency = unit.agency(f"云岭县第{unit.serial(unit.own(county.ids[OFFICE]), 'test', 2026)}局")
            placed = events.AgencyPlaced(NOW.date(), county.ids[OFFICE])
            unit.append(agency, [New(Thing("agency", agency.id), placed, NOW)])


def test_ten_times_as_much_takes_as_many_queries(county):
    number, item = county.file()["number"], county.item()["number"]
    county.draft(number)
    args = {
        "column": [county.ids[FIRST], "plans"],
        "agency": [county.ids[FIRST]],
        "case": [number],
        "desk-item": [item],
        **{name: ["2026"] for name in ("report", "report-cell")},
    }
    query = {"search": "?q=养老", "report-cell": "?cell=requests/new/total"}
    addresses = {name: reverse(name, args=args.get(name)) + query.get(name, "") for name in (*LISTS, *PAGES)}
    readers = {**LISTS, **PAGES}
    more(county, 3)
    few = {name: counted(county, readers[name], address) for name, address in addresses.items()}
    more(county, 27)
    many = {name: counted(county, readers[name], address) for name, address in addresses.items()}
    assert many == few
    assert not {name: few[name] for name in LISTS if few[name] > 8}
    assert not {name: few[name] for name in PAGES if few[name] > 10}
