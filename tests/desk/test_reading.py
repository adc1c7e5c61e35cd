"""A reviewer sees what changed since the version read before, the hash that the approval covers, and what it covers."""

import pytest
from tests.desk.pages import Opened, changes
from tests.site.conftest import FIRST, NOW

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.services.ports import New

GRADES = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


@pytest.fixture
def number(county):
    number = county.file()["number"]
    county.draft(number)
    Opened(county, "clerk", "act", number, "submit_reply").send()
    return number


def history(county, kind, number):
    agency = next(each for each in county.ledgers.agencies() if each.name == FIRST)
    return [entry.event for entry in county.ledgers.history(agency, Thing(kind, number))]


def test_nothing_is_marked_where_nothing_was_submitted_before(county, number):
    text = Opened(county, "head", "act", number, "review_section").text
    assert "以前没有送审过别的版本" in text and changes(text) == []
    assert "已查档案室" in text


def test_whoever_submits_or_releases_a_reply_reads_what_will_leave(county, number):
    other = county.file()["number"]
    county.draft(other)
    assert "已查档案室" in Opened(county, "clerk", "act", other, "submit_reply").text
    for person, grade in GRADES:
        Opened(county, person, "act", number, f"review_{grade}").send(verdict="approved")
    shown = Opened(county, "clerk", "act", number, "release_reply").text
    assert "已查档案室" in shown and '<div class="letter">' in shown


def test_a_reply_that_was_returned_shows_its_changes_in_the_letter(county, number):
    Opened(county, "head", "act", number, "review_section").send(verdict="returned", remark="请写明系统")
    Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1").send(search="已查档案室和业务系统")
    Opened(county, "clerk", "act", number, "submit_reply").send()
    text = Opened(county, "head", "act", number, "review_section").text
    assert changes(text) == [("ins", "和业务系统")]
    assert "自2026年3月2日（周一）送审的版本以来的改动" in text
    hash = history(county, "request", number)[-1].content
    assert f"{hash[:12]}…" in text and "审核意见针对的内容" in text
    assert "答复类型" in text or "答复" in text.split("审核意见针对的内容")[1]


def test_what_nobody_read_is_passed_over(county, number):
    """The reviewer read the first version; the second came and went unread."""
    Opened(county, "head", "act", number, "review_section").send(verdict="returned", remark="请改")
    for said in ("已查乙系统", "已查档案室和丙系统"):
        Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1").send(search=said)
        Opened(county, "clerk", "act", number, "submit_reply").send()
    text = Opened(county, "head", "act", number, "review_section").text
    assert changes(text) == [("ins", "和丙系统")]


def test_a_correction_is_read_against_what_is_public(county):
    number = county.item()["number"]

    def reviewed():
        Opened(county, "clerk", "item-act", number, "submit_item").send()
        for person, grade in GRADES:
            page = Opened(county, person, "item-act", number, f"review_item_{grade}")
            page.send(verdict="approved")
        return page.text

    assert changes(reviewed()) == []
    Opened(county, "publisher", "item-act", number, "publish_item").send()
    draft = Opened(county, "clerk", "item-act", number, "draft_item")
    draft.send(title="养老服务发展规划", text="正文\n\n附则一段", document="云民发〔2026〕3号")
    text = reviewed()
    assert "与现在公开的版本（2026年3月2日（周一））不同之处" in text
    assert changes(text) == [("ins", "发展"), ("ins", "云民发〔2026〕3号"), ("ins", "附则一段")]
    assert "标题、栏目、文号、有效性、正文" in text
    text = Opened(county, "publisher", "item-act", number, "correct_item").text
    assert len(changes(text)) == 3


def test_pages_of_review_speak_english(county, number):
    Opened(county, "head", "act", number, "review_section").send(verdict="returned", remark="x")
    Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1").send(search="已查业务系统")
    Opened(county, "clerk", "act", number, "submit_reply").send()
    client = county.client("head")
    client.cookies["lang"] = "en"
    text = client.get(f"/desk/cases/{number}/review_section/").content.decode()
    assert "Marked is what changed since the version submitted on Monday, 2 March 2026" in text
    assert "What the approval covers" in text and "taken out: " in text and "put in: " in text


def test_a_report_shows_changed_prose_and_figures(county):
    year = "2025"
    Opened(county, "clerk", "report-act", year, "draft_report").send(**{"part.5": "问题是深度不够。改进情况：充实。"})
    Opened(county, "clerk", "report-act", year, "submit_report").send()
    page = Opened(county, "head", "report-act", year, "review_report_section")
    assert changes(page.text) == [] and "以前没有送审过" in page.text
    page.send(verdict="returned", remark="漏了一件")
    late = events.Received(NOW.date().replace(year=2025), "business", "fax")
    with county.ledgers.unit() as unit:
        unit.append(unit.own(county.ids[FIRST]), [New(Thing("request", "旧2"), late, NOW)])
    Opened(county, "clerk", "report-act", year, "draft_report").send(
        **{"part.5": "问题是深度不够。改进情况：逐项充实。"}
    )
    Opened(county, "clerk", "report-act", year, "submit_report").send()
    text = Opened(county, "head", "report-act", year, "review_report_section").text
    cell = text.split('id="cell-requests-new-total"')[1].split("</td>")[0]
    assert changes(cell) == [("del", "0"), ("ins", "1")]
    assert ("ins", "逐项") in changes(text)
    assert "引言、一、总体情况、五、存在的主要问题及改进情况、六、其他需要报告的事项、各表的数字" in text
