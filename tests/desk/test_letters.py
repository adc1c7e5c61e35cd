"""Every letter of a request at the desk and for its applicant: as it left, whatever happened later."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OFFICE

from gongkai.services.agency.founding import RenameAgency
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, machine
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest, RegisterRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteReturn, NoteService, ReleaseReply, SubmitReply
from gongkai.store import models, queries

SAID = {
    "登记回执": ("2026-0001", "2026年3月30日", "数满 20 个工作日", "查询码"),
    "补正告知书": ("公补〔2026〕1号", "请写明年度。", "请一并写明范围。", "2026年3月20日"),
    "延期答复告知书": ("公延〔2026〕1号", "2026年3月30日", "2026年4月15日", "需要查找档案"),
    "答复书": ("公复〔2026〕1号", "已查档案室"),
}
"""Each letter, and what stands in it."""


class Life:
    """A request that got every letter; ``code`` is its applicant's."""

    def __init__(self, county, contact="云岭县甲镇一号", route="post"):
        self.county, self.agency = county, county.ids[FIRST]
        details = {"contact": contact, "route": route}
        filed = self.do(None, "file_request", FileRequest(self.agency, "natural_person", "申请人甲", "名单", details))
        self.number, self.code = filed["number"], filed["code"]

    def do(self, person, act, command, now=NOW):
        actor = CITIZEN if person is None else queries.person(person).actor
        return perform(self.county.ledgers, actor, act, command, rules=self.county.rules, now=now)

    def step(self, person, act, command, *args, now=NOW):
        return self.do(person, act, command(self.agency, self.number, self.version, *args), now)

    @property
    def version(self):
        return models.Entry.objects.filter(agency_id=self.agency, kind="request", number=self.number).count()

    def corrected_and_extended(self):
        self.step("clerk", "ask_correction", AskCorrection, "请写明年度。\n\n请一并写明范围。", date(2026, 3, 20))
        self.step("clerk", "note_correction", NoteCorrection, NOW.date(), "")
        self.step("head", "extend", Extend, 11, "需要查找档案")

    def replied(self, now=NOW):
        said = DraftReply(self.agency, self.number, 0, "R4.1", (), {"search": "已查档案室"})
        self.do("clerk", "draft_reply", said, now)
        self.step("clerk", "submit_reply", SubmitReply, now=now)
        content = models.Frozen.objects.get(number=self.number).hash
        for person, grade in (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader")):
            self.step(person, f"review_{grade}", JudgeReply, content, True, "", now=now)
        self.step("clerk", "release_reply", ReleaseReply, now=now)


def text(answer):
    assert answer.status_code == 200
    if answer["Content-Type"] == "application/pdf":
        pages = pypdfium2.PdfDocument(answer.content)
        shown = "".join(page.get_textpage().get_text_bounded() for page in pages)
    else:
        shown = "".join(each.text for each in docx.Document(BytesIO(answer.content)).paragraphs)
    return re.sub(r"\s", "", shown)


def by_label(shown, pattern):
    """What ``pattern`` finds in each moment of a timeline, by the name of its letter."""
    timeline = shown[shown.index('<ol class="timeline">') :]
    moments = re.findall(r"<li>.*?</li>", timeline, re.DOTALL)
    found = {label: re.search(pattern, each, re.DOTALL) for each in moments for label in SAID if f"<p>{label} " in each}
    return {label: each[1] for label, each in found.items()}


@pytest.fixture
def life(county):
    life = Life(county)
    life.corrected_and_extended()
    life.replied()
    return life


def test_the_desk_has_every_letter_at_its_event(life):
    client = life.county.client("clerk")
    shown = client.get(reverse("case", args=[life.number])).content.decode()
    found = by_label(shown, r'href="([^"]+)\.docx"')
    assert set(found) == set(SAID)
    for label, address in found.items():
        for format in ("docx", "pdf"):
            letter = text(client.get(f"{address}.{format}"))
            for said in SAID[label]:
                assert re.sub(r"\s", "", said) in letter, (label, format)


def test_the_desk_sees_how_far_each_letter_has_come(county):
    paper, mailed = Life(county), Life(county, contact="a@example.cn", route="email")
    paper.replied()

    def ways(life):
        shown = county.client("clerk").get(reverse("case", args=[life.number])).content.decode()
        return re.findall(r'PDF</a> <span class="quiet">([^<]+)</span>', shown)

    assert ways(paper) == ["待寄出或送达"] * 2 and ways(mailed) == ["等待发出邮件通知"]
    paper.step("clerk", "note_service", NoteService, "direct", NOW.date())
    models.Outgoing.objects.filter(number=mailed.number).update(sent=NOW)
    assert ways(paper) == ["3月2日已寄出或送达", "待寄出或送达"] and ways(mailed) == ["3月2日已发邮件通知"]


def test_the_applicant_has_the_same(life):
    client = life.county.client(None)
    asked = {"agency": life.agency, "number": life.number, "code": life.code}
    shown = client.post(reverse("track"), asked).content.decode()
    assert "<p>已答复</p>" in shown and "答复日期" in shown.split("<details")[0] and "<dd>名单</dd>" in shown
    found = by_label(shown, r'name="letter" value="(\d+)"')
    assert set(found) == set(SAID)
    for label, id in found.items():
        letter = text(client.post(reverse("own-letter"), {**asked, "letter": id, "format": "docx"}))
        for said in SAID[label]:
            assert re.sub(r"\s", "", said) in letter, label
    for wrong in ({"code": "X" * 10}, {"letter": "999"}, {"letter": "x"}):
        sent = {**asked, "letter": found["答复书"], "format": "pdf", **wrong}
        assert client.post(reverse("own-letter"), sent).status_code == 404


def test_letters_keep_the_names_that_agency_and_office_had_when_they_were_made(life):
    client, renamed = life.county.client("clerk"), {FIRST: "云岭县民生局", OFFICE: "云岭县政务办公室"}
    later = NOW + timedelta(days=1)

    def letters():
        rows = models.Outgoing.objects.order_by("id").values_list("number", "id", "letter")
        return {
            (number, letter): text(client.get(reverse("letter", args=[number, id, "pdf"])))
            for number, id, letter in rows
        }

    before, number = letters(), life.number
    assert len(before) == 4 and all(FIRST in each for each in before.values())
    for name, new in renamed.items():
        command = RenameAgency(life.county.ids[name], 1, new, later.date(), "云编发〔2026〕3号")
        perform(life.county.ledgers, machine(), "rename_agency", command, rules=life.county.rules, now=later)
    assert letters() == before and "云岭县人民政府" in before[number, "reply"]
    life.number = life.do(None, "file_request", FileRequest(life.agency, "natural_person", "申请人乙", "名单"), later)[
        "number"
    ]
    life.replied(later)
    after = letters()
    assert {key: said for key, said in after.items() if key[0] == number} == before
    for letter in ("receipt", "reply"):
        assert "云岭县民生局" in after[life.number, letter] and FIRST not in after[life.number, letter]
    assert "云岭县政务" in after[life.number, "reply"] and "云岭县人民政府" not in after[life.number, "reply"]


def test_a_letter_to_somebody_else_is_not_the_applicants(life):
    models.Outgoing.objects.filter(letter="extension").update(letter="consultation")
    asked = {"agency": life.agency, "number": life.number, "code": life.code}
    shown = life.county.client(None).post(reverse("track"), asked).content.decode()
    id = models.Outgoing.objects.get(letter="consultation").id
    assert f'value="{id}"' not in shown
    sent = {**asked, "letter": id, "format": "pdf"}
    assert life.county.client(None).post(reverse("own-letter"), sent).status_code == 404


def test_dates_of_a_year_without_its_notice_are_provisional_in_receipt_and_extension(county):
    now = datetime(2026, 12, 15, 1, tzinfo=UTC)
    filed = FileRequest(county.ids[FIRST], "natural_person", "申请人甲", "名单", {})
    life = Life.__new__(Life)
    life.county, life.agency = county, county.ids[FIRST]
    life.number = life.do(None, "file_request", filed, now)["number"]
    life.do("head", "extend", Extend(life.agency, life.number, 1, 10, "需要查找档案"), now)
    client = county.client("clerk")
    for letter, count in (("receipt", 1), ("extension", 2)):
        id = models.Outgoing.objects.get(letter=letter).id
        for format in ("docx", "pdf"):
            said = text(client.get(reverse("letter", args=[life.number, id, format])))
            assert said.count("（暂定，该年放假安排尚未公布，以国务院办公厅公布的安排为准）") == count


def test_of_erased_people_no_letter_is_made(life):
    models.Outside.objects.all().delete()
    client, id = life.county.client("clerk"), models.Outgoing.objects.get(letter="correction").id
    assert client.get(reverse("letter", args=[life.number, id, "pdf"])).status_code == 403


def outbox(county, after=""):
    return county.client("clerk").get(reverse("outbox") + after).content.decode()


def test_what_must_be_posted_is_listed_until_it_is_posted(county):
    assert "没有待寄发的文书" in outbox(county)
    life = Life(county)
    shown = outbox(county)
    assert life.number in shown and "登记回执" in shown and "不用电子邮件送达" in shown
    id = models.Outgoing.objects.get().id
    other = county.client("stranger").post(reverse("outbox"), {"letter": id})
    assert other.status_code == 403 and models.Outgoing.objects.get().sent is None
    client = county.client("clerk")
    assert client.post(reverse("outbox"), {"letter": id}).status_code == 302
    row = models.Outgoing.objects.get()
    assert (row.sent, row.posted_by_id) == (NOW, "clerk") and "没有待寄发的文书" in outbox(county)
    assert client.post(reverse("outbox"), {"letter": id}).status_code == 302  # the same button twice
    again = county.client("head").post(reverse("outbox"), {"letter": id})
    assert again.status_code == 403 and "已经寄出" in again.content.decode()


def test_what_the_list_does_not_give_to_post_is_not_noted_as_posted(county):
    life = Life(county, contact="yi@example.org", route="email")
    mail = models.Outgoing.objects.get()
    life.replied()
    reply = models.Outgoing.objects.get(letter="reply")
    models.Outgoing.objects.filter(id=reply.id).update(way="paper")
    for each in (mail, reply):
        refused = life.county.client("clerk").post(reverse("outbox"), {"letter": each.id})
        assert refused.status_code == 403 and models.Outgoing.objects.get(id=each.id).sent is None


def test_a_reply_leaves_by_the_note_of_its_service(life):
    shown = outbox(life.county)
    assert reverse("act", args=[life.number, "note_service"]) in shown
    life.step("clerk", "note_service", NoteService, "post", NOW.date())
    assert models.Outgoing.objects.get(letter="reply").posted_by_id == "clerk"
    assert "答复书</td>" not in outbox(life.county)


def test_a_reply_that_comes_back_while_it_is_mailed_waits_to_be_posted(county):
    mailed, outbox = Life(county, contact="a@example.cn", route="email"), county.ledgers.outbox
    mailed.replied()
    id = models.Outgoing.objects.get(number=mailed.number, letter="reply").id
    assert outbox.claim(id, NOW)
    mailed.step("clerk", "note_service", NoteService, "electronic", NOW.date())
    mailed.step("clerk", "note_return", NoteReturn, NOW.date())
    outbox.mailed(id, NOW)
    assert models.Outgoing.objects.filter(id=id, sent=None, way="paper").exists()


def test_a_reply_served_electronically_is_still_mailed(county):
    life = Life(county, contact="yi@example.org", route="email")
    life.replied()
    models.Outgoing.objects.update(made=NOW - timedelta(hours=25))  # the server was down for a day
    life.step("clerk", "note_service", NoteService, "electronic", NOW.date())
    assert models.Outgoing.objects.get(letter="reply").sent is None


def test_a_reply_goes_the_way_that_was_wished(county):
    ways = []
    for route in ("email", "post", "collect"):
        life = Life(county, contact="云岭县虚构路 12 号，yi@example.org", route=route)
        life.replied()
        ways.append(models.Outgoing.objects.get(letter="reply", number=life.number).way)
    assert ways == ["mail", "paper", "paper"]


def test_the_list_goes_on_where_it_ended_and_asks_as_few_queries(county):
    from tests.site.test_queries import counted

    def register():
        command = RegisterRequest(county.ids[FIRST], "fax", NOW.date(), "business", "虚构商贸有限公司", "采购合同")
        return county.do("clerk", "register_request", command)["number"]

    numbers = [register()]
    few = counted(county, "clerk", reverse("outbox"))
    numbers += [register() for _ in range(29)]
    assert counted(county, "clerk", reverse("outbox")) == few <= 8
    first = outbox(county)
    second = outbox(county, re.search(r'rel="next" href="([^"]+)"', first)[1])
    assert [number in first for number in numbers] == [True] * 25 + [False] * 5
    assert [number in second for number in numbers] == [False] * 25 + [True] * 5
