"""The annual report through its pages: from the record to the portal and the office above."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OFFICE

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
    send(desk, "clerk", "submit_report")
    approve(desk)
    assert page(desk, None, "public-report", desk.ids[FIRST], YEAR)[0] == 404
    send(desk, "head", "publish_report")
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
    board = page(desk, "overseer", "below")[1]
    assert board.count("未完成") == 3  # one agency has not published, and neither has submitted
    send(desk, "head", "submit_above")
    assert page(desk, "overseer", "below")[1].count("未完成") == 2


def test_what_moves_after_publication_is_said(desk):
    send(desk, "clerk", "draft_report", **{"part.5": PART_FIVE})
    send(desk, "clerk", "submit_report")
    approve(desk)
    send(desk, "head", "publish_report")
    assert "公布之后台账又有变化" not in page(desk, "clerk", "report", YEAR)[1]
    late = events.Received(date(2025, 12, 30), "business", "fax")
    with desk.ledgers.unit() as unit:
        unit.append(unit.own(desk.ids[FIRST]), [New(Thing("request", "旧2"), late, NOW)])
    assert "公布之后台账又有变化" in page(desk, "clerk", "report", YEAR)[1]
    answer = desk.client(None).get(reverse("public-report-file", args=[desk.ids[FIRST], YEAR, "html"]))
    assert answer.status_code == 200


@pytest.mark.parametrize("year", ["2007", "2027", "abcd", "20255"])
def test_a_year_that_cannot_be(desk, year):
    assert page(desk, "clerk", "report", year)[0] == 404


def test_the_board_is_the_competent_offices(desk):
    assert page(desk, "clerk", "below")[0] == 403
    assert OFFICE in page(desk, "overseer", "below")[1]
