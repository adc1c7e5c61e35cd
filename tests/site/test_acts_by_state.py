"""State × act × role × own or other agency, whole: what the door does is what the table says and what pages offer.

The tables are ours, from the roles of Regulation (Order 711) Arts. 29–38 and the review of the Secrecy Law, Art. 35.
"""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OFFICE, OTHER, present

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, refusal
from gongkai.services.ports import CITIZEN, Actor
from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import CorrectItem, PublishItem, WithdrawItem
from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteReturn, NoteService, ReleaseReply, SubmitReply
from gongkai.store import models, work

pytestmark = pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)
"""Who may do what depends on no database."""

STAFF = ("clerk", "section", "legal", "secrecy", "leader", "publisher", "head", "overseer", "operator")
EVERY = frozenset(STAFF)
DESK, SECTION = {"clerk", "head"}, {"section", "head"}
TODAY = NOW.date()

REQUEST = {
    "received": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK},
    "awaiting correction": {"note_correction": DESK, "draft_reply": DESK},
    "drafted": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "submit_reply": DESK},
    "at the section": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "review_section": SECTION},
    "at secrecy": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "review_secrecy": {"secrecy"}},
    "returned": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "submit_reply": DESK},
    "at the leader": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "review_leader": {"leader"}},
    "approved": {"ask_correction": DESK, "extend": {"head"}, "draft_reply": DESK, "release_reply": DESK},
    "replied": {"note_service": DESK},
    "served": {"note_return": DESK},
    "came back": {"note_service": DESK},
}
ITEM = {
    "drafted": {"draft_item": DESK, "submit_item": DESK},
    "at the section": {"draft_item": DESK, "review_item_section": SECTION},
    "at secrecy": {"draft_item": DESK, "review_item_secrecy": {"secrecy"}},
    "returned": {"draft_item": DESK, "submit_item": DESK},
    "at the leader": {"draft_item": DESK, "review_item_leader": {"leader"}},
    "approved": {"draft_item": DESK, "publish_item": {"publisher"}},
    "public": {"draft_item": DESK, "withdraw_item": {"publisher", "head"}},
    "changed": {"draft_item": DESK, "submit_item": DESK, "withdraw_item": {"publisher", "head"}},
    "change approved": {"draft_item": DESK, "correct_item": {"publisher"}, "withdraw_item": {"publisher", "head"}},
    "withdrawn": {},
}
REPORT = {
    "nothing": {"draft_report": DESK},
    "drafted": {"draft_report": DESK, "submit_report": DESK},
    "at the section": {"draft_report": DESK, "review_report_section": SECTION},
    "at secrecy": {"draft_report": DESK, "review_report_secrecy": {"secrecy"}},
    "returned": {"draft_report": DESK, "submit_report": DESK},
    "at the leader": {"draft_report": DESK, "review_report_leader": {"leader"}},
    "approved": {"draft_report": DESK, "publish_report": {"publisher", "head"}},
    "published": {"submit_above": {"head"}},
    "submitted": {},
}


class Matrix:
    """Somebody of every role in an agency, and people of all roles in the office above and in another agency."""

    def __init__(self, county):
        self.county, self.agency = county, county.ids[FIRST]
        self.own = {role: Actor(f"own-{role}", self.agency, frozenset({role})) for role in STAFF}
        self.others = [Actor(f"all-{name}", county.ids[name], EVERY) for name in (OFFICE, OTHER)]
        for actor in (*self.own.values(), *self.others, Actor("writer", self.agency, frozenset({"clerk"}))):
            models.Person.objects.create(id=actor.person, agency_id=actor.agency, name=actor.person, login=actor.person)
            models.Holding.objects.bulk_create(
                models.Holding(person_id=actor.person, role=role) for role in actor.roles
            )

    def as_writer(self, act, command):
        """Done by a clerk who is nobody of the table: whoever writes may not judge."""
        self.county.web.perform(Actor("writer", self.agency, frozenset({"clerk"})), act, command)

    def by(self, role, act, command):
        self.county.web.perform(self.own[role], act, command)

    def may(self, actor, act, command):
        """Whether the door does it; undone at once."""
        with transaction.atomic():
            try:
                self.county.web.perform(actor, act, command)
            except Refused:
                return False
            finally:
                transaction.set_rollback(True)
        return True

    def offered(self, actor, address):
        """Whether the page of an act has a form."""
        client = present(self.county.client(None), actor.person)
        return 'name="key"' in client.get(address).content.decode()


class Walk:
    """A thing on its way through its states: at each, what the door would do for everybody."""

    kind: str
    acts: dict[Act, object]
    """The command of each act, made for the state in which the thing is."""

    def __init__(self, matrix, number):
        self.matrix, self.number = matrix, number

    @property
    def version(self):
        return len(self.history)

    @property
    def history(self):
        ledgers = self.matrix.county.ledgers
        return ledgers.history(ledgers.agency(FIRST), Thing(self.kind, self.number))

    @property
    def content(self):
        return next((e.event.content for e in reversed(self.history) if isinstance(e.event, Submitted)), "0" * 64)

    @property
    def written(self):
        """The version of the draft."""
        row = models.Draft.objects.filter(kind=self.kind, number=self.number).first()
        return row.version if row else 0

    def do(self, role, act):
        command = self.commands()[act]
        self.matrix.as_writer(act, command) if role == "writer" else self.matrix.by(role, act, command)

    def judged(self, command, approved=True):
        return command(self.matrix.agency, self.number, self.version, self.content, approved, "请改")

    def holds(self, state, expected):
        """The door and the pages do for everybody what the table says."""
        commands = self.commands()
        may = {
            act: {role for role, actor in self.matrix.own.items() if self.matrix.may(actor, act, command)}
            for act, command in commands.items()
        }
        assert {act: roles for act, roles in may.items() if roles} == expected, state
        for actor in (*self.matrix.others, CITIZEN):
            assert not any(self.matrix.may(actor, act, command) for act, command in commands.items()), (state, actor)
        for act in commands:
            able = {role for role in STAFF if refusal(act, {role}, "own") is None}  # others: tests/site/test_urls.py
            offered = {role for role in able if self.offers(self.matrix.own[role], act)}
            assert offered == may[act], (state, act)
        counted = {role for role, actor in self.matrix.own.items() if work.to_review(actor)}
        assert counted == {role for act, roles in may.items() if act.startswith("review_") for role in roles}, state

    def offers(self, actor, act):
        return self.matrix.offered(actor, reverse(self.page, args=[self.number, act]))

    def agency_and(self, *rest):
        return (self.matrix.agency, self.number, self.version, *rest)


class RequestWalk(Walk):
    kind, page = "request", "act"

    def offers(self, actor, act):
        # The first draft begins with the choice of its answer.
        chosen = "?answer=R4.1" if act == "draft_reply" else ""
        return self.matrix.offered(actor, reverse(self.page, args=[self.number, act]) + chosen)

    def commands(self):
        judged = self.judged(JudgeReply)
        return {
            "ask_correction": AskCorrection(*self.agency_and("哪一段", date(2026, 4, 1))),
            "note_correction": NoteCorrection(*self.agency_and(TODAY, "东段")),
            "extend": Extend(*self.agency_and(10, "需要检索")),
            "draft_reply": DraftReply(
                self.matrix.agency, self.number, self.written, "R4.1", (), {"search": f"第{self.written}稿"}
            ),
            "submit_reply": SubmitReply(*self.agency_and()),
            **{f"review_{grade}": judged for grade in ("section", "legal", "secrecy", "leader")},
            "release_reply": ReleaseReply(*self.agency_and()),
            "note_service": NoteService(*self.agency_and("post", TODAY)),
            "note_return": NoteReturn(*self.agency_and(TODAY)),
        }


class ItemWalk(Walk):
    kind, page = "item", "item-act"

    def commands(self):
        judged = self.judged(JudgeItem)
        drafted = DraftItem(self.matrix.agency, self.number, self.written, "plans", "规划", f"第{self.written}稿")
        return {
            "draft_item": drafted,
            "submit_item": SubmitItem(*self.agency_and()),
            **{f"review_item_{grade}": judged for grade in ("section", "legal", "secrecy", "leader")},
            "publish_item": PublishItem(*self.agency_and()),
            "correct_item": CorrectItem(*self.agency_and()),
            "withdraw_item": WithdrawItem(*self.agency_and("有误")),
        }


class ReportWalk(Walk):
    kind, page = "report", "report-act"

    def commands(self):
        judged, step = self.judged(JudgeReport), ReportStep(*self.agency_and())
        prose = {"opening": f"第{self.written}稿", "part.1": "一", "part.5": "五", "part.6": "六"}
        return {
            "draft_report": DraftReport(self.matrix.agency, self.number, self.written, prose),
            "submit_report": step,
            **{f"review_report_{grade}": judged for grade in ("section", "legal", "secrecy", "leader")},
            "publish_report": step,
            "submit_above": step,
        }


def returned(walk, act):
    command = walk.commands()[act]
    walk.matrix.by("secrecy", act, type(command)(*walk.agency_and(walk.content, False, "请改")))


@pytest.fixture
def matrix(county):
    return Matrix(county)


def test_a_request(matrix):
    walk = RequestWalk(matrix, matrix.county.file()["number"])
    walk.holds("received", REQUEST["received"])
    walk.do("clerk", "ask_correction")
    walk.holds("awaiting correction", REQUEST["awaiting correction"])
    walk = RequestWalk(matrix, matrix.county.file()["number"])
    for state, role, act in (
        ("drafted", "writer", "draft_reply"),
        ("at the section", "writer", "submit_reply"),
        ("at secrecy", "section", "review_section"),
        ("returned", "secrecy", None),
        (None, "writer", "draft_reply"),
        (None, "writer", "submit_reply"),
        (None, "section", "review_section"),
        ("at the leader", "secrecy", "review_secrecy"),
        ("approved", "leader", "review_leader"),
        ("replied", "clerk", "release_reply"),
        ("served", "clerk", "note_service"),
        ("came back", "clerk", "note_return"),
        ("served", "clerk", "note_service"),
    ):
        walk.do(role, act) if act else returned(walk, "review_secrecy")
        if state:
            walk.holds(state, REQUEST[state])


def test_an_item(matrix):
    walk = ItemWalk(matrix, matrix.county.item()["number"])
    for state, role, act in (
        ("drafted", "writer", "draft_item"),
        ("at the section", "writer", "submit_item"),
        ("at secrecy", "section", "review_item_section"),
        ("returned", "secrecy", None),
        (None, "writer", "draft_item"),
        (None, "writer", "submit_item"),
        (None, "section", "review_item_section"),
        ("at the leader", "secrecy", "review_item_secrecy"),
        ("approved", "leader", "review_item_leader"),
        ("public", "publisher", "publish_item"),
        ("changed", "writer", "draft_item"),
        (None, "writer", "submit_item"),
        (None, "section", "review_item_section"),
        (None, "secrecy", "review_item_secrecy"),
        ("change approved", "leader", "review_item_leader"),
        (None, "publisher", "correct_item"),
        ("withdrawn", "head", "withdraw_item"),
    ):
        walk.do(role, act) if act else returned(walk, "review_item_secrecy")
        if state:
            walk.holds(state, ITEM[state])


def test_a_report(matrix):
    walk = ReportWalk(matrix, "2025")
    walk.holds("nothing", REPORT["nothing"])
    for state, role, act in (
        ("drafted", "writer", "draft_report"),
        ("at the section", "writer", "submit_report"),
        ("at secrecy", "section", "review_report_section"),
        ("returned", "secrecy", None),
        (None, "writer", "draft_report"),
        (None, "writer", "submit_report"),
        (None, "section", "review_report_section"),
        ("at the leader", "secrecy", "review_report_secrecy"),
        ("approved", "leader", "review_report_leader"),
        ("published", "head", "publish_report"),
        ("submitted", "head", "submit_above"),
    ):
        walk.do(role, act) if act else returned(walk, "review_report_secrecy")
        if state:
            walk.holds(state, REPORT[state])
