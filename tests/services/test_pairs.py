"""Two acts at once on one request: never both on the same version, none lost, none doubled, no review skipped.

``GONGKAI_PAIRS`` says how many pairs (``make drills``: 200).
"""

import os
import random
import threading
from datetime import date
from functools import partial

import pytest
from django.db import connections
from tests.services.test_perform import REVIEWERS, Office

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.services import perform as door
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import Stale
from gongkai.services.request.correction import AskCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply

PAIRS = int(os.environ.get("GONGKAI_PAIRS", "12"))


def at_once(*acts):
    """Do all at the same time; what each gave: its answer, or its refusal."""
    gate, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait()
            act()
            given[place] = "done"
        except (Refused, Stale) as refused:
            given[place] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return given


def moves(office, number, chance):
    """Two acts that two people begin from the same page."""
    version = office.version(number)
    until = date(2026, 3, 20)
    acts = [
        lambda: office.do("clerk", "submit_reply", SubmitReply(office.id, number, version)),
        lambda: office.do("clerk", "ask_correction", AskCorrection(office.id, number, version, "请写明。", until)),
        lambda: office.do("head", "extend", Extend(office.id, number, version, 5, "查找档案")),
        lambda: office.do("clerk", "release_reply", ReleaseReply(office.id, number, version)),
    ]
    return chance.sample(acts, 2)


def test_of_two_acts_on_one_version_at_most_one_is_done(ledgers):
    office, chance = Office(ledgers), random.Random(11)
    for _ in range(PAIRS):
        number = office.file()["number"]
        office.drafted(number)
        before = office.version(number)
        given = at_once(*moves(office, number, chance))
        done = given.count("done")
        assert done <= 1 and office.version(number) == before + done
        history = ledgers.history(office_agency(office), Thing("request", number))
        assert not any(isinstance(entry.event, events.Replied) for entry in history)
    assert verify(ledgers) == []


def office_agency(office):
    return next(agency for agency in office.ledgers.agencies() if agency.id == office.id)


def test_an_edit_and_a_release_at_once_never_send_what_was_not_approved(ledgers):
    office = Office(ledgers)
    for _ in range(max(2, PAIRS // 4)):
        number = office.file()["number"]
        office.drafted(number)
        office.submit(number)
        for person, grade in REVIEWERS:
            office.judge(person, grade, number)
        approved = office.content(number)
        other = DraftReply(office.id, number, 1, "R4.1", (), {"search": "改过的。"})
        at_once(partial(office.release, number), partial(office.do, "clerk", "draft_reply", other))
        history = ledgers.history(office_agency(office), Thing("request", number))
        sent = [entry.event.content for entry in history if isinstance(entry.event, events.Replied)]
        assert sent in ([], [approved])


def test_without_the_guard_both_would_be_done(ledgers, monkeypatch):
    """The same pair, the version not asked: the first test would see it."""
    office = Office(ledgers)
    number = office.file()["number"]
    office.drafted(number)
    office.submit(number)
    content, version = office.content(number), office.version(number)
    unversioned = {act: each._replace(counts=None) for act, each in door.STEPS.items()}
    monkeypatch.setattr(door, "STEPS", unversioned)
    judged = JudgeReply(office.id, number, version, content, True, "")
    extended = Extend(office.id, number, version, 5, "查找档案")
    given = at_once(lambda: office.do("head", "review_section", judged), lambda: office.do("head", "extend", extended))
    assert given.count("done") == 2


@pytest.mark.parametrize("grade", ["section"])
def test_one_judgement_at_once_counts_once(ledgers, grade):
    office = Office(ledgers)
    for _ in range(max(2, PAIRS // 4)):
        number = office.file()["number"]
        office.drafted(number)
        office.submit(number)
        command = JudgeReply(office.id, number, office.version(number), office.content(number), True, "")
        given = at_once(*[partial(office.do, "head", f"review_{grade}", command)] * 2)
        assert given.count("done") == 1
