"""The pages on a real database, without a server: two agencies below one office, a request in the first."""

import time
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from tests.databases import _use  # noqa: F401  (Django stands before the pages are imported)

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.desk.staff import PERSON, SEEN
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, New, Rules
from gongkai.services.publish.attach import AttachFiles
from gongkai.services.publish.attachments import attachment
from gongkai.services.publish.draft import DraftItem
from gongkai.services.request.receive import FileRequest
from gongkai.services.request.reply import DraftReply
from gongkai.site import wiring
from gongkai.store import models, queries

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OFFICE, FIRST, OTHER = "云岭县人民政府办公室", "云岭县民政局", "云岭县水务局"
PEOPLE = {
    "clerk": (FIRST, ["clerk"]),
    "head": (FIRST, ["head", "section"]),
    "secrecy": (FIRST, ["secrecy"]),
    "leader": (FIRST, ["leader"]),
    "publisher": (FIRST, ["publisher"]),
    "overseer": (OFFICE, ["overseer"]),
    "stranger": (OTHER, ["clerk"]),
    "operator": (FIRST, ["operator"]),
}


class County:
    """The agencies' ids by name, and a browser for everybody."""

    def __init__(self, ledgers, folder):
        self.folder = folder
        self.ledgers, self.rules = ledgers, Rules(calendar(), law(), outcomes(), chains())
        self.ids = {}
        with ledgers.unit() as unit:
            for name in (OFFICE, FIRST, OTHER):
                agency = unit.agency(name)
                self.ids[name] = agency.id
                placed = events.AgencyPlaced(NOW.date(), None if name == OFFICE else self.ids[OFFICE])
                unit.append(agency, [New(Thing("agency", agency.id), placed, NOW)])
        for person, (name, roles) in PEOPLE.items():
            models.Person.objects.create(id=person, agency_id=self.ids[name], name=person, login=person)
            models.Holding.objects.bulk_create(models.Holding(person_id=person, role=role) for role in roles)

    def do(self, person, act, command):
        actor = CITIZEN if person is None else queries.person(person).actor
        return perform(self.ledgers, actor, act, command, rules=self.rules, now=NOW)

    def file(self, agency=FIRST, subject="低保名单"):
        command = FileRequest(self.ids[agency], "natural_person", "申请人甲", subject, {"contact": "yi@example.org"})
        return self.do(None, "file_request", command)

    def draft(self, number):
        command = DraftReply(self.ids[FIRST], number, 0, "R4.1", (), {"search": "已查档案室"})
        self.do("clerk", "draft_reply", command)

    def item(self, title="养老服务规划"):
        return self.do("clerk", "draft_item", DraftItem(self.ids[FIRST], "", 0, "plans", title, "正文"))

    def attach(self, item, name, data):
        told = attachment(name, data)
        self.ledgers.files.keep(data)
        self.do("clerk", "attach_files", AttachFiles(self.ids[FIRST], item, 1, (told,)))
        return told.hash

    def report_error(self):
        """A report of an error, as if the item of another test were public."""
        with self.ledgers.unit() as unit:
            agency = unit.own(self.ids[FIRST])
            unit.take_error(agency, Thing("item", "D2026-00001"), {"text": "电话有误", "contact": ""}, NOW)
        return models.ErrorReport.objects.values_list("id", flat=True).last()

    def client(self, person):
        client = Client(headers={"host": "127.0.0.1"})
        return present(client, person) if person in PEOPLE else client


def present(client, person):
    """The browser of somebody who has signed in."""
    session = client.session
    session.update({PERSON: person, SEEN: int(time.time())})
    session.save()
    return client


@pytest.fixture
def county(ledgers, monkeypatch, tmp_path):
    """The county as the pages' installation, a demonstration."""
    return installed(ledgers, monkeypatch, tmp_path, demo=True)


@pytest.fixture
def real_county(ledgers, monkeypatch, tmp_path):
    """The county as an installation that is no demonstration."""
    return installed(ledgers, monkeypatch, tmp_path, demo=False)


def installed(ledgers, monkeypatch, folder, demo):
    made = County(ledgers, folder)
    made.web = web = wiring.Web(ledgers, made.rules, lambda: NOW, demo)
    monkeypatch.setattr(wiring, "web", lambda: web)
    return made


@pytest.fixture
def pages(county):
    """The county's items, act by act."""
    from tests.site.publishing import Pages

    setup_test_environment()  # answers tell what their templates were given
    yield Pages(county)
    teardown_test_environment()
