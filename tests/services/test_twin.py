"""The twin: an invented bureau lives the year of the real sample; its report is the sample's but for two totals.

The sample (``changyi-2021.txt``) got one request, answered it "not held" and printed totals of 0; a ledger gives 1.
"""

import json
from datetime import UTC, date, datetime

import pytest

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.documents.read.report import read_report
from gongkai.documents.write import write
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.rulebook.load.words import words
from gongkai.services.oversight.verify import verify
from gongkai.services.perform import perform
from gongkai.services.ports import Actor, Rules
from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import PublishItem
from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep, figures, report_of
from gongkai.services.report.log import LogWork
from gongkai.services.report.prose import suggested
from gongkai.services.request.receive import RegisterRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply
from gongkai.store import models

RULES = Rules(calendar(), law(), outcomes(), chains())
NAME, YEAR, ITEMS = "云岭区政务服务局", "2021", 14
PART_FIVE = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"
ROLES = {
    "clerk": ("clerk",),
    "head": ("head", "section", "publisher"),
    "secrecy": ("secrecy",),
    "leader": ("leader",),
}
REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


class Twin:
    """The bureau, and the day it is."""

    def __init__(self, ledgers):
        self.ledgers = ledgers
        with ledgers.unit() as unit:
            self.agency = unit.agency(NAME)
        self.id = self.agency.id
        self.on(2021, 1, 4)
        for person in ROLES:
            models.Person.objects.create(id=person, agency_id=self.id, name=person, login=person)

    def on(self, *day):
        self.now = datetime(*day, 2, tzinfo=UTC)

    def do(self, person, act, command):
        actor = Actor(person, self.id, frozenset(ROLES[person]))
        return perform(self.ledgers, actor, act, command, rules=RULES, now=self.now)

    def history(self, kind, number):
        return self.ledgers.history(self.agency, Thing(kind, number))

    def version(self, kind, number):
        return len(self.history(kind, number))

    def judged(self, kind, number, command, act):
        content = [e.event.content for e in self.history(kind, number) if isinstance(e.event, events.Submitted)][-1]
        for person, grade in REVIEWERS:
            self.do(person, act + grade, command(self.id, number, self.version(kind, number), content, True, ""))

    def item(self, title):
        number = self.do("clerk", "draft_item", DraftItem(self.id, "", 0, "other", title, f"{title}的正文。"))["number"]
        self.do("clerk", "submit_item", SubmitItem(self.id, number, self.version("item", number)))
        self.judged("item", number, JudgeItem, "review_item_")
        self.do("head", "publish_item", PublishItem(self.id, number, self.version("item", number)))

    def answer_a_letter(self):
        command = RegisterRequest(self.id, "post_signed", date(2021, 6, 1), "natural_person", "申请人甲", "会议纪要")
        self.on(2021, 6, 2)
        number = self.do("clerk", "register_request", command)["number"]
        self.on(2021, 6, 10)
        self.do("clerk", "draft_reply", DraftReply(self.id, number, 0, "R4.1", (), {"search": "已查档案室"}))
        self.do("clerk", "submit_reply", SubmitReply(self.id, number, self.version("request", number)))
        self.judged("request", number, JudgeReply, "review_")
        self.do("clerk", "release_reply", ReleaseReply(self.id, number, self.version("request", number)))

    def step(self, person, act):
        self.do(person, act, ReportStep(self.id, YEAR, self.version("report", YEAR)))

    def report(self):
        entries = list(self.ledgers.entries(self.agency))
        prose = suggested(entries, 2021, json.loads(figures(entries, 2021)), NAME)
        self.do("clerk", "draft_report", DraftReport(self.id, YEAR, 0, {**prose, "part.5": PART_FIVE}))
        self.step("clerk", "submit_report")
        self.judged("report", YEAR, JudgeReport, "review_report_")
        self.step("head", "publish_report")
        self.step("head", "submit_above")
        content = next(e.event.content for e in self.history("report", YEAR) if isinstance(e.event, events.Submitted))
        return report_of(self.ledgers.frozen(self.agency, content), NAME, 2021)


@pytest.fixture
def lived(ledgers):
    """The twin at the end of its year, and its published report."""
    twin = Twin(ledgers)
    for month in range(1, 13):
        twin.on(2021, month, 20)
        twin.item(f"{month}月工作动态")
        if month % 6 == 0:
            twin.item(f"上{month}个月办件统计")
        if month == 5:
            twin.answer_a_letter()
        if month in (3, 9):
            twin.do("clerk", "log_work", LogWork(twin.id, "meeting", date(2021, month, 15), "研究公开工作"))
    twin.on(2022, 1, 20)
    return twin, twin.report()


def test_its_report_is_the_samples_but_for_two_totals(lived, shared, tmp_path):
    _, report = lived
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
    twin, report = lived
    assert models.Item.objects.filter(agency_id=twin.id, withdrawn_on=None).count() == ITEMS
    assert f"主动公开政府信息{ITEMS}条" in report.parts[0].text and "召开工作会议2次" in report.parts[0].text
    assert verify(twin.ledgers) == []


def test_nothing_left_without_a_complete_review(lived):
    twin, _ = lived
    told = {}
    for entry in twin.ledgers.entries(twin.agency):
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
    assert left == ITEMS + 2
