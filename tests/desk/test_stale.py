"""A form that others overtook says what they did, keeps what was typed, and approves nothing that was not shown."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse
from tests.desk.pages import Opened, changes

from gongkai.store import models


@pytest.fixture
def number(county):
    number = county.file()["number"]
    county.draft(number)
    return number


def test_a_draft_that_others_changed_shows_what_they_changed_beside_what_was_typed(county, number):
    mine = Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1")
    Opened(county, "head", "act", number, "draft_reply", answer="R4.1").send(search="已查档案室和系统")
    Opened(county, "head", "act", number, "draft_reply", answer="R4.1").send(search="已查档案室和业务系统")
    answer = mine.send(409, search="我写的话")
    text = answer.content.decode()
    assert changes(text) == [("ins", "和业务系统")]  # from what was open to what stands, over two versions
    assert text.index("我写的话") < text.index("<ins>") and "别人对“" in text
    form = answer.context["form"]
    assert (form["version"].value(), form["search"].value()) == ("3", "我写的话")
    mine.fields["version"] = form["version"].value()
    mine.send(search="我写的话")


def test_a_first_draft_that_another_wrote_meanwhile_is_shown(county):
    number = county.file()["number"]
    mine = Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1")
    Opened(county, "head", "act", number, "draft_reply", answer="R4.1").send(search="已查档案室")
    text = mine.send(409, search="我写的话").content.decode()
    assert ("ins", "已查档案室") in changes(text) and "我写的话" in text


def test_another_answer_chosen_meanwhile_is_said_too(county, number):
    mine = Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1")
    other = Opened(county, "head", "act", number, "draft_reply")
    other.fields["answer"] = "R2"
    other.send(information="见附件")
    found = changes(mine.send(409, search="我写的话").content.decode())
    assert ("ins", "见附件") in found and ("del", "已查档案室") in found
    assert ("ins", "R2 予以公开") in found  # an answer is called by its name
    assert any(said.startswith("R4.1 ") for kind, said in found if kind == "del")


def test_an_item_is_compared_field_by_field(county):
    number = county.item()["number"]
    mine = Opened(county, "clerk", "item-act", number, "draft_item")
    Opened(county, "head", "item-act", number, "draft_item").send(title="养老服务发展规划", column="budget")
    text = mine.send(409, text="我写的正文").content.decode()
    assert ("ins", "发展") in changes(text) and "我写的正文" in text
    column = text.split("别人对“栏目”的改动")[1].split("</section>")[0]
    assert changes(column)[-1][1] not in ("plans", "budget")  # columns are called by their names
    assert "别人对“正文”" not in text


def test_a_report_is_compared_part_by_part(county):
    first = Opened(county, "clerk", "report-act", "2025", "draft_report")
    first.send(**{"part.5": "问题。改进情况：无。"})
    mine = Opened(county, "clerk", "report-act", "2025", "draft_report")
    Opened(county, "head", "report-act", "2025", "draft_report").send(**{"part.5": "主要问题。改进情况：无。"})
    assert changes(mine.send(409).content.decode()) == [("ins", "主要")]


def test_an_act_says_what_happened_meanwhile_and_judges_only_what_is_shown(county, number):
    Opened(county, "clerk", "act", number, "submit_reply").send()
    mine = Opened(county, "head", "act", number, "review_section")
    Opened(county, "head", "act", number, "review_section").send(verdict="returned", remark="请改")
    Opened(county, "clerk", "act", number, "draft_reply", answer="R4.1").send(search="已查业务系统")
    Opened(county, "clerk", "act", number, "submit_reply").send()
    answer = mine.send(409, verdict="approved", remark="同意发出")
    text = answer.content.decode()
    happened = text.split("您打开之后发生的事")[1].split("</ol>")[0]
    assert happened.count("<li>") == 2 and "科室审核" in happened and "退回" in happened and "clerk" in happened
    form = answer.context["form"]
    assert form["remark"].value() == "同意发出" and form["verdict"].value() is None
    assert ("ins", "业务系统") in changes(text)
    again = {field.name: field.value() for field in form if field.value() is not None}
    assert mine.client.post(mine.address, again).status_code == 422  # nothing was chosen for what is shown now
    assert mine.client.post(mine.address, {**again, "verdict": "approved"}).status_code == 302


def test_earlier_versions_are_sealed_and_go_with_their_draft(county, number):
    Opened(county, "head", "act", number, "draft_reply", answer="R4.1").send(search="绝密的话")
    Opened(county, "head", "act", number, "draft_reply", answer="R4.1").send(search="别的话")
    rows = list(models.DraftVersion.objects.filter(draft__number=number).order_by("version"))
    assert [row.version for row in rows] == [1, 2]
    assert all("绝密的话".encode() not in bytes(row.sealed) for row in rows)
    models.Draft.objects.filter(number=number).delete()
    assert not models.DraftVersion.objects.exists()


def test_what_was_typed_is_shown_where_the_session_has_ended(county):
    address = reverse("item-new")
    form = {
        "title": "规划",
        "text": "第一行\n<b>第二行</b>",
        "summary": "two words",
        "column": "plans",
        "on": "2026-03-05",
        "key": "k-00001",
        "csrfmiddlewaretoken": "t",
    }
    sent = urlencode(form)
    answer = county.client(None).post(address, sent, content_type="application/x-www-form-urlencoded")
    shown = answer.content.decode()
    assert answer.status_code == 403 and "no-store" in answer["Cache-Control"]
    assert "第一行\n&lt;b&gt;第二行&lt;/b&gt;</textarea>" in shown and "规划" in shown and "two words" in shown
    assert not any(f">\n{form[name]}</textarea>" in shown for name in ("column", "on", "key"))
    assert f"{reverse('enter')}?next={quote(address, safe='')}" in shown
    assert not models.Draft.objects.exists()


def test_what_was_sent_gone_back_to_and_changed_is_another_submission(county):
    clerk, address = county.client("clerk"), reverse("item-new")
    form = {"column": "plans", "title": "规划", "text": "正文", "validity": "valid", "version": "0", "key": "k-00001"}
    assert clerk.post(address, form).status_code == 302
    refused = clerk.post(address, {**form, "title": "又一规划"})
    key = re.search(r'name="key" value="([^"]+)"', refused.content.decode())[1]
    assert refused.status_code == 422 and "又一规划" in refused.content.decode()
    assert clerk.post(address, {**form, "title": "又一规划", "key": key}).status_code == 302
    assert models.Draft.objects.count() == 2
