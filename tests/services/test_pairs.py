"""Two acts at once on one case: no update is lost, no act is done twice, no review is skipped.

Each kind of pair has the guard without which the same pairs do harm. ``GONGKAI_PAIRS`` says how many pairs of each kind
(``make drills``: 200).
"""

import os
import random
import secrets
import threading
from collections import Counter
from datetime import date
from functools import partial

import pytest
from django.db import connection, connections
from tests.services.test_perform import REVIEWERS, Office

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.services import perform as door
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import Stale, StaleDraft
from gongkai.services.request import reply
from gongkai.services.request.correction import AskCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply
from gongkai.store import models
from gongkai.store.unit import Unit

PAIRS = int(os.environ.get("GONGKAI_PAIRS", "5"))
SHOWN = 200
"""Without its guard a pair does harm in so many attempts at the latest."""


def at_once(*acts):
    """Do all at the same time; what each came to: ``done``, or the class of its error."""
    gate, given = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        connection.ensure_connection()
        gate.wait()
        try:
            act()
            given[place] = "done"
        except Exception as error:
            given[place] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return given


SAID = {"done", Refused.__name__, Stale.__name__, StaleDraft.__name__}
"""What an act may come to. Any other error leaves its actor without an answer: that is harm too."""


class Cases:
    """Cases of an office, and pairs of acts begun from the same page of one. Each tells what they came to, and whether
    that is harm.
    """

    def __init__(self, ledgers):
        self.office, self.chance = Office(ledgers), random.Random(11)
        self.agency = next(each for each in ledgers.agencies() if each.id == self.office.id)

    def events(self, number):
        return [entry.event for entry in self.office.ledgers.history(self.agency, Thing("request", number))]

    def count(self, number, event):
        return sum(isinstance(each, event) for each in self.events(number))

    def drafted(self, grades=0):
        """A case with a draft, approved by so many grades."""
        number = self.office.file()["number"]
        self.office.drafted(number)
        if grades:
            self.office.submit(number)
        for person, grade in REVIEWERS[:grades]:
            self.office.judge(person, grade, number)
        return number

    def edits(self):
        """Two edits of one version of the draft: an update is lost if both are done."""
        number = self.drafted()
        edits = [DraftReply(self.office.id, number, 1, "R4.1", (), {"search": text}) for text in ("甲", "乙")]
        given = at_once(*(partial(self.office.do, "clerk", "draft_reply", each) for each in edits))
        return given, given.count("done") != 1

    def decisions(self):
        """Two acts on one version of the case: if both are done, one decided on what was no longer so."""
        office, number = self.office, self.drafted()
        version = office.version(number)
        acts = [
            ("clerk", "submit_reply", SubmitReply(office.id, number, version)),
            ("clerk", "ask_correction", AskCorrection(office.id, number, version, "请写明。", date(2026, 3, 20))),
            ("head", "extend", Extend(office.id, number, version, 5, "查找档案")),
        ]
        given = at_once(*(partial(office.do, *each) for each in self.chance.sample(acts, 2)))
        return given, given.count("done") != 1 or office.version(number) != version + 1

    def filings(self):
        """The same form is sent twice: it is doubled if two requests are filed."""
        before = models.Standing.objects.count()
        command = FileRequest(self.office.id, "natural_person", "申请人甲", "低保名单", {}, secrets.token_hex())
        given = at_once(*[partial(self.office.do, None, "file_request", command)] * 2)
        return given, models.Standing.objects.count() != before + 1

    def judgements(self):
        """One person approves twice: it is doubled if that stands twice."""
        office, number = self.office, self.drafted()
        office.submit(number)
        command = JudgeReply(office.id, number, office.version(number), office.content(number), True, "同意。")
        given = at_once(*[partial(office.do, "head", "review_section", command)] * 2)
        return given, self.count(number, events.Reviewed) != 1

    def releases(self):
        """The reply is released twice: it is doubled if two letters leave."""
        office, number = self.office, self.drafted(grades=3)
        command = ReleaseReply(office.id, number, office.version(number))
        given = at_once(*[partial(office.do, "clerk", "release_reply", command)] * 2)
        letters = models.Outgoing.objects.filter(agency_id=office.id, number=number, letter="reply").count()
        return given, (letters, self.count(number, events.Replied)) != (1, 1)

    def edit_and_release(self):
        """An edit and the release of what was approved: a review is skipped if anything else leaves."""
        office, number = self.office, self.drafted(grades=3)
        approved, version = office.content(number), office.version(number)
        edit = DraftReply(office.id, number, 1, "R4.1", (), {"search": "改过的。"})
        release = partial(office.do, "clerk", "release_reply", ReleaseReply(office.id, number, version))
        given = at_once(release, partial(office.do, "clerk", "draft_reply", edit))
        sent = [event.content for event in self.events(number) if isinstance(event, events.Replied)]
        return given, sent not in ([], [approved])

    def approval_and_release(self):
        """The last grade approves and the reply is released: a review is skipped if it leaves on less than that."""
        office, number = self.office, self.drafted(grades=2)
        version = office.version(number)
        judge = JudgeReply(office.id, number, version, office.content(number), True, "")
        release = ReleaseReply(office.id, number, version)
        given = at_once(
            partial(office.do, "clerk", "release_reply", release), partial(office.do, "leader", "review_leader", judge)
        )
        return given, self.count(number, events.Replied) > 0


def unversioned(monkeypatch):
    """Nobody asks which version was seen."""
    monkeypatch.setattr(door, "STEPS", {act: each._replace(counts=None) for act, each in door.STEPS.items()})
    write = Unit.write

    def overwrite(unit, agency, thing, content, expected, writer):
        before = unit.draft(agency, thing)
        return write(unit, agency, thing, content, before.version if before else 0, writer)

    monkeypatch.setattr(Unit, "write", overwrite)


def unlocked(monkeypatch):
    """Nobody waits for the other: of all in one file SQLite has one lock, PostgreSQL the row of the agency."""
    monkeypatch.setattr(Unit, "_lock", lambda unit, id: models.Agency.objects.get(id=id))
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")


def keyless(monkeypatch):
    """No key is known again."""
    monkeypatch.setattr(door, "_once", lambda *_: secrets.token_hex())


def unreviewed(monkeypatch):
    """Nobody asks whether exactly this passed the review."""

    def freeze(unit, agency, thing, history, chain, content):
        return unit.freeze(agency, thing, content)

    monkeypatch.setattr(reply, "refuse_unreviewed", freeze)
    unversioned(monkeypatch)


GUARDS = {
    Cases.edits: unversioned,
    Cases.decisions: unversioned,
    Cases.filings: keyless,
    Cases.judgements: unlocked,
    Cases.releases: unlocked,
    Cases.edit_and_release: unreviewed,
    Cases.approval_and_release: unreviewed,
}
"""The pairs, and how the guard of each is taken away."""


@pytest.mark.parametrize("pair", GUARDS, ids=lambda each: each.__name__)
def test_two_acts_at_once_do_no_harm(ledgers, pair):
    cases, came_to = Cases(ledgers), Counter()
    for _ in range(PAIRS):
        given, harm = pair(cases)
        assert not harm and set(given) <= SAID, given
        came_to.update(given)
    assert verify(ledgers) == []
    print(f"{connection.vendor}, {pair.__name__}: {PAIRS} pairs, {dict(came_to)}")


@pytest.mark.parametrize(("pair", "without"), GUARDS.items(), ids=lambda each: each.__name__)
def test_without_its_guard_the_same_pair_does_harm(ledgers, monkeypatch, pair, without):
    cases = Cases(ledgers)
    without(monkeypatch)
    for attempt in range(1, SHOWN + 1):
        given, harm = pair(cases)
        if harm or not set(given) <= SAID:
            print(f"{connection.vendor}, {pair.__name__} {without.__name__}: harm in pair {attempt}, {given}")
            return
    raise AssertionError("no harm was seen")
