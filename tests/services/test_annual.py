"""The report of a year from the ledger: drafted, checked, reviewed with its figures, published, submitted."""

import json
from datetime import UTC, date, datetime

import pytest

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.services.perform import perform
from gongkai.services.ports import Actor, New, Rules
from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep, figures, report_of
from gongkai.services.report.log import LogWork
from gongkai.services.report.prose import overview, suggested
from gongkai.services.report.repairing import check
from gongkai.services.request.receive import RegisterRequest
from gongkai.store import models

RULES = Rules(calendar(), law(), outcomes(), chains())
NAME, YEAR = "云岭县民政局", "2025"
NOW = datetime(2026, 1, 12, 1, tzinfo=UTC)
PROBLEMS = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"


class Desk:
    """An agency with one request that came and was answered in the year."""

    def __init__(self, ledgers):
        self.ledgers = ledgers
        with ledgers.unit() as unit:
            agency = unit.agency(NAME)
            told = [
                events.Received(date(2025, 3, 3), "natural_person", "post_signed"),
                events.Replied(date(2025, 3, 20), "unable.not_held"),
            ]
            unit.append(agency, [New(Thing("request", "2025-0001"), event, NOW) for event in told])
        self.id = agency.id
        for person in ("clerk", "head", "secrecy", "leader"):
            models.Person.objects.create(id=person, agency_id=self.id, name=person, login=person)

    def do(self, person, act, command):
        roles = {"clerk": ["clerk"], "head": ["head", "section"]}.get(person, [person])
        return perform(self.ledgers, Actor(person, self.id, frozenset(roles)), act, command, rules=RULES, now=NOW)

    @property
    def agency(self):
        return self.ledgers.agency(NAME)

    @property
    def history(self):
        return self.ledgers.history(self.agency, Thing("report", YEAR))

    def step(self, act, person="clerk"):
        self.do(person, act, ReportStep(self.id, YEAR, len(self.history)))

    def prose(self):
        found = json.loads(figures(self.ledgers.entries(self.agency), 2025))
        return {**suggested(self.ledgers.entries(self.agency), 2025, found, NAME), "part.5": PROBLEMS}

    def draft(self, version=0, **changes):
        self.do("clerk", "draft_report", DraftReport(self.id, YEAR, version, {**self.prose(), **changes}))

    def judge(self, person, grade, approved=True):
        content = [entry.event.content for entry in self.history if isinstance(entry.event, events.Submitted)][-1]
        command = JudgeReport(self.id, YEAR, len(self.history), content, approved, "" if approved else "请改")
        self.do(person, f"review_report_{grade}", command)

    def approve(self):
        for person, grade in (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader")):
            self.judge(person, grade)


@pytest.fixture
def desk(ledgers):
    return Desk(ledgers)


def test_a_year_from_the_record_to_the_office_above(desk):
    desk.do("clerk", "log_work", LogWork(desk.id, "meeting", date(2025, 5, 6), "部署年度工作"))
    desk.do("clerk", "log_work", LogWork(desk.id, "training", date(2025, 9, 6), "业务培训"))
    prose = desk.prose()
    assert "召开工作会议1次，组织培训1次" in prose["part.1"] and "新收政府信息公开申请1件" in prose["part.1"]
    desk.draft()
    with pytest.raises(Refused, match="not-covered"):
        desk.step("publish_report", "head")
    desk.step("submit_report")
    desk.approve()
    with pytest.raises(Refused, match="not-published"):
        desk.step("submit_above", "head")
    desk.step("publish_report", "head")
    desk.step("submit_above", "head")
    kinds = [type(entry.event).__name__ for entry in desk.history]
    assert kinds[-3:] == ["ReportFrozen", "ReportPublished", "ReportSubmitted"]
    frozen = desk.history[-3].event
    assert (frozen.form, frozen.year, len(frozen.rulebook)) == ("annual-2021", 2025, 64)
    acts = (
        ("publish_report", "published-already"),
        ("submit_report", "published-already"),
        ("submit_above", "submitted-already"),
    )
    for act, fault in acts:
        with pytest.raises(Refused, match=fault):
            desk.step(act, "head")
    with pytest.raises(Refused, match="published-already"):
        desk.approve()


def test_nobody_publishes_their_own_report(desk):
    """Whoever drafted is a head too; another head publishes."""
    content = DraftReport(desk.id, YEAR, 0, desk.prose())
    author = Actor("clerk", desk.id, frozenset(["clerk", "head"]))
    perform(desk.ledgers, author, "draft_report", content, rules=RULES, now=NOW)
    desk.step("submit_report")
    desk.approve()
    with pytest.raises(Refused, match="own-release"):
        step = ReportStep(desk.id, YEAR, len(desk.history))
        perform(desk.ledgers, author, "publish_report", step, rules=RULES, now=NOW)
    desk.step("publish_report", "head")


@pytest.mark.parametrize("act", ["submit_report", "publish_report"])
def test_a_year_that_runs_is_not_reported_yet(desk, act):
    running = str(NOW.year)
    desk.do("clerk", "draft_report", DraftReport(desk.id, running, 0, {**desk.prose(), "part.5": PROBLEMS}))
    with pytest.raises(Refused, match="year-running"):
        desk.do("head" if act == "publish_report" else "clerk", act, ReportStep(desk.id, running, 0))


def test_the_published_figures_hold_together(desk):
    from gongkai.core.checks.finding import Case
    from gongkai.core.checks.run import run
    from gongkai.rulebook.load.words import words

    desk.draft()
    desk.step("submit_report")
    content = desk.ledgers.frozen(desk.agency, desk.history[-1].event.content)
    report = report_of(content, NAME, 2025)
    for cell in ("requests/new/total", "requests/unable.not_held/natural_person", "requests/total/total"):
        assert report.value(cell) == 1
    assert [finding.rule.id for finding in run(Case(report, words=words()))] == []


def test_a_late_entry_asks_for_another_review(desk):
    desk.draft()
    desk.step("submit_report")
    desk.approve()
    late = RegisterRequest(desk.id, "post_signed", date(2025, 12, 30), "business", "虚构商贸有限公司", "采购合同")
    desk.do("clerk", "register_request", late)
    with pytest.raises(Refused, match="not-covered"):
        desk.step("publish_report", "head")
    desk.step("submit_report")
    desk.approve()
    desk.step("publish_report", "head")


def test_what_the_checks_call_an_error_is_not_submitted(desk, monkeypatch):
    from gongkai.services.report import annual

    desk.draft()
    true = annual.figures

    def wrong(entries, year):
        return json.dumps({**json.loads(true(entries, year)), "requests/total/total": 0})

    monkeypatch.setattr(annual, "figures", wrong)
    with pytest.raises(Refused, match="has-errors"):
        desk.step("submit_report")


@pytest.mark.parametrize("year", ["2007", "2027", "x", "20255"])
def test_a_year_that_cannot_be(desk, year):
    with pytest.raises(Refused, match="no-year"):
        desk.do("clerk", "draft_report", DraftReport(desk.id, year, 0, {}))


def test_each_suggestion_says_what_it_was_made_from(desk):
    for day, kind in ((6, "training"), (7, "training"), (8, "incident")):
        desk.do("clerk", "log_work", LogWork(desk.id, kind, date(2025, 9, day), "x"))
    entries = list(desk.ledgers.entries(desk.agency))
    found = {each.head: each for each in overview(entries, 2025, json.loads(figures(entries, 2025)))}
    assert found["disclosure"].text == "（一）主动公开。本年主动公开政府信息0条。"
    assert found["requests"].text == (
        "（二）依申请公开。本年新收政府信息公开申请1件，上年结转0件，办结1件，结转下年度0件。"
    )
    assert "requests/carried_out/total" in found["requests"].cells
    assert found["platform"].text == "（四）平台建设。本年没有调整政府信息公开平台。" and not found["platform"].records
    assert found["supervision"].text == "（五）监督保障。本年组织培训2次。"
    assert [entry.thing.number for entry in found["supervision"].records] == ["2025-001", "2025-002"]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [((), "没有收取"), ((3000, 4050), "收取政府信息公开信息处理费2件，共70.50元"), ((None,), "处理费1件，没有")],
)
def test_the_fee_is_stated_as_it_was_charged(desk, amounts, said):
    with desk.ledgers.unit() as unit:
        for number, fen in enumerate(amounts):
            told = [
                events.Received(date(2025, 6, 1), "natural_person", "post_signed"),
                events.FeeNoticeReceived(date(2025, 6, 10), fen),
                events.FeePaid(date(2025, 6, 12)),
            ]
            unit.append(unit.own(desk.id), [New(Thing("request", f"收费{number}"), event, NOW) for event in told])
        # An administrative fee is another thing: it stands in part two.
        unit.append(unit.own(desk.id), [New(Thing("documents", "1"), events.FeesCollected(date(2025, 7, 1), 500), NOW)])
    assert said in desk.prose()["part.6"]
    desk.draft()
    desk.step("submit_report")
    content = desk.ledgers.frozen(desk.agency, desk.history[-1].event.content)
    assert [each.rule.id for each in check(report_of(content, NAME, 2025))] == []


def test_work_is_logged_with_its_words_outside(desk):
    with pytest.raises(Refused, match="missing"):
        desk.do("clerk", "log_work", LogWork(desk.id, "meeting", date(2025, 5, 6), " "))
    with pytest.raises(Refused, match="not-yet"):
        desk.do("clerk", "log_work", LogWork(desk.id, "meeting", date(2026, 5, 6), "x"))
    desk.do("clerk", "log_work", LogWork(desk.id, "incident", date(2025, 5, 6), "误发一次"))
    assert "误发" not in "".join(models.Entry.objects.values_list("text", flat=True))
    assert desk.ledgers.outside(desk.agency, Thing("worklog", "2025-001")).subject == "误发一次"
