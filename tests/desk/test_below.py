"""The board of the competent office, and what it may look at below: requests without persons, published reports."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.test_reports import approve, send
from tests.site.conftest import FIRST, NOW, OFFICE, OTHER
from tests.site.publishing import Pages

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.services.ports import New
from gongkai.services.request.case import carry_on
from gongkai.store import below, queries

TODAY = NOW.date()
PART_FIVE = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"


def lay(county, name, number, received, replied=None):
    """A request with its history, as an import would bring it."""
    history = [events.Received(received, "natural_person", "fax")]
    history += [events.Replied(replied, "granted")] if replied else []
    with county.ledgers.unit() as unit:
        carry_on(unit, unit.own(county.ids[name]), number, [], history, county.rules, NOW)


def seen(county):
    actor = queries.person("overseer").actor
    return below.board(actor, county.ledgers, 2025, county.rules, TODAY)


def page(county, name, *args, person="overseer", **query):
    answer = county.client(person).get(reverse(name, args=args), query)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def publish(county, **prose):
    """The report of 2025, from its draft to the office above."""
    send(county, "clerk", "draft_report", **{"part.5": PART_FIVE, **prose})
    send(county, "clerk", "submit_report")
    approve(county)
    send(county, "head", "publish_report")


def test_an_agency_at_a_glance(county):
    lay(county, FIRST, "甲1", date(2026, 1, 5), date(2026, 1, 20))
    lay(county, FIRST, "甲2", date(2025, 10, 9), date(2025, 12, 30))  # too late
    lay(county, FIRST, "甲3", date(2026, 1, 6))  # overdue
    lay(county, FIRST, "甲4", date(2026, 1, 29))  # due in three days
    lay(county, FIRST, "甲5", date(2024, 3, 1), date(2024, 3, 12))  # long ago
    first = next(each for each in seen(county).children if each.agency.name == FIRST)
    assert (first.received, first.open, first.items) == (3, 2, 0)
    assert (first.levels["overdue"], first.levels["today"] + first.levels["urgent"]) == (1, 1)
    assert first.kept == (1, 2, 1)  # what is overdue and unanswered is late
    months = dict(seen(county).months)
    assert (months[date(2025, 10, 1)], months[date(2026, 1, 1)]) == ((0, 1, 0), (1, 1, 1))
    assert all(month > date(2025, 3, 1) - timedelta(1) for month in months)
    board = county.client("overseer").get(reverse("below")).content.decode()
    assert 'viewBox="0 0 624 136"' in board  # as wide as twelve months, however few there are


def test_the_report_and_what_the_checks_find_in_it(county):
    lay(county, FIRST, "旧1", date(2025, 3, 3), date(2025, 3, 20))
    assert [each.stand.reviewed for each in seen(county).children] == [False, False]
    wrong = "（二）依申请公开。本年新收政府信息公开申请7件，上年结转0件，本年办结1件，结转下年度0件。"
    publish(county, **{"part.1": wrong})
    first = next(each for each in seen(county).children if each.agency.name == FIRST)
    assert first.stand.published_on == TODAY and first.stand.submitted_on is None
    (finding,) = [each for each in first.findings if each.rule.id == "text-mismatch"]
    assert finding.cell == "requests/new/total"
    # From the board the child is one click away, the cell two.
    report = reverse("below-report", args=[county.ids[FIRST], 2025])
    cell = f"{reverse('below-cell', args=[county.ids[FIRST], 2025])}?cell={finding.cell}"
    assert report in page(county, "below") and cell in page(county, "below-report", county.ids[FIRST], 2025)
    shown = page(county, "below-cell", county.ids[FIRST], 2025, cell=finding.cell)
    assert "写的是 7" in shown and reverse("below-case", args=[county.ids[FIRST], "旧1"]) in shown
    assert "已公布，未报送" in page(county, "below")
    send(county, "head", "submit_above")
    assert "3月2日迟报" in page(county, "below")


def test_a_late_entry_does_not_move_what_a_published_figure_counts(county):
    lay(county, FIRST, "旧1", date(2025, 3, 3), date(2025, 3, 20))
    publish(county)
    lay(county, FIRST, "旧2", date(2025, 5, 6), date(2025, 5, 20))
    shown = page(county, "below-cell", county.ids[FIRST], 2025, cell="requests/new/total")
    assert "旧1" in shown and "旧2" not in shown


def test_a_request_is_looked_at_without_its_person(county):
    number = county.file()["number"]
    county.draft(number)
    shown = page(county, "below-case", county.ids[FIRST], number)
    assert "低保名单" in shown and "期限是怎么算的" in shown
    for hidden in ("申请人甲", "yi@example.org", "已查档案室", reverse("act", args=[number, "extend"])):
        assert hidden not in shown
    assert "申请人甲" in page(county, "case", number, person="clerk")
    assert page(county, "below-case", county.ids[FIRST], "2026-9999") == 404


@pytest.mark.parametrize("name", ["below-agency", "below-case"])
def test_nobody_looks_where_they_are_not_above(county, name):
    number = county.file(OTHER)["number"]
    args = [county.ids[OTHER], *([number] if name == "below-case" else [])]
    assert page(county, name, *args, person="head") == 403
    assert page(county, name, *args) != 403
    own = [county.ids[OFFICE], *args[1:]]
    assert page(county, name, *own) == 404
    actor = queries.person("overseer").actor._replace(agency=county.ids[FIRST])
    with pytest.raises(Exception, match="other-agency"):
        queries.open_requests(actor, county.ledgers, county.rules, TODAY, county.ids[OTHER])


def test_the_board_asks_as_often_however_much_there_is(county):
    def asked():
        client = county.client("overseer")
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("below")).status_code == 200
        return len(found)

    lay(county, FIRST, "旧1", date(2025, 3, 3), date(2025, 3, 20))
    publish(county)
    few = asked()
    for count in range(20):
        lay(county, OTHER, f"乙{count}", date(2026, 1, 5) + timedelta(count))
    with county.ledgers.unit() as unit:
        for count in range(5):
            agency = unit.agency(f"云岭县第{count}局")
            placed = events.AgencyPlaced(TODAY, county.ids[OFFICE])
            unit.append(agency, [New(Thing("agency", agency.id), placed, NOW)])
    assert asked() == few <= 8


def test_the_demonstration_is_entered_by_its_address(county, monkeypatch):
    from gongkai.site import wiring

    client = county.client(None)
    answer = client.get(reverse("demonstration"), follow=True)
    assert answer.redirect_chain == [(reverse("below"), 302)] and FIRST in answer.content.decode()
    spoken = county.client(None).get(reverse("demonstration"), {"lang": "en"}, follow=True).content.decode()
    assert '<html lang="en"' in spoken
    real = wiring.web()._replace(demo=False)
    monkeypatch.setattr(wiring, "web", lambda: real)
    other = county.client(None)
    assert other.get(reverse("demonstration")).status_code == 404
    assert other.get(reverse("below")).status_code == 302


def test_the_office_above_reads_how_a_request_ended(county):
    lay(county, FIRST, "甲1", date(2026, 1, 5), date(2026, 1, 20))
    lay(county, FIRST, "甲2", date(2026, 1, 6))
    assert "（一）予以公开" in page(county, "below-case", county.ids[FIRST], "甲1")
    assert "办理结果" not in page(county, "below-case", county.ids[FIRST], "甲2")


def test_what_was_withdrawn_is_no_longer_counted_as_published(county):
    """今年公开 counts what was published this year and is still public."""
    pages = Pages(county)
    number, _ = pages.published(), pages.published(title="另一份办法")
    first = next(each for each in seen(county).children if each.agency.name == FIRST)
    assert first.items == 2
    pages.act("publisher", number, "withdraw_item", reason="含有个人信息")
    first = next(each for each in seen(county).children if each.agency.name == FIRST)
    assert first.items == 1 and pages.get("agency").content.decode().count("另一份办法") > 0
