"""我的工作 and 审核: what there is to do, by whom, how much of each, whatever the length of the lists."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site.conftest import FIRST, NOW
from tests.site.publishing import Pages

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import Submitted
from gongkai.pages.language import written
from gongkai.services.publish.draft import SubmitItem
from gongkai.services.publish.release import WithdrawItem
from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep
from gongkai.services.request.case import carry_on
from gongkai.services.request.correction import AskCorrection
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteService, ReleaseReply, SubmitReply
from gongkai.store import models, queries, work

TODAY = NOW.date()
REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


class Desk:
    """Requests of the first agency, brought as far as a test wants them."""

    def __init__(self, county):
        self.county, self.id = county, county.ids[FIRST]

    def version(self, number):
        return len(self.history(number))

    def history(self, number):
        return self.county.ledgers.history(self.county.ledgers.agency(FIRST), Thing("request", number))

    def draft(self, number, version=0, person="clerk", search="已查档案室"):
        self.county.do(person, "draft_reply", DraftReply(self.id, number, version, "R4.1", (), {"search": search}))

    def submit(self, number, person="clerk"):
        self.county.do(person, "submit_reply", SubmitReply(self.id, number, self.version(number)))

    def judge(self, number, person, grade, approved=True):
        content = [each.event.content for each in self.history(number) if isinstance(each.event, Submitted)][-1]
        told = (self.id, number, self.version(number), content, approved, "请改")
        self.county.do(person, f"review_{grade}", JudgeReply(*told))

    def approved(self):
        number = self.county.file()["number"]
        self.draft(number)
        self.submit(number)
        for person, grade in REVIEWERS:
            self.judge(number, person, grade)
        return number

    def release(self, number):
        self.county.do("clerk", "release_reply", ReleaseReply(self.id, number, self.version(number)))

    def lay(self, number, *history):
        """A request as a register brings it."""
        with self.county.ledgers.unit() as unit:
            carry_on(unit, unit.own(self.id), number, [], history, self.county.rules, NOW)

    def received(self, number, on, *history):
        self.lay(number, events.Received(on, "natural_person", "fax"), *history)

    def page(self, person, address="desk", **query):
        answer = self.county.client(person).get(reverse(address), query)
        assert answer.status_code == 200
        return answer

    def table(self, person, address="desk", **query):
        """The rows of the page's table: the texts of their cells."""
        table = self.page(person, address, **query).context["table"]
        return [[cell.text for cell in row] for row in table.rows] if table else []

    def tiles(self, person):
        return {tile.label: tile.number for tile in self.page(person).context["tiles"]}


@pytest.fixture
def desk(county):
    return Desk(county)


def test_each_request_says_its_next_act_and_in_whose_hands_it_is(desk):
    fresh, drafted, section = (desk.county.file()["number"] for _ in range(3))
    for number in (drafted, section):
        desk.draft(number)
    desk.submit(section)
    secrecy, back, mended = (desk.county.file()["number"] for _ in range(3))
    for number, approved in ((secrecy, True), (back, False), (mended, False)):
        desk.draft(number)
        desk.submit(number)
        desk.judge(number, "head", "section", approved)
    desk.draft(mended, 1, search="已查档案室和业务系统")
    approved, moved, gone = (desk.approved() for _ in range(3))
    desk.draft(moved, 1, search="又查一遍")
    desk.release(gone)
    asked = desk.county.file()["number"]
    desk.county.do("clerk", "ask_correction", AskCorrection(desk.id, asked, 1, "哪一年", TODAY + timedelta(15)))
    consulted = events.ConsultationSent(date(2026, 2, 27), "third_party", "甲")
    desk.received("函1", date(2026, 2, 26), consulted)
    assert {number: (act, hand) for number, _, _, act, _, hand in desk.table("clerk")} == {
        fresh: ("起草答复", "经办人"),
        drafted: ("送审", "经办人"),
        section: ("科室审核", "科室审核"),
        secrecy: ("保密审查", "保密审查"),
        back: ("起草答复", "经办人（已退回）"),
        mended: ("送审", "经办人（已退回）"),
        approved: ("发出答复", "经办人"),
        moved: ("送审", "经办人"),
        gone: ("登记送达", "经办人（待登记送达）"),
        asked: ("登记收到补正", "申请人（等补正）"),
        "函1": ("起草答复", "第三方（等意见）"),
    }


def test_a_reply_that_went_out_is_work_until_its_service_is_noted(desk):
    number = desk.approved()
    desk.release(number)
    assert desk.tiles("clerk")["待登记送达"] == 1
    ((shown, *_, due, _),) = desk.table("clerk", show="service")
    assert (shown, due) == (number, "2026年3月2日（周一）已答复")
    desk.received("旧1", date(2025, 3, 3), events.Replied(date(2025, 3, 20), "granted"))  # from a register: long done
    assert desk.tiles("clerk")["待登记送达"] == 1
    service = NoteService(desk.id, number, desk.version(number), "post", TODAY)
    desk.county.do("clerk", "note_service", service)
    assert desk.tiles("clerk")["待登记送达"] == 0 and desk.table("clerk") == []


def test_what_a_tile_counts_its_list_shows(desk):
    for count in range(60):
        desk.received(f"信{count}", date(2026, 1, 20) + timedelta(count % 40))
    for _ in range(3):
        number = desk.county.file()["number"]
        desk.county.do("clerk", "ask_correction", AskCorrection(desk.id, number, 1, "哪一年", TODAY + timedelta(15)))
    desk.received("函1", date(2026, 2, 26), events.ConsultationSent(date(2026, 2, 27), "third_party", "甲"))
    desk.release(desk.approved())
    actor, web = queries.person("clerk").actor, desk.county.web
    counts = work.counts(actor, web.rules, TODAY)
    assert counts["all"] == 65 and min(counts[name] for name in counts if name != "fee") > 0
    listed = {}
    for name in work.SHOWN:
        listed[name], place = [], work.FIRST
        while place is not None:
            found = work.work(actor, web.ledgers, web.rules, TODAY, name, place)
            listed[name] += found.rows
            place = found.after
    assert {name: len({row.number for row in rows}) for name, rows in listed.items()} == counts
    assert {name: len(rows) for name, rows in listed.items()} == counts  # no page tells what another told
    levels = [row.risk.level for row in listed["all"] if row.awaits != "service"]
    assert counts["overdue"] == levels.count("overdue")
    assert counts["near"] == levels.count("today") + levels.count("urgent")
    urgent = [row for row in listed["all"] if row.risk.days_left is not None]
    assert [row.due_on for row in urgent] == sorted(row.due_on for row in urgent)


def test_a_list_goes_on_where_it_ended(desk):
    for count in range(27):
        desk.received(f"信,{count:02}", date(2026, 2, 20))
    first = desk.page("clerk")
    assert len(desk.table("clerk")) == 25
    rest = desk.county.client("clerk").get(reverse("desk") + first.context["next_url"])
    assert [row[0].text for row in rest.context["table"].rows] == ["信,25", "信,26"] and not rest.context["next_url"]
    for nonsense in ("x", "0,2026-02-30,2026-02-20,信", "9" * 5000, "0,,,", f"{9 * 10**19},2026-02-20,2026-02-20,信"):
        assert len(desk.table("clerk", show="all", after=nonsense)) == 25
    assert len(desk.table("clerk", show="nothing of the kind")) == 25


def test_what_waits_for_my_review_is_of_every_kind_and_never_my_own(desk):
    county, number = desk.county, desk.county.file()["number"]
    desk.draft(number, person="head")
    desk.submit(number, person="head")
    assert desk.tiles("head")["待我审核"] == 0  # who drafted it, though the grade is theirs
    desk.draft(number, 1, "clerk", "又查一遍")
    desk.submit(number)
    assert desk.tiles("head")["待我审核"] == 0  # still of their writing
    other, item = county.file()["number"], county.item()["number"]
    desk.draft(other)
    desk.submit(other)
    county.do("clerk", "submit_item", SubmitItem(desk.id, item, 0))
    prose = {"opening": "根据《条例》编制。", "part.1": "一", "part.5": "五", "part.6": "六"}
    county.do("clerk", "draft_report", DraftReport(desk.id, "2025", 0, prose))
    county.do("clerk", "submit_report", ReportStep(desk.id, "2025", 0))
    assert [row[:4] for row in desk.table("head", "reviews")] == [
        [other, "申请答复", "低保名单", "科室审核"],
        [item, "主动公开", "养老服务规划", "科室审核"],
        ["2025", "年度报告", "2025 年度报告", "科室审核"],
    ]
    shown = desk.page("head")
    assert "审核 3" in shown.content.decode() and desk.tiles("head")["待我审核"] == 3
    for row in desk.page("head", "reviews").context["table"].rows:
        assert 'name="verdict"' in county.client("head").get(row[0].url).content.decode()
    for person in ("secrecy", "leader"):
        assert desk.table(person, "reviews") == [] and "待我审核" in desk.tiles(person)
    assert "待我审核" not in desk.tiles("clerk") and desk.table("clerk", "reviews") == []
    desk.judge(other, "head", "section")
    assert [row[0] for row in desk.table("secrecy", "reviews")] == [other]
    assert desk.tiles("head")["待我审核"] == 2


def further(county, person):
    """What the first page of the desk gives somebody to take further."""
    shown = county.client(person).get(reverse("desk")).context["further"]
    return [[cell.text for cell in row] for row in shown.rows] if shown else []


def test_what_review_has_ended_for_waits_for_whoever_takes_it_further(county):
    pages = Pages(county)
    approved, returned = pages.draft(title="待发布的"), pages.draft(title="退回的")
    pages.reviewed(approved)
    pages.act("clerk", returned, "submit_item")
    pages.act("head", returned, "review_item_section", verdict="returned", remark="请改")

    assert further(county, "publisher") == [[approved, "待发布的", "审核通过，待发布"]]
    assert further(county, "clerk") == [[returned, "退回的", "已退回，修改后重新送审"]]
    assert further(county, "secrecy") == []
    models.Holding.objects.create(person_id="clerk", role="publisher")
    assert [row[0] for row in further(county, "clerk")] == [returned]  # nobody publishes their own
    pages.act("publisher", approved, "publish_item")
    assert further(county, "publisher") == []


def test_an_item_that_was_changed_after_its_review_is_submitted_anew(county):
    pages = Pages(county)
    approved, returned = pages.draft(title="甲"), pages.draft(title="乙")
    pages.reviewed(approved)
    pages.act("clerk", returned, "submit_item")
    pages.act("head", returned, "review_item_section", verdict="returned", remark="请改")
    for number, title in ((approved, "甲改"), (returned, "乙改")):
        pages.act("clerk", number, "draft_item", column="normative_documents", title=title, text="改", validity="valid")

    again = "审核后有修改，重新送审"
    assert further(county, "clerk") == [[approved, "甲", again], [returned, "乙", again]]
    assert further(county, "publisher") == []
    pages.act("clerk", approved, "submit_item")
    assert [row[0] for row in further(county, "clerk")] == [returned]


def test_a_report_that_was_changed_after_its_review_is_submitted_anew(desk):
    prose = {"opening": "根据《条例》编制。", "part.1": "一", "part.5": "五", "part.6": "六"}
    desk.county.do("clerk", "draft_report", DraftReport(desk.id, "2025", 0, prose))
    desk.county.do("clerk", "submit_report", ReportStep(desk.id, "2025", 0))
    history = desk.county.ledgers.history(desk.county.ledgers.agency(FIRST), Thing("report", "2025"))
    for count, (person, grade) in enumerate(REVIEWERS, 1):
        judged = JudgeReport(desk.id, "2025", count, history[0].event.content, True, "")
        desk.county.do(person, f"review_report_{grade}", judged)
    assert [row[2] for row in further(desk.county, "publisher")] == ["审核通过，待发布"]
    desk.county.do("clerk", "draft_report", DraftReport(desk.id, "2025", 1, {**prose, "part.1": "改"}))
    assert further(desk.county, "publisher") == []
    assert [row[2] for row in further(desk.county, "clerk")] == ["审核后有修改，重新送审"]


def test_a_row_that_opens_no_more_is_told_with_what_to_do(desk):
    desk.county.file()
    models.Outside.objects.update(sealed=b"x")
    shown = desk.county.client("clerk").get(reverse("desk"))
    assert shown.status_code == 503 and "gongkai doctor" in shown.content.decode()


@pytest.mark.parametrize("number", ["甲/extend", "甲/answer", "甲%2Fextend", "..", ".", "a/b/c", "50%", "？#& 甲"])
def test_whatever_a_number_is_its_address_leads_to_it(desk, number):
    desk.received("甲", date(2026, 2, 20))
    desk.received(number, date(2026, 2, 20))
    rows = desk.page("clerk").context["table"].rows
    (url,) = [row[0].url for row in rows if row[0].text == number]
    for each in (url, reverse("case", args=[number])):
        shown = desk.county.client("clerk").get(each)
        assert shown.status_code == 200 and shown.context["seen"].number == number
    assert desk.county.client("clerk").get("/desk/cases/a%2500/").status_code == 404


def test_what_is_taken_further_goes_on_where_its_list_ended(county, monkeypatch):
    monkeypatch.setattr(work, "LIMIT", 2)
    pages = Pages(county)
    numbers = [pages.draft(title=f"题{count}") for count in range(3)]
    for number in numbers:
        pages.act("clerk", number, "submit_item")
        pages.act("head", number, "review_item_section", verdict="returned", remark="请改")
    shown = county.client("clerk").get(reverse("desk")).context
    assert [row[0].text for row in shown["further"].rows] == numbers[:2]
    rest = county.client("clerk").get(reverse("desk") + shown["beyond_url"]).context
    assert [row[0].text for row in rest["further"].rows] == numbers[2:] and not rest["beyond_url"]
    assert county.client("clerk").get(reverse("desk") + "?beyond=x").context["beyond_url"]


def test_nobody_is_given_their_own_report_to_publish(desk):
    prose = {"opening": "根据《条例》编制。", "part.1": "一", "part.5": "五", "part.6": "六"}
    desk.county.do("clerk", "draft_report", DraftReport(desk.id, "2025", 0, prose))
    desk.county.do("clerk", "submit_report", ReportStep(desk.id, "2025", 0))
    agency = desk.county.ledgers.agency(FIRST)
    for count, (person, grade) in enumerate(REVIEWERS, 1):
        history = desk.county.ledgers.history(agency, Thing("report", "2025"))
        judged = JudgeReport(desk.id, "2025", count, history[0].event.content, True, "")
        desk.county.do(person, f"review_report_{grade}", judged)
    models.Holding.objects.create(person_id="clerk", role="publisher")
    assert desk.page("clerk").context["further"] is None
    ((_, title, state),) = desk.page("publisher").context["further"].rows
    assert (title.text, state.text) == ("2025 年度报告", "审核通过，待发布")


def test_what_is_withdrawn_or_out_waits_for_nobody(county):
    pages = Pages(county)
    number = pages.published()
    pages.act("clerk", number, "draft_item", column="normative_documents", title="另题", text="更正", validity="valid")
    pages.act("clerk", number, "submit_item")
    head = queries.person("head").actor
    assert work.to_review(head) == 1
    version = len(county.ledgers.history(pages.agency, Thing("item", number)))
    county.do("publisher", "withdraw_item", WithdrawItem(pages.id, number, version, "有误"))
    assert work.to_review(head) == 0


@pytest.mark.parametrize("person", ["clerk", "head"])
def test_the_page_asks_as_often_however_much_there_is(desk, person):
    def asked(address):
        client = desk.county.client(person)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(address)).status_code == 200
        return len(found)

    def more(count):
        for _ in range(count):
            desk.approved()
            number = desk.county.file()["number"]
            desk.draft(number)
            desk.submit(number)
            desk.release(desk.approved())

    more(1)
    few = asked("desk"), asked("reviews")
    more(9)
    assert (asked("desk"), asked("reviews")) == few
    assert max(few) <= 8


def test_other_acts_are_those_that_somebody_would_look_for(desk):
    def told(person, number):
        shown = desk.county.client(person).get(reverse("case", args=[number])).context
        return {each["label"]: each["why_not"] and written(each["why_not"]) for each in shown["others"]}

    number = desk.county.file()["number"]
    assert told("clerk", number) == {"告知补正": None, "送审": "还没有起草答复。", "发出答复": "还没有送审。"}
    assert told("leader", number) == {"领导签发": "还没有送审。"}
    desk.draft(number)
    case, other = reverse("case", args=[number]), reverse("answer", args=[number])
    assert other in desk.county.client("clerk").get(case).content.decode()
    assert other not in desk.county.client("leader").get(case).content.decode()
    desk.submit(number)
    desk.judge(number, "head", "section")
    assert told("head", number)["科室审核"] == "科室审核已经完成，现在轮到保密审查。"
    assert told("clerk", number)["发出答复"] == "正在审核，现在轮到保密审查。"
    desk.judge(number, "secrecy", "secrecy", approved=False)
    assert told("leader", number) == {"领导签发": "已经退回，改稿并重新送审之后再审。"}
    closed = desk.approved()
    desk.release(closed)
    assert told("clerk", closed) == told("leader", closed) == {}
    desk.received("旧1", date(2025, 12, 1))
    assert told("head", "旧1")["延期答复"].endswith("届满，不能再延期。请尽快答复。")


def test_nothing_is_chosen_before_somebody_chooses(desk):
    number, clerk = desk.county.file()["number"], desk.county.client("clerk")
    for address, field in ((reverse("item-new"), "column"), (reverse("answer", args=[number]), "answer")):
        shown = clerk.get(address).content.decode()
        assert '<option value="">请选择</option>' in shown.replace(" selected", "")
        sent = {"title": "规划", "text": "正文", "version": "0", "validity": "valid", field: ""}
        answer = clerk.post(address, sent) if field == "column" else clerk.get(address, {field: ""})
        assert answer.status_code == 422 and answer.context["form"].errors[field] == ["请选择其中一项。"]


@pytest.mark.parametrize(
    ("act", "button"), [("draft_reply/?answer=R4.1", "保存答复稿"), ("ask_correction/", "发出补正告知书")]
)
def test_a_button_says_what_it_does(desk, act, button):
    number = desk.county.file()["number"]
    shown = desk.county.client("clerk").get(f"{reverse('case', args=[number])}{act}").content.decode()
    assert f'<button class="button">{button}</button>' in shown
