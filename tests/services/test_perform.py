"""The one door: a request filed, corrected, answered and released by those who may, once, on what they saw."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.services.perform import STEPS, perform
from gongkai.services.ports import CITIZEN, Actor, New, Rules, Stale
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest, RegisterRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteReturn, NoteService, ReleaseReply, SubmitReply
from gongkai.store import models
from gongkai.store.outbox import Outbox

RULES = Rules(calendar(), law(), outcomes(), chains())
NAME, ABOVE = "云岭县民政局", "云岭县人民政府办公室"
START = datetime(2026, 3, 2, 1, tzinfo=UTC)
ROLES = {"clerk": ["clerk"], "head": ["head", "section"], "secrecy": ["secrecy"], "leader": ["leader"]}


class Office:
    """An agency with its people, below a competent office; ``day`` days after the start."""

    def __init__(self, ledgers):
        self.ledgers, self.day = ledgers, 0
        with ledgers.unit() as unit:
            above, agency = unit.agency(ABOVE), unit.agency(NAME)
            placed = events.AgencyPlaced(START.date(), above.id)
            unit.append(agency, [New(Thing("agency", agency.id), placed, START)])
        self.id, self.above = agency.id, above.id
        for person in (*ROLES, "overseer"):
            at = self.above if person == "overseer" else self.id
            models.Person.objects.create(id=person, agency_id=at, name=person, login=person)

    def actor(self, person):
        if person == "overseer":
            return Actor(person, self.above, frozenset({"overseer"}))
        return Actor(person, self.id, frozenset(ROLES[person]))

    def do(self, person, act, command):
        actor = CITIZEN if person is None else self.actor(person)
        now = START + timedelta(days=self.day)
        return perform(self.ledgers, actor, act, command, rules=RULES, now=now)

    def version(self, number):
        return len(self.ledgers.history(self.ledgers.agency(NAME), Thing("request", number)))

    def file(self, key=None):
        return self.do(None, "file_request", FileRequest(self.id, "natural_person", "申请人甲", "低保名单", {}, key))

    def standing(self, number):
        return models.Standing.objects.get(agency_id=self.id, number=number)

    def content(self, number):
        history = self.ledgers.history(self.ledgers.agency(NAME), Thing("request", number))
        return [entry.event.content for entry in history if isinstance(entry.event, events.Submitted)][-1]

    def drafted(self, number, version=0, text="经检索，本机关不掌握该信息。"):
        self.do("clerk", "draft_reply", DraftReply(self.id, number, version, "R4.1", (), {"search": text}))

    def submit(self, number):
        self.do("clerk", "submit_reply", SubmitReply(self.id, number, self.version(number)))

    def judge(self, person, grade, number, approved=True, content=None):
        command = JudgeReply(
            self.id, number, self.version(number), content or self.content(number), approved, "" if approved else "请改"
        )
        self.do(person, f"review_{grade}", command)

    def release(self, number):
        return self.do("clerk", "release_reply", ReleaseReply(self.id, number, self.version(number)))

    def replied(self):
        """The number of a request whose reply was reviewed and went out."""
        number = self.file()["number"]
        self.drafted(number)
        self.submit(number)
        for person, grade in REVIEWERS:
            self.judge(person, grade, number)
        self.release(number)
        return number


@pytest.fixture
def office(ledgers):
    return Office(ledgers)


REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


def test_every_act_but_looking_has_its_step():
    assert set(STEPS) == set(get_args(Act)) - {"look"}


def test_a_request_from_filing_to_service(office):
    filed = office.file()
    number = filed["number"]
    assert (number, filed["due_on"], filed["provisional_on"]) == ("2026-0001", "2026-03-30", "")
    assert len(filed["code"]) == 10
    office.day = 2
    for day in (date(2026, 3, 4), date(2027, 3, 5), date.max):
        with pytest.raises(Refused, match="correction-until"):
            office.do("clerk", "ask_correction", AskCorrection(office.id, number, 1, "请写明年份。", day))
    ask = AskCorrection(office.id, number, 1, "请写明哪一年的名单。", date(2026, 3, 20))
    office.do("clerk", "ask_correction", ask)
    assert office.standing(number).state == "awaiting_correction" and office.standing(number).due_on is None
    office.day = 7
    office.do("clerk", "note_correction", NoteCorrection(office.id, number, 2, date(2026, 3, 9), "2025 年的"))
    assert office.standing(number).due_on == date(2026, 4, 7)
    office.do("head", "extend", Extend(office.id, number, 3, 5, "需要查找档案"))
    assert office.standing(number).due_on == date(2026, 4, 14)
    office.drafted(number)
    office.submit(number)
    for person, grade in REVIEWERS:
        with pytest.raises(Refused, match="not-covered"):
            office.release(number)
        office.judge(person, grade, number)
    assert office.release(number) == {"document": "公复〔2026〕1号"}
    assert (office.standing(number).state, office.standing(number).outcome) == ("closed", "unable.not_held")
    service = NoteService(office.id, number, office.version(number), "post", date(2026, 3, 9))
    office.do("clerk", "note_service", service)
    letters = models.Outgoing.objects.order_by("id").values_list("letter", flat=True)
    assert list(letters) == ["receipt", "correction", "extension", "reply"]
    # Nothing of the person stands in the ledger.
    texts = "".join(models.Entry.objects.values_list("text", flat=True))
    assert "申请人甲" not in texts and "低保名单" not in texts


@pytest.mark.parametrize("method", get_args(NoteService.__annotations__["method"]))
def test_a_reply_that_was_served_waits_no_longer_to_be_posted_and_is_served_once(office, method):
    number = office.replied()
    waiting = lambda: [each.letter for each in office.ledgers.outbox.waiting(office.actor("clerk"), START).rows]  # noqa: E731
    assert waiting() == ["receipt", "reply"]
    serve = lambda: NoteService(office.id, number, office.version(number), method, START.date())  # noqa: E731
    office.do("clerk", "note_service", serve())
    assert waiting() == ["receipt"]
    with pytest.raises(Refused, match="served-already"):
        office.do("clerk", "note_service", serve())


def test_a_reply_that_came_back_is_served_anew_and_nothing_else_changes(office):
    number = office.replied()
    came_back = lambda: NoteReturn(office.id, number, office.version(number), START.date())  # noqa: E731
    with pytest.raises(Refused, match="nothing-served"):
        office.do("clerk", "note_return", came_back())
    serve = lambda method: NoteService(office.id, number, office.version(number), method, START.date())  # noqa: E731
    office.do("clerk", "note_service", serve("post"))
    before = standing_values(office, number)
    assert posted(office) == []
    office.do("clerk", "note_return", came_back())
    assert posted(office) == [(number, "reply")]  # it has to leave again
    with pytest.raises(Refused, match="nothing-served"):
        office.do("clerk", "note_return", came_back())
    office.do("clerk", "note_service", serve("direct"))
    assert standing_values(office, number) == before and posted(office) == []
    with pytest.raises(Refused, match="served-already"):
        office.do("clerk", "note_service", serve("direct"))


def posted(office):
    """What the outbox gives to post."""
    actor = Actor("clerk", office.id, frozenset(["clerk"]))
    waiting = Outbox(office.ledgers.sealer).waiting(actor, START).rows
    return [(each.number, each.letter) for each in waiting if each.letter == "reply"]


def standing_values(office, number):
    return models.Standing.objects.filter(agency_id=office.id, number=number).values().get()


def test_a_number_that_an_imported_request_has_is_passed_over(office):
    received = events.Received(date(2026, 1, 5), "business", "fax")
    with office.ledgers.unit() as unit:
        unit.append(unit.own(office.id), [New(Thing("request", "2026-0001"), received, START)])
    assert office.file()["number"] == "2026-0002"


def test_a_letter_is_registered_with_its_own_receipt_date(office):
    command = RegisterRequest(office.id, "post_signed", date(2026, 2, 25), "business", "虚构商贸有限公司", "采购合同")
    answer = office.do("clerk", "register_request", command)
    assert answer["due_on"] == "2026-03-24"
    late = RegisterRequest(office.id, "post_signed", date(2026, 3, 3), "business", "虚构商贸有限公司", "采购合同")
    with pytest.raises(Refused, match="not-yet"):
        office.do("clerk", "register_request", late)


@pytest.mark.parametrize("passed", range(len(REVIEWERS)))
def test_an_edit_after_approval_begins_the_review_anew(office, passed):
    number = office.file()["number"]
    office.drafted(number)
    office.submit(number)
    for person, grade in REVIEWERS:
        office.judge(person, grade, number)
    office.drafted(number, 1, "改过的答复。")
    with pytest.raises(Refused, match="not-covered"):
        office.release(number)
    office.submit(number)
    for person, grade in REVIEWERS[:passed]:
        office.judge(person, grade, number)
    with pytest.raises(Refused, match="not-covered"):
        office.release(number)


def test_without_the_guard_an_edit_would_go_out(office, monkeypatch):
    """The tests above would see it."""
    monkeypatch.setattr("gongkai.services.request.reply.refuse_unreviewed", lambda *_: "0" * 64)
    number = office.file()["number"]
    office.drafted(number)
    assert office.release(number)["document"]


def test_nobody_acts_in_another_role_or_agency(office):
    number = office.file()["number"]
    office.drafted(number)
    with pytest.raises(Refused, match="no-role"):
        office.do("clerk", "extend", Extend(office.id, number, 1, 5, "x"))
    office.submit(number)
    with pytest.raises(Refused, match="no-role"):
        office.judge("secrecy", "section", number)
    with pytest.raises(Refused, match="no-role"):
        office.judge("overseer", "section", number)
    with pytest.raises(Refused, match="other-grade"):
        office.judge("leader", "leader", number)
    with pytest.raises(Refused, match="no-agency"):
        office.do(None, "file_request", FileRequest("nowhere", "natural_person", "申请人甲", "x"))
    stranger = Actor("x", office.above, frozenset({"clerk"}))
    with pytest.raises(Refused, match=r"no-role|other-agency"):
        perform(office.ledgers, stranger, "submit_reply", SubmitReply(office.id, number, 2), rules=RULES, now=START)


def test_the_author_does_not_judge_their_own(office):
    number = office.file()["number"]
    command = DraftReply(office.id, number, 0, "R4.1", (), {"search": "已查档案室。"})
    office.do("head", "draft_reply", command)
    office.do("head", "submit_reply", SubmitReply(office.id, number, 1))
    with pytest.raises(Refused, match="own-content"):
        office.judge("head", "section", number)


def test_who_wrote_on_it_does_not_judge_it_though_another_submits(office):
    number = office.file()["number"]
    said = {"search": "已查档案室。"}
    office.do("head", "draft_reply", DraftReply(office.id, number, 0, "R4.1", (), said))
    office.do("clerk", "draft_reply", DraftReply(office.id, number, 1, "R4.1", (), {"search": "再查了一遍。"}))
    office.submit(number)
    with pytest.raises(Refused, match="own-content"):
        office.judge("head", "section", number)


def test_a_return_says_why_and_the_corrected_reply_goes_its_way(office):
    number = office.file()["number"]
    office.drafted(number)
    office.submit(number)
    silent = JudgeReply(office.id, number, 2, office.content(number), False, " ")
    with pytest.raises(Refused, match="missing"):
        office.do("head", "review_section", silent)
    office.judge("head", "section", number, approved=False)
    assert models.Remark.objects.count() == 1
    office.drafted(number, 1, "改过的答复。")
    office.submit(number)
    for person, grade in REVIEWERS:
        office.judge(person, grade, number)
    assert office.release(number)["document"] == "公复〔2026〕1号"


def test_a_reply_says_all_that_its_answer_must(office):
    number = office.file()["number"]
    office.drafted(number, text=" ")
    with pytest.raises(Refused, match="element-missing"):
        office.submit(number)
    partial = {"open_part": "附件一", "part.R3.6": "内部讨论稿", "R3.6.reason": "尚在讨论"}
    with pytest.raises(Refused):
        office.do("clerk", "draft_reply", DraftReply(office.id, number, 1, "RP", (), partial))
    office.do("clerk", "draft_reply", DraftReply(office.id, number, 1, "RP", ("R3.6",), partial))
    office.submit(number)


def test_what_was_seen_must_still_stand(office):
    number = office.file()["number"]
    office.drafted(number)
    with pytest.raises(Stale) as stale:
        office.drafted(number, 0, "另一份。")
    assert (stale.value.found, stale.value.expected) == (1, 0)
    office.submit(number)
    with pytest.raises(Stale):
        office.do("clerk", "ask_correction", AskCorrection(office.id, number, 1, "x", date(2026, 3, 20)))
    content = office.content(number)
    office.judge("head", "section", number)
    with pytest.raises(Refused, match="other-content"):
        office.judge("secrecy", "secrecy", number, content="f" * 64)
    assert content == office.content(number)


def test_the_same_key_does_it_once(office):
    first = office.file(key="k1")
    assert office.file(key="k1") == first
    assert office.file(key="k2")["number"] == "2026-0002"
    # Who guesses a key learns nothing of what was filed with it.
    with pytest.raises(Refused, match="key-reused"):
        office.do(None, "file_request", FileRequest(office.id, "natural_person", "申请人乙", "别的", {}, "k1"))
    assert models.Standing.objects.count() == 2


def test_an_act_that_fails_changes_nothing(office):
    before = models.Entry.objects.count()
    with pytest.raises(Refused, match="missing"):
        office.do(None, "file_request", FileRequest(office.id, "natural_person", "申请人甲", " "))
    with pytest.raises(Refused):
        office.do("clerk", "submit_reply", SubmitReply(office.id, "2026-0009", 0))
    assert models.Entry.objects.count() == before
    assert not models.Serial.objects.exists() and not models.Outgoing.objects.exists()


def test_two_at_once_with_one_key_file_once(office):
    from django.db import connections

    answers, failures = [], []

    def file():
        try:
            answers.append(office.file(key="same"))
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failures
    assert len(answers) == 6 and len({answer["number"] for answer in answers}) == 1
    assert models.Standing.objects.count() == 1
