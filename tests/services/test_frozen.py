"""A published report is made again from what was frozen; what late entries move is told with the entries."""

from dataclasses import replace
from datetime import date

import pytest
from tests.services.test_annual import NOW, Desk

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.services.ports import New
from gongkai.services.report import frozen
from gongkai.services.report.frozen import held


class Published(Desk):
    """An agency whose report is published."""

    def __init__(self, ledgers):
        super().__init__(ledgers)
        self.add(Thing("documents", "1"), events.DocumentMade(date(2025, 4, 1), "normative_documents"))
        self.draft()
        self.step("submit_report")
        self.approve()
        self.step("publish_report", "head")

    def add(self, thing, *told):
        with self.ledgers.unit() as unit:
            unit.append(unit.own(self.id), [New(thing, event, NOW) for event in told])

    @property
    def entries(self):
        return list(self.ledgers.entries(self.agency))

    def held(self, content=None):
        told = [entry.event for entry in self.history]
        event = next(each for each in told if isinstance(each, events.ReportFrozen))
        submitted = [each for each in told if isinstance(each, events.Submitted)][-1]
        return held(self.entries, event, content or self.ledgers.frozen(self.agency, submitted.content))

    def explained(self):
        """The moved cells: what was published, what is now, and the sequences of the entries that moved them."""
        found = self.held()
        assert found.again
        return {each.cell: (each.published, each.now, [e.sequence for e in each.because]) for each in found.differences}


@pytest.fixture
def desk(ledgers):
    return Published(ledgers)


def test_nothing_moved_and_what_does_not_count_moves_nothing(desk):
    assert desk.explained() == {} and desk.held().same_rules
    desk.add(Thing("request", "新1"), events.Received(date(2026, 1, 5), "business", "fax"))
    desk.add(Thing("worklog", "2025-900"), events.WorkLogged(date(2025, 6, 1), "training"))
    assert desk.explained() == {}


def test_a_late_request_is_named_by_every_cell_that_it_moved(desk):
    desk.add(Thing("request", "漏1"), events.Received(date(2025, 12, 30), "business", "fax"))
    last = desk.entries[-1].sequence
    cells = [f"requests/{row}/{column}" for row in ("new", "carried_out") for column in ("business", "total")]
    assert {cell: because for cell, (_, _, because) in desk.explained().items()} == {cell: [last] for cell in cells}
    assert desk.explained()["requests/new/total"][:2] == (1, 2)


def test_an_amendment_is_named(desk):
    first = next(entry for entry in desk.entries if entry.thing == Thing("request", "2025-0001"))
    instead = replace(first.event, applicant="business")
    desk.add(first.thing, events.Amended(NOW.date(), first.sequence, instead))
    found = desk.explained()
    assert found["requests/new/business"] == (0, 1, [desk.entries[-1].sequence])
    assert found["requests/new/natural_person"] == (1, 0, [desk.entries[-1].sequence])
    assert "requests/new/total" not in found


def test_a_late_document_and_one_struck_out_are_named_in_part_two(desk):
    desk.add(Thing("documents", "2"), events.DocumentMade(date(2025, 5, 1), "rules"))
    late = desk.entries[-1].sequence
    made = next(entry for entry in desk.entries if entry.thing == Thing("documents", "1"))
    desk.add(made.thing, events.Amended(NOW.date(), made.sequence))
    struck = desk.entries[-1].sequence
    assert desk.explained() == {
        "art20/rules/made": (0, 1, [late]),
        "art20/rules/in_force": (0, 1, [late]),
        "art20/normative_documents/made": (1, 0, [struck]),
        "art20/normative_documents/in_force": (1, 0, [struck]),
    }


def test_other_rules_are_told_and_figures_that_do_not_result_again(desk, monkeypatch):
    told = [entry.event for entry in desk.history]
    content = desk.ledgers.frozen(desk.agency, next(e for e in told if isinstance(e, events.Submitted)).content)
    other = {**content, "figures": content["figures"].replace('"requests/new/total": 1', '"requests/new/total": 7')}
    found = desk.held(other)
    assert not found.again and found.same_rules
    assert [(each.cell, each.because) for each in found.differences] == [("requests/new/total", ())]
    monkeypatch.setattr(frozen, "fingerprint", lambda: "0" * 64)
    assert not desk.held().same_rules


def test_the_form_is_the_frozen_one_whatever_form_the_year_has_now(desk, monkeypatch):
    from gongkai.services.report import fill as filling
    from gongkai.store import reports

    former = next(form for form in frozen.forms() if form.id == "annual-2019")
    for module in (filling, reports):
        monkeypatch.setattr(module, "form_of", lambda year, forms: former)
    assert reports.public(desk.ledgers, desk.agency, 2025).form.id == "annual-2021"
