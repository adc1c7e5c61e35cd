"""The twin: an invented bureau lives the year of the real sample; its report is the sample's but for two totals.

The sample (``changyi-2021.txt``) got one request, answered it "not held" and printed totals of 0; a ledger gives 1.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.core.ledger import events
from gongkai.core.tables.report import Report
from gongkai.documents.read.report import read_report
from gongkai.documents.write import write
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.rulebook.load.words import words
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import Rules
from gongkai.services.report.annual import report_of
from gongkai.site.demo import twin
from gongkai.site.demo.people import PEOPLE, TWIN, Bureau
from gongkai.store import models

RULES = Rules(calendar(), law(), outcomes(), chains())


class Web(NamedTuple):
    """The installation as the demonstration has it."""

    ledgers: object
    rules: Rules

    def now(self):
        return datetime(2026, 11, 28, tzinfo=UTC)


class Twin(NamedTuple):
    """The bureau, and the content of its published report."""

    bureau: Bureau
    report: Report

    @property
    def id(self):
        return self.bureau.agency.id


@pytest.fixture
def lived(ledgers):
    """The twin at the end of its year."""
    with ledgers.unit() as unit:
        agency = unit.agency(TWIN)
    for number, _ in enumerate(PEOPLE):
        id = f"{agency.id}{number}"
        models.Person.objects.create(id=id, agency_id=agency.id, name=id, login=id)
    bureau = Bureau(Web(ledgers, RULES), agency)
    twin.live(bureau)
    history = bureau.history("report", str(twin.YEAR))
    content = next(entry.event.content for entry in history if isinstance(entry.event, events.Submitted))
    return Twin(bureau, report_of(ledgers.frozen(agency, content), agency.name, twin.YEAR))


def test_its_report_is_the_samples_but_for_two_totals(lived, shared, tmp_path):
    report = lived.report
    sample = read_report(shared / "samples" / "changyi-2021.txt")
    for suffix in ("docx", "pdf", "html", "xlsx"):
        path = tmp_path / f"twin.{suffix}"
        write(report, path)
        found = read_report(path)
        others = {
            cell: (found.value(cell), sample.value(cell))
            for cell in found.form.cell_ids
            if found.value(cell) != (sample.value(cell) or 0)
        }
        assert others == {f"requests/total/{column}": (1, 0) for column in ("natural_person", "total")}
    assert not [each for each in run(Case(report, words=words())) if each.rule.severity == "error"]


def test_its_year_stands_in_its_record(lived):
    assert models.Item.objects.filter(agency_id=lived.id, withdrawn_on=None).count() == twin.ITEMS
    assert (
        f"主动公开政府信息{twin.ITEMS}条" in lived.report.parts[0].text
        and "召开工作会议2次" in lived.report.parts[0].text
    )
    assert verify(lived.bureau.web.ledgers) == []


def test_nothing_left_without_a_complete_review(lived):
    ledgers, agency = lived.bureau.web.ledgers, lived.bureau.agency
    told = {}
    for entry in ledgers.entries(agency):
        told.setdefault(entry.thing, []).append(entry.event)
    left = 0
    for thing, history in told.items():
        kind = {"request": "reply", "item": "item", "report": "report"}.get(thing.kind)
        for place, event in enumerate(history):
            if isinstance(event, events.Replied | events.ItemPublished | events.ReportPublished):
                left += 1
                last = max(n for n, each in enumerate(history[:place]) if isinstance(each, events.Submitted))
                judged = [each for each in history[last + 1 : place] if isinstance(each, events.Reviewed)]
                assert [each.grade for each in judged] == list(RULES.chains[kind])
                assert {(each.content, each.verdict) for each in judged} == {(history[last].content, "approved")}
                assert not {history[last].author, *history[last].writers} & {each.by for each in judged}
    assert left == twin.ITEMS + 2
