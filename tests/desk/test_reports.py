"""The annual report through its pages: from the record to the portal and the office above."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OFFICE
from tests.site.publishing import Pages

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.documents.read.report import read_report
from gongkai.services.ports import New

YEAR = "2025"
PART_FIVE = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"
REVIEWERS = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


@pytest.fixture
def desk(county):
    """The county, whose first agency had one request in 2025, and its pages."""
    told = [events.Received(date(2025, 3, 3), "natural_person", "fax"), events.Replied(date(2025, 3, 20), "granted")]
    with county.ledgers.unit() as unit:
        unit.append(unit.own(county.ids[FIRST]), [New(Thing("request", "旧1"), event, NOW) for event in told])
    return county


def page(county, person, name, *args):
    answer = county.client(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def send(county, person, act, expected=302, **fields):
    """The form of a step as it is shown, filled in and sent."""
    client, address = county.client(person), reverse("report-act", args=[YEAR, act])
    shown = client.get(address).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    texts = dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\n?(.*?)</textarea>', shown, re.DOTALL))
    answer = client.post(address, {**hidden, **texts, **fields})
    assert answer.status_code == expected, answer.content.decode()
    return answer.content.decode()


def approve(county):
    for person, grade in REVIEWERS:
        send(county, person, f"review_report_{grade}", verdict="approved")


def test_from_the_record_to_the_office_above(desk, tmp_path):
    assert page(desk, "clerk", "reports")[1].count("编制 2025 年度报告") == 1
    status, shown = page(desk, "clerk", "report", YEAR)
    assert status == 200 and reverse("report-cell", args=[YEAR]) in shown
    client = desk.client("clerk")
    cell = client.get(reverse("report-cell", args=[YEAR]), {"cell": "requests/new/total"}).content.decode()
    assert reverse("case", args=["旧1"]) in cell
    client.post(reverse("log"), {"kind": "training", "on": "2025-09-06", "text": "业务培训"})
    send(desk, "clerk", "draft_report", 422)
    send(desk, "clerk", "draft_report", **{"part.5": PART_FIVE})
    assert "组织培训1次" in page(desk, "clerk", "report", YEAR)[1]
    assert "<td>未送审</td>" in page(desk, "clerk", "reports")[1]
    send(desk, "clerk", "submit_report")
    assert "<td>科室审核</td>" in page(desk, "clerk", "reports")[1]
    approve(desk)
    assert "<td>审核通过</td>" in page(desk, "clerk", "reports")[1]
    assert page(desk, None, "public-report", desk.ids[FIRST], YEAR)[0] == 404
    assert "第二部分：台账中没有" in page(desk, "leader", "report", YEAR)[1]
    send(desk, "head", "publish_report")
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "已公布（2026年3月2日（周一）），未报送" in shown and "第二部分：台账中没有" not in shown
    status, shown = page(desk, None, "public-report", desk.ids[FIRST], YEAR)
    assert status == 200 and "组织培训1次" in shown
    own = page(desk, None, "agency", desk.ids[FIRST])[1]
    assert reverse("public-report", args=[desk.ids[FIRST], YEAR]) in own
    for format in ("docx", "pdf", "html", "xlsx"):
        answer = desk.client(None).get(reverse("public-report-file", args=[desk.ids[FIRST], YEAR, format]))
        path = tmp_path / f"report.{format}"
        path.write_bytes(answer.content)
        report = read_report(path)
        assert (report.agency, report.year, report.value("requests/granted/total")) == (FIRST, 2025, 1)
    assert "已公布，未报送" in page(desk, "overseer", "below")[1]
    assert "待报送主管部门" in page(desk, "head", "desk")[1] and "待报送主管部门" not in page(desk, "clerk", "desk")[1]
    send(desk, "head", "submit_above")
    assert "已报送" in page(desk, "overseer", "below")[1] and "待报送主管部门" not in page(desk, "head", "desk")[1]


def test_what_changes_under_review_is_said_to_author_and_reviewers(desk):
    send(desk, "clerk", "draft_report", **{"part.5": PART_FIVE})
    send(desk, "clerk", "submit_report")
    changed = "送审以后，文字或者数字又有变化"
    assert changed not in page(desk, "clerk", "report", YEAR)[1]
    send(desk, "clerk", "draft_report", **{"part.5": PART_FIVE + "再充实。"})
    assert changed in page(desk, "clerk", "report", YEAR)[1]
    shown = page(desk, "head", "report-act", YEAR, "review_report_section")[1]
    assert changed in shown and "再充实" not in shown
    send(desk, "clerk", "submit_report")
    assert changed not in page(desk, "head", "report-act", YEAR, "review_report_section")[1]


def publish(county):
    send(county, "clerk", "draft_report", **{"part.5": PART_FIVE})
    send(county, "clerk", "submit_report")
    approve(county)
    send(county, "head", "publish_report")


def add(county, number, *told, kind="request"):
    with county.ledgers.unit() as unit:
        unit.append(unit.own(county.ids[FIRST]), [New(Thing(kind, number), event, NOW) for event in told])


def figure(shown, cell):
    return shown.split(f'id="cell-{cell.replace("/", "-")}"')[1].split("</td>")[0]


def test_what_moves_after_publication_is_explained_and_the_report_stays(desk):
    publish(desk)
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "公布之后台账又有变化" not in shown
    status, told = page(desk, "clerk", "report-differences", YEAR)
    assert status == 200 and "台账的数与公布的数相同" in told and "与公布的数完全相同" in told
    add(desk, "旧2", events.Received(date(2025, 12, 30), "business", "fax"))
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "公布之后台账又有变化" in shown and reverse("report-differences", args=[YEAR]) in shown
    assert ">1</a>" in figure(shown, "requests/new/total")  # what was published stands
    told = page(desk, "clerk", "report-differences", YEAR)[1]
    assert "旧2 2025年12月30日（周二）：收到申请（2026年3月2日（周一）登记）" in told
    assert told.count(reverse("case", args=["旧2"])) == 4 and "与公布的数完全相同" in told
    public = page(desk, None, "public-report", desk.ids[FIRST], YEAR)[1]
    assert figure(public, "requests/new/total").endswith('class="figure">1')  # no link to anybody's case
    cell = desk.client("clerk").get(reverse("report-cell", args=[YEAR]), {"cell": "requests/new/total"})
    assert "旧2" not in cell.content.decode()  # what was published counted one


def test_findings_stand_beside_the_text_and_lead_to_their_places(desk):
    send(desk, "clerk", "draft_report", **{"part.1": "全年新收政府信息公开申请9件。", "part.5": PART_FIVE})
    shown = page(desk, "clerk", "report", YEAR)[1]
    places = {piece.split('"')[0] for piece in shown.split('href="#')[1:]} - {"main"}
    assert places and all(f'id="{place}"' in shown for place in places)
    assert "全年新收政府信息公开申请9件" in shown.split("<mark ")[1]
    assert figure(shown, "requests/new/total").count("警告") == 1  # the cell that the sentence contradicts
    send(desk, "clerk", "submit_report")
    judged = desk.client("head").get(reverse("report-act", args=[YEAR, "review_report_section"])).content.decode()
    assert "全年新收政府信息公开申请9件" in judged.split("<mark ")[1]


def test_a_sum_that_fails_is_said_in_words(desk, monkeypatch):
    import json

    from gongkai.store import reports

    true = reports.as_json
    monkeypatch.setattr(
        reports, "as_json", lambda filled: json.dumps({**json.loads(true(filled)), "requests/new/total": 5})
    )
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "错误 1" in figure(shown, "requests/new/total")
    assert "算式：1（自然人）＝1，表中为 5" in shown


def test_last_year_on_demand(desk):
    client = desk.client("clerk")
    assert "没有上年的报告" in page(desk, "clerk", "report", YEAR)[1]
    add(
        desk,
        "旧3",
        *(events.Received(date(2024, 5, 6), "business", "fax"), events.Replied(date(2024, 5, 20), "granted")),
    )
    assert "上年 " not in page(desk, "clerk", "report", YEAR)[1]
    shown = client.get(reverse("report", args=[YEAR]), {"compare": "1"}).content.decode()
    assert "与台账里上年的数相比" in shown
    assert "上年 1" in figure(shown, "requests/new/business")
    assert "上年 " not in figure(shown, "requests/new/total")  # the same in both years
    assert "上年 0" in figure(shown, "requests/new/natural_person")
    publish(desk)
    later = client.get(reverse("report", args=["2026"]), {"compare": "1"}).content.decode()
    assert "与上年公布的报告相比" in later and "上年 1" in figure(later, "requests/new/total")


def test_what_is_denied_for_want_of_a_record_is_said_before_publication(desk):
    send(desk, "clerk", "draft_report", **{"part.5": PART_FIVE})
    assert page(desk, "clerk", "report", YEAR)[1].count("只因为工作台账里没有") == 2
    assert "只因为工作台账里没有" in page(desk, "clerk", "report-act", YEAR, "submit_report")[1]
    desk.client("clerk").post(reverse("log"), {"kind": "training", "on": "2025-09-06", "text": "业务培训"})
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert (shown.count("只因为工作台账里没有"), shown.count("工作台账里已有这方面的记录")) == (1, 1)
    overview = "（四）平台建设。网站改版一次。\n（五）监督保障。召开专题会议一次。"
    send(desk, "clerk", "draft_report", **{"part.1": overview, "part.5": PART_FIVE})
    assert "只因为工作台账里没有" not in page(desk, "clerk", "report", YEAR)[1]


def test_figures_of_part_two_open_to_their_entries(desk):
    add(desk, "办法1", events.DocumentMade(date(2025, 4, 1), "normative_documents"), kind="documents")
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "第二部分：台账中没有" not in shown
    assert "?cell=art20/normative_documents/made" in figure(shown, "art20/normative_documents/made")
    cell = desk.client("clerk").get(reverse("report-cell", args=[YEAR]), {"cell": "art20/normative_documents/made"})
    assert "制定文件" in cell.content.decode() and "2025年4月1日" in cell.content.decode()


def test_a_document_that_was_published_opens_from_part_two(desk):
    number = Pages(desk).published(made_on="2025-12-30")
    shown = page(desk, "clerk", "report", YEAR)[1]
    assert "第二部分：台账中没有" not in shown
    asked = {"cell": "art20/normative_documents/made"}
    cell = desk.client("clerk").get(reverse("report-cell", args=[YEAR]), asked).content.decode()
    assert f'href="{reverse("desk-item", args=[number])}"' in cell and "2025年12月30日" in cell


def test_a_suggestion_names_its_records(desk):
    desk.client("clerk").post(reverse("log"), {"kind": "training", "on": "2025-09-06", "text": "业务培训"})
    shown = page(desk, "clerk", "report-act", YEAR, "draft_report")[1]
    told = shown.split("总体情况的建议各由哪些记录得出")[1].split("</details>")[0]
    assert "（五）监督保障。本年组织培训1次。" in told and "2025-001 2025年9月6日（周六） 培训" in told
    assert "?cell=requests/new/total" in told and "没有这一方面的记录，请核对并补写" in told


def test_pages_of_the_report_speak_english(desk):
    publish(desk)
    add(desk, "旧2", events.Received(date(2025, 12, 30), "business", "fax"))
    client = desk.client("head")
    client.cookies["lang"] = "en"
    for name, *args in (("report", YEAR), ("report-differences", YEAR), ("report-act", YEAR, "draft_report")):
        shown = client.get(reverse(name, args=args), {"compare": "1"}).content.decode()
        assert not re.search(
            r"\b(?:report|printed|compare|meanwhile|desk|terminal)\.[a-z]", shown.replace("report.css", "")
        )
    assert (
        "the receipt (recorded Monday, 2 March 2026)"
        in client.get(reverse("report-differences", args=[YEAR])).content.decode()
    )


@pytest.mark.parametrize("year", ["2007", "2027", "abcd", "20255"])
def test_a_year_that_cannot_be(desk, year):
    assert page(desk, "clerk", "report", year)[0] == 404


def test_the_board_is_the_competent_offices(desk):
    assert page(desk, "clerk", "below")[0] == 403
    assert OFFICE in page(desk, "overseer", "below")[1]
