"""An agency is renamed: its ledger goes on, and what was issued under its former name keeps it."""

from datetime import date, timedelta

import pytest
from tests.services import test_annual, test_ledger_acts
from tests.services.publishing import NAME, RULES, START

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import AgencyPlaced
from gongkai.core.ledger.naming import namings
from gongkai.core.ledger.refusal import Refused
from gongkai.services.agency.founding import FoundAgency, RenameAgency
from gongkai.services.perform import perform
from gongkai.services.ports import Actor, Agency, New, Stale, machine
from gongkai.store import below, reports

NEW, REASON = "云岭县民生局", "云编发〔2026〕3号"
TODAY = START.date()


def rename(ledgers, id, name=NEW, on=TODAY, actor=None, reason=REASON, version=None, key=None, now=START):
    if version is None:
        version = len(ledgers.history(Agency(id, ""), Thing("agency", id)))
    command = RenameAgency(id, version, name, on, reason, key)
    return perform(ledgers, actor or machine(), "rename_agency", command, rules=RULES, now=now)


def found(ledgers, name, now=START):
    return perform(ledgers, machine(), "found_agency", FoundAgency(name), rules=RULES, now=now)["agency"]


def names(ledgers, name):
    return [
        (each.event.called, each.event.on, each.event.reason) for each in namings(ledgers.entries(ledgers.agency(name)))
    ]


def test_an_agency_is_called_so_from_a_day_on(ledgers):
    id, later = found(ledgers, NAME), START + timedelta(days=9)
    assert rename(ledgers, id, f" {NEW} ", TODAY + timedelta(days=5), now=later) == {"name": NEW}
    assert (ledgers.agency(NAME), ledgers.agency(NEW).id) == (None, id)
    assert names(ledgers, NEW) == [(NAME, TODAY, None), (NEW, date(2026, 3, 7), REASON)]
    rename(ledgers, id, NAME, later.date(), now=later)  # and back again
    assert [each[0] for each in names(ledgers, NAME)] == [NAME, NEW, NAME]


def test_what_an_agency_was_called_that_an_import_made_is_not_lost(ledgers):
    known = test_ledger_acts.NOW - timedelta(days=40)
    test_ledger_acts.taken(ledgers, [test_ledger_acts.line(1, recorded="2026-03-01T20:00:00+00:00")], known)
    id = ledgers.agency(NAME).id
    with pytest.raises(Refused, match="called-later"):
        rename(ledgers, id, on=date(2026, 3, 1))
    rename(ledgers, id)
    assert names(ledgers, NEW) == [(NAME, TODAY, None), (NEW, TODAY, REASON)]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"name": " "}, "missing"),
        ({"reason": " "}, "missing"),
        ({"name": "局" * 201}, "no-name"),
        ({"name": "云岭县\n民生局"}, "no-name"),
        ({"name": f"{NAME} "}, "called-so"),
        ({"name": "云岭县水务局"}, "name-taken"),
        ({"on": TODAY + timedelta(days=1)}, "not-yet"),
        ({"on": TODAY - timedelta(days=1)}, "called-later"),
        ({"actor": Actor("x", "elsewhere", frozenset({"head"}))}, "no-role"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(ledgers, said, fault):
    id = found(ledgers, NAME)
    found(ledgers, "云岭县水务局")
    before = ledgers.agencies()
    with pytest.raises(Refused, match=fault):
        rename(ledgers, id, **said)
    assert ledgers.agencies() == before and len(names(ledgers, NAME)) == 1


def test_whoever_works_there_does_not_rename_it(ledgers):
    id = found(ledgers, NAME)
    for roles in ({"head"}, {"operator"}, {"overseer"}):
        with pytest.raises(Refused):
            rename(ledgers, id, actor=Actor("x", id, frozenset(roles)))
    assert ledgers.agency(NAME).id == id


def test_once_with_one_key_and_on_what_was_seen(ledgers):
    id = found(ledgers, NAME)
    for _ in range(2):
        assert rename(ledgers, id, version=2, key="k") == {"name": NEW}
    assert len(names(ledgers, NEW)) == 2
    with pytest.raises(Stale):
        rename(ledgers, id, "云岭县社会局", version=2)
    assert ledgers.agency(NEW).id == id


def test_a_register_that_names_it_as_before_is_its_register(ledgers):
    lines = [test_ledger_acts.line(1, plain=[test_ledger_acts.GRANTED])]
    test_ledger_acts.taken(ledgers, lines)
    id, now = ledgers.agency(NAME).id, test_ledger_acts.NOW
    rename(ledgers, id, on=now.date(), now=now)
    again = test_ledger_acts.taken(ledgers, [*lines, test_ledger_acts.line(2, number="甲2")])
    assert (again.passed_over, again.problems, again.made, again.agencies) == (1, (), (), {NEW: 1})
    assert [each.id for each in ledgers.agencies()] == [id]


def test_an_item_names_who_published_it_and_its_correction_who_corrected(office):
    number = office.published()
    office.day = 10
    rename(office.ledgers, office.id, on=TODAY + timedelta(days=4), now=START + timedelta(days=10))
    assert office.seen(number).publisher == NAME and office.seen(number).agency.name == NEW
    office.draft(number, 1, text="更正的内容")
    office.reviewed(number)
    office.correct(number)
    assert [office.seen(number, version).publisher for version in (None, 1, 2)] == [NEW, NAME, NEW]
    assert office.seen(number, 3) is office.seen(number, 0) is None


def test_a_published_report_keeps_its_name_and_a_new_one_bears_the_new(ledgers):
    desk, now = test_annual.Desk(ledgers), test_annual.NOW
    desk.draft()
    desk.step("submit_report")
    desk.approve()
    desk.step("publish_report", "head")
    before = reports.public(ledgers, desk.agency, 2025)
    rename(ledgers, desk.id, on=now.date(), now=now)
    agency, head = ledgers.agency(NEW), Actor("head", desk.id, frozenset({"head"}))
    assert reports.public(ledgers, agency, 2025) == before and before.agency == NAME
    assert [each.called for each in reports.published(agency)] == [NAME]
    annual = {year: reports.annual(head, ledgers, agency, year, RULES) for year in (2025, 2026)}
    assert [annual[year].agency.name for year in (2025, 2026)] == [NAME, NEW]
    assert annual[2026].last == before
    office = found(ledgers, "云岭县人民政府办公室", now)
    with ledgers.unit() as unit:
        unit.append(agency, [New(Thing("agency", desk.id), AgencyPlaced(now.date(), office), now)])
    overseer = Actor("overseer", office, frozenset({"overseer"}))
    seen = below.published(overseer, ledgers, agency, 2025)
    assert (seen.agency.name, seen.report.agency) == (NEW, NAME)
    (child,) = below.board(overseer, ledgers, 2025, RULES, now.date()).children
    assert (child.agency.name, child.stand.called, child.findings) == (NEW, NAME, seen.findings)
