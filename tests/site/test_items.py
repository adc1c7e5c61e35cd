"""Items on the pages of portal and desk: public only after release, gone after withdrawal, few queries."""

import re
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OTHER
from tests.site.publishing import FIELDS, TITLE

from gongkai.services.agency.founding import RenameAgency
from gongkai.services.perform import perform
from gongkai.services.ports import machine
from gongkai.store import models, reports


def everywhere(pages, number):
    """The statuses and the text of every public page on which an item might stand."""
    seen = [
        pages.get("agency"),
        pages.get("column", "items"),
        pages.get("column", "normative_documents"),
        pages.get("search", q="养老服务"),
        pages.get("item", number),
        pages.get("item-version", number, 1),
    ]
    texts = [re.sub("</?mark>", "", each.content.decode()) for each in seen]
    return [each.status_code for each in seen], [TITLE in text for text in texts]


def test_an_item_on_every_page_from_draft_to_withdrawal(pages):
    number = pages.draft()
    assert everywhere(pages, number) == ([200, 200, 200, 200, 404, 404], [False] * 6)
    pages.reviewed(number)
    assert everywhere(pages, number) == ([200, 200, 200, 200, 404, 404], [False] * 6)
    desk = pages.county.client("publisher").get(reverse("desk-item", args=[number]))
    assert desk.context["next_act"]["label"] == "发布"
    pages.act("publisher", number, "publish_item")
    assert everywhere(pages, number) == ([200] * 6, [True] * 6)
    page = pages.get("item", number).content.decode()
    for said in ("2026-00001", "云民发〔2026〕1号", FIRST, "2026年2月27日（周五）", "2026年3月2日（周一）", "有效"):
        assert said in page, said
    assert "第一条　为了规范 补贴的发放" in page and "alert" not in page
    pages.act("publisher", number, "withdraw_item", reason="含有个人信息")
    assert everywhere(pages, number) == ([200, 200, 200, 200, 410, 410], [False] * 6)
    assert "含有个人信息" not in pages.get("item", number).content.decode()
    assert TITLE in pages.county.client("clerk").get(reverse("items")).content.decode()


def test_a_correction_lists_the_earlier_version(pages):
    number = pages.published()
    pages.act("clerk", number, "draft_item", **{**FIELDS, "text": "更正后的内容"})
    pages.reviewed(number)
    assert "更正后" not in pages.get("item", number).content.decode()
    pages.act("publisher", number, "correct_item")
    page = pages.get("item", number).content.decode()
    assert "更正后的内容" in page and reverse("item-version", args=[pages.id, number, 1]) in page
    old = pages.get("item-version", number, 1).content.decode()
    assert "第一条" in old and "已被更正" in old and reverse("item", args=[pages.id, number]) in old
    assert pages.get("item-version", number, 3).status_code == 404


def test_what_cannot_be_done_is_said_and_nothing_typed_is_lost(pages):
    number = pages.draft()
    client = pages.county.client("publisher")
    page = client.get(reverse("item-act", args=[number, "publish_item"])).content.decode()
    assert "还没有送审" in page and '<form method="post" novalidate>' not in page
    assert pages.county.client("clerk").get(reverse("item-act", args=[number, "publish_item"])).status_code == 403
    assert pages.county.client("clerk").get(reverse("item-act", args=[number, "extend"])).status_code == 404
    assert pages.county.client("stranger").get(reverse("desk-item", args=[number])).status_code == 404
    clerk = pages.county.client("clerk")
    sent = {**FIELDS, "version": "0", "text": "我的改动"}
    stale = clerk.post(reverse("item-act", args=[number, "draft_item"]), sent)
    assert stale.status_code == 409 and "我的改动" in stale.content.decode()
    assert stale.context["form"]["version"].value() == "1"
    wrong = clerk.post(reverse("item-new"), {**FIELDS, "version": "0", "made_on": "2026-03-05", "title": ""})
    assert wrong.status_code == 422 and not models.Item.objects.exists()
    late = clerk.post(reverse("item-new"), {**FIELDS, "version": "0", "made_on": "2026-03-05"})
    assert late.status_code == 422 and "在今天" in late.content.decode()


def test_an_address_that_is_none_is_no_crash(pages):
    pages.published()
    for asked in ("nonsense", "2026-03-02", "2026-03-02,\0,\0", "9999-99-99,1,1", "2026-03-02,2026-00001"):
        assert pages.get("column", "items", after=asked).status_code == 200
        assert pages.get("search", q="补贴\0", after=asked, agency="\0x").status_code == 200
    assert pages.get("column", "gossip").status_code == 404
    assert pages.get("search", q="x" * 5000).status_code == 200
    assert pages.county.client("clerk").get(reverse("items"), {"after": "x"}).status_code == 200


def test_the_search_names_the_agencies_and_what_it_found(pages):
    number = pages.published()
    page = pages.get("search", q="补贴 办法")
    assert FIRST in page.content.decode() and "为了规范" in page.content.decode()
    assert pages.get("search", q="补贴", agency=pages.county.ids[OTHER]).context["listed"].rows == ()
    assert [row.number for row in page.context["listed"].rows] == [number]
    assert "没有找到" in pages.get("search", q="航天").content.decode()


def test_pages_speak_english(pages):
    number = pages.published()
    pages.visitor.cookies["lang"] = "en"
    clerk = pages.county.client("clerk")
    clerk.cookies["lang"] = "en"
    for page, said in (
        (pages.get("agency"), "Published by law"),
        (pages.get("column", "items"), "Normative documents (1)"),
        (pages.get("search", q="补贴"), "1 found, the newest first"),
        (pages.get("item", number), "Index number"),
        (clerk.get(reverse("items")), "Normative documents"),
        (clerk.get(reverse("item-new")), "Document number"),
        (clerk.get(reverse("desk-item", args=[number])), "secrecy review: approved"),
    ):
        text = page.content.decode()
        assert said in text
        assert not re.search(r"\b(?:item|search|desk|act|grade)\.[a-z_]+", text)


def test_the_page_of_an_agency_tells_its_former_names_and_an_item_who_published_it(pages):
    number = pages.published()
    assert "原名" not in pages.get("agency").content.decode()
    names = ("云岭县民生局", "云岭县民政和民生局")
    for count, (version, name) in enumerate(zip((1, 3), names, strict=True), 1):
        now = NOW + timedelta(days=count)
        command = RenameAgency(pages.id, version, name, now.date(), f"云编发〔2026〕{count}号")
        perform(pages.county.ledgers, machine(), "rename_agency", command, rules=pages.county.rules, now=now)
    page = pages.get("agency").content.decode()
    told = [
        f"原名：{names[0]}，2026年3月4日（周三）更名 · 云编发〔2026〕2号",
        f"原名：{FIRST}，2026年3月3日（周二）更名 · 云编发〔2026〕1号",
    ]
    assert re.findall("原名[^<]*", page) == told and f"<h1>{names[1]}</h1>" in page
    assert f"<dd>{FIRST}</dd>" in pages.get("item", number).content.decode()


def counted(client, address, **asked):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address, asked).status_code == 200
    return len(found)


def test_the_number_of_queries_does_not_depend_on_how_much_there_is(pages):
    number = pages.published()
    clerk = pages.county.client("clerk")
    asked = {
        reverse("agency", args=[pages.id]): 8,
        reverse("column", args=[pages.id, "items"]): 8,
        reverse("search") + "?q=补贴": 8,
        reverse("items"): 8,
        reverse("item", args=[pages.id, number]): 10,
        reverse("desk-item", args=[number]): 10,
    }
    few = {address: counted(clerk, address) for address in asked}
    assert all(count <= asked[address] for address, count in few.items()), few
    for count in range(30):
        pages.county.item(f"规划{count}")
    for count in range(7):
        pages.published(title=f"补贴{count}", column="plans" if count % 2 else "normative_documents")
    pages.act("clerk", number, "draft_item", **{**FIELDS, "text": "更正后的内容"})
    pages.reviewed(number)
    pages.act("publisher", number, "correct_item")
    assert {address: counted(clerk, address) for address in asked} == few


def test_the_search_narrows_and_marks(pages):
    pages.published()
    pages.published(title="补贴标准<b>", column="plans", text="补贴调整", validity="expired")
    page = pages.get("search", q="补贴")
    text = page.content.decode()
    assert "共 2 条，最新公开的在前" in text and "<mark>补贴</mark>标准" in text and "<b>" not in text
    assert [[link.label for link in each.choices] for each in page.context["filters"]] == [
        ["全部（2）", "行政规范性文件（1）", "规划计划（1）"],
        ["全部（2）", "有效（1）", "失效（1）"],
    ]
    narrowed = pages.get("search", q="补贴", validity="expired")
    assert [row.column for row in narrowed.context["listed"].rows] == ["plans"] and "失效" in narrowed.content.decode()
    (left,) = narrowed.context["filters"]  # all that was found stands in one column: nothing is narrowed by it
    assert {link.label: link.here for link in left.choices} == {
        "全部（2）": False,
        "有效（1）": False,
        "失效（1）": True,
    }
    none = pages.get("search", q="补贴", column="gossip", validity="x")
    assert none.status_code == 200 and not none.context["listed"].rows


def test_the_column_of_reports_leads_to_the_years(pages, monkeypatch):
    assert "还没有发布年度报告" in pages.get("column", "reports").content.decode()
    year = reports.Year("2025", date(2026, 1, 20), None, "0")
    monkeypatch.setattr(reports, "published", lambda agency: [year])
    for page in (pages.get("column", "reports"), pages.get("agency")):
        assert reverse("public-report", args=[pages.id, 2025]) in page.content.decode()
    asked = pages.county.client("clerk").get(reverse("item-new")).content.decode()
    assert 'value="reports"' not in asked and 'value="guide"' in asked


def test_an_agency_leads_to_its_obligatory_columns_from_every_page(pages):
    number = pages.published()
    for page in (pages.get("agency"), pages.get("item", number), pages.get("column", "plans"), pages.get("filing")):
        for column in ("guide", "rules", "items", "reports"):
            assert reverse("column", args=[pages.id, column]) in page.content.decode()
        assert reverse("filing", args=[pages.id]) in page.content.decode()
