"""An agency that publishes, its people and their acts, for every test of proactive disclosure."""

from datetime import UTC, datetime, timedelta

from gongkai.core.ledger.entry import Thing
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, Actor, Rules
from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import CorrectItem, PublishItem, WithdrawItem
from gongkai.store import items, models

RULES = Rules(calendar(), law(), outcomes(), chains())
NAME = "云岭县民政局"
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
ROLES = {
    "clerk": ["clerk"],
    "head": ["head", "section"],
    "secrecy": ["secrecy"],
    "leader": ["leader"],
    "publisher": ["publisher"],
    "both": ["clerk", "publisher", "leader"],
}
REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))
TITLE, TEXT = "云岭县养老服务补贴发放办法", "第一条　为了规范养老服务补贴的发放，制定本办法。"


class Office:
    """An agency that publishes; ``day`` days after the start."""

    def __init__(self, ledgers):
        self.ledgers, self.day = ledgers, 0
        with ledgers.unit() as unit:
            self.agency = unit.agency(NAME)
        self.id = self.agency.id
        for person in ROLES:
            models.Person.objects.create(id=person, agency_id=self.id, name=person, login=person)

    def actor(self, person):
        return Actor(person, self.id, frozenset(ROLES[person]))

    def do(self, person, act, command):
        now = START + timedelta(days=self.day)
        return perform(self.ledgers, self.actor(person), act, command, rules=RULES, now=now)

    def version(self, number):
        return len(self.ledgers.history(self.agency, Thing("item", number)))

    def draft(self, number="", version=0, person="clerk", **changes):
        told = {"column": "normative_documents", "title": TITLE, "text": TEXT, **changes}
        return self.do(person, "draft_item", DraftItem(self.id, number, version, **told))["number"]

    def submit(self, number, person="clerk"):
        self.do(person, "submit_item", SubmitItem(self.id, number, self.version(number)))

    def judge(self, person, grade, number, approved=True, content=None):
        content = content or self.case(number).review.content
        command = JudgeItem(self.id, number, self.version(number), content, approved, "" if approved else "请改")
        self.do(person, f"review_item_{grade}", command)

    def reviewed(self, number, person="clerk"):
        self.submit(number, person)
        for reviewer, grade in REVIEWERS:
            self.judge(reviewer, grade, number)

    def publish(self, number, person="publisher"):
        self.do(person, "publish_item", PublishItem(self.id, number, self.version(number)))

    def correct(self, number, person="publisher", **more):
        self.do(person, "correct_item", CorrectItem(self.id, number, self.version(number), **more))

    def withdraw(self, number, reason="含有个人信息"):
        self.do("publisher", "withdraw_item", WithdrawItem(self.id, number, self.version(number), reason))

    def published(self, **changes):
        number = self.draft(**changes)
        self.reviewed(number)
        self.publish(number)
        return number

    def case(self, number):
        return items.case(self.actor("clerk"), self.ledgers, number, RULES)

    def seen(self, number, version=None):
        return items.public(CITIZEN, self.ledgers, self.id, number, version)

    def everywhere(self, number, words=("养老服务",)):
        """Every public question in which an item appears."""
        found = set()
        if self.seen(number) is not None:
            found.add("page")
        listed = items.listed(CITIZEN, self.id, ("normative_documents",), 1)
        found |= {"list"} if number in [row.number for row in listed.rows] else set()
        found |= {"count"} if items.counts(CITIZEN, self.id) else set()
        for word in words:
            hits = items.search(CITIZEN, word)
            found |= {"search"} if hits.listed.rows or hits.listed.total or any(hits.counts.values()) else set()
        return found
