"""A request lived in the browser as the persons would: filed, corrected, answered, reviewed, released, followed."""

import re

import docx
import pypdfium2
import pytest
from tests.browser.conftest import enter, heading, sound
from tests.browser.persons import fill, leads

from gongkai.api.schemas import EXAMPLE

AGENCY = "云岭县水务局"


def filed(browser, served):
    """A citizen files a request; its number and code."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(served.url)
    page.get_by_role("link", name=AGENCY, exact=True).click()
    page.get_by_role("link", name="申请公开信息").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("公民").check()
    page.get_by_label("姓名或者名称").fill("申请人甲")
    page.get_by_label("身份证明").fill("虚构证件")
    page.get_by_label("联系方式").fill("yi@example.org")
    page.get_by_label("联系方式").press("Enter")  # goes on, and switches nothing
    page.get_by_label("所需信息的名称").fill("2025 年河道整治工程的中标公告")
    leads(page.get_by_role("button", name="下一步"))
    assert "申请人甲" in page.locator("main").inner_text()
    leads(page.get_by_role("button", name="更改 要什么信息"))
    assert "河道整治" in page.get_by_label("所需信息的名称").input_value()
    page.get_by_role("button", name="下一步").click()
    leads(page.get_by_role("button", name="提交申请"))
    assert heading(page) == "已收到您的申请"
    number, code = page.locator("dl.summary strong").all_inner_texts()
    return page, number, code


def follow(page, served, number, code):
    page.goto(f"{served.url}/track/")
    page.get_by_label("机关").select_option(label=AGENCY)
    page.get_by_label("登记编号").fill(number)
    page.get_by_label("查询码").fill(code)
    leads(page.get_by_role("button", name="查询"))
    return page.locator("main").inner_text()


def do(page, served, number, act, **fields):
    """An act on its page, and back at the case."""
    page.goto(f"{served.url}/desk/cases/{number}/{act}/")
    fill(page.locator("main"), **fields)
    page.locator("main form button").click()
    page.wait_for_url(f"**/desk/cases/{number}/")


def draft(page, served, number, text):
    """A reply that the information does not exist."""
    page.goto(f"{served.url}/desk/cases/{number}/draft_reply/")
    page.locator("[name=answer]").select_option("R4.1")
    leads(page.get_by_role("button", name="下一步"))
    page.locator("[name=search]").fill(text)
    page.locator("main form button").click()
    page.wait_for_url(f"**/desk/cases/{number}/")


def test_a_request_lived_by_those_who_do_it(served, chromium):
    served.set("2026-03-04T11:00:00+08:00")
    citizen, number, code = filed(chromium, served)
    assert "2026年4月1日（周三）" in citizen.locator("main").inner_text()
    clerk = enter(chromium, served, AGENCY, "经办人")
    assert number in clerk.locator("main").inner_text()
    clerk.get_by_role("link", name=number).click()
    clerk.get_by_role("link", name="起草答复").first.wait_for()
    served.set("2026-03-05T10:00:00+08:00")
    do(clerk, served, number, "ask_correction", items="请写明是哪一段河道。", until="2026-03-20")
    assert "现在没有" in follow(citizen, served, number, code) or "没有答复期限" in citizen.locator("main").inner_text()
    served.set("2026-03-09T10:00:00+08:00")
    do(clerk, served, number, "note_correction", on="2026-03-09", text="东段")
    assert "东段" in clerk.locator("main").inner_text()
    text = "已在档案室和业务系统中检索"
    draft(clerk, served, number, text)
    clerk.goto(f"{served.url}/desk/cases/{number}/release_reply/")
    assert "还没有送审" in clerk.locator("main").inner_text() and not clerk.locator("main form").count()
    do(clerk, served, number, "submit_reply")
    for role, grade in (("科室负责人", "section"), ("保密审查", "secrecy"), ("分管领导", "leader")):
        reviewer = enter(chromium, served, AGENCY, role)
        reviewer.get_by_role("link", name=number).click()
        leads(reviewer.locator("aside a.button"))
        assert text in reviewer.locator("main").inner_text()
        do(reviewer, served, number, f"review_{grade}", verdict="approved")
    do(clerk, served, number, "release_reply")
    assert "已答复" in clerk.locator("main").inner_text()
    do(clerk, served, number, "note_service", method="electronic", on="2026-03-09")
    seen = follow(citizen, served, number, code)
    assert text in seen and "审核" not in seen
    for letter in ("登记回执", "补正告知书", "答复书"):
        for name, kind in (("PDF", b"%PDF"), ("DOCX", b"PK")):
            with citizen.expect_download() as download:
                citizen.get_by_role("button", name=f"{letter} {name}").click()
            assert download.value.path().read_bytes().startswith(kind)
    assert "没有找到" in follow(citizen, served, number, "WRONGCODE2")
    assert "台账完整" in served.run("ledger", "verify")


@pytest.mark.once
def test_a_letter_that_must_be_posted_is_downloaded_and_leaves_the_list(served, chromium):
    served.set("2026-03-09T11:00:00+08:00")
    _, number, _ = filed(chromium, served)
    served.set("2026-03-10T10:30:00+08:00")
    clerk = enter(chromium, served, AGENCY, "经办人")
    clerk.get_by_role("link", name="发件").click()
    assert number not in clerk.locator("main").inner_text()
    served.set("2026-03-10T11:30:00+08:00")
    clerk.reload()
    sound(clerk, 1280)
    assert "邮件一天没有发出" in clerk.locator("tr", has_text=number).inner_text()
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name=f"{number} 登记回执 PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    clerk.get_by_role("button", name=f"{number} 的登记回执已寄出").click()
    clerk.wait_for_load_state()
    assert number not in clerk.locator("main").inner_text()


def test_a_stale_form_loses_nothing(served, chromium):
    served.set("2026-03-10T12:00:00+08:00")
    _, number, _ = filed(chromium, served)
    first, second = (enter(chromium, served, AGENCY, "经办人") for _ in range(2))
    for page in (first, second):
        page.goto(f"{served.url}/desk/cases/{number}/draft_reply/?answer=R4.1")
    first.locator("[name=search]").fill("第一份")
    leads(first.locator("main form button"))
    second.locator("[name=search]").fill("第二份")
    leads(second.locator("main form button"))
    assert "别人已经改过" in second.locator("main").inner_text()
    assert second.locator("[name=search]").input_value() == "第二份"
    second.locator("main form button").click()
    second.wait_for_url(f"**/desk/cases/{number}/")
    assert "第二份" in second.locator("main").inner_text()


PROVISIONAL = re.compile(r"2027年\d+月\d+日(?:（周.）)?[\s\S]{0,12}暂|暂定答复期限\s*2027年")
"""How a date is told that reaches a year whose notice of holidays is not out."""


def receipts(citizen):
    """The text of the receipt, as each of its files has it."""
    for name in ("PDF", "DOCX"):
        with citizen.expect_download() as download:
            citizen.get_by_role("button", name=name).click()
        path = download.value.path()
        if name == "PDF":
            yield "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
        else:
            yield "".join(paragraph.text for paragraph in docx.Document(path).paragraphs)


def registered(clerk, now):
    """A letter that came in today; its number."""
    leads(clerk.get_by_role("link", name="登记申请").first)
    form = clerk.locator("main form")
    form.get_by_label("申请方式").select_option(label="当面")
    form.get_by_label("收到日期").fill(now[:10])
    form.get_by_label("申请人类别").select_option(label="公民")
    form.get_by_label("姓名或者名称").fill("申请人乙")
    form.get_by_label("申请内容").fill("2026 年水库除险加固工程的批复")
    leads(form.get_by_role("button", name="登记"))
    return heading(clerk)


@pytest.mark.once
@pytest.mark.parametrize("now", ["2026-12-15T10:00:00+08:00", "2026-12-31T23:50:00+08:00", "2027-01-02T10:00:00+08:00"])
def test_a_year_whose_notice_is_not_known_gives_a_provisional_date_everywhere(served, chromium, now):
    served.set(now)
    citizen, number, code = filed(chromium, served)
    assert PROVISIONAL.search(citizen.locator("main").inner_text())
    for paper in receipts(citizen):
        assert PROVISIONAL.search(paper.replace("\r\n", "")) and now[:10] not in paper, paper
    assert PROVISIONAL.search(follow(citizen, served, number, code))
    requests = f"{served.url}/api/v1/requests"
    told = citizen.request.post(requests, data=EXAMPLE, headers={"Idempotency-Key": f"provisional {now}"}).json()
    seen = citizen.request.get(f"{requests}/{told['number']}", headers={"X-Query-Code": told["code"]}).json()
    for answer in (told, seen):
        assert answer["due_on"] is None and answer["provisional_on"].startswith("2027-")
    clerk = enter(chromium, served, AGENCY, "经办人")
    assert PROVISIONAL.search(clerk.locator("tr", has_text=number).inner_text())
    letter = registered(clerk, now)
    for case in (letter, number):
        leads(clerk.get_by_role("link", name="我的工作"))
        leads(clerk.get_by_role("link", name=case))
        assert PROVISIONAL.search(clerk.locator("aside").inner_text())
    draft(clerk, served, number, "已在档案室和业务系统中检索。")
    do(clerk, served, number, "submit_reply")
    for role, grade in (("科室负责人", "section"), ("保密审查", "secrecy"), ("分管领导", "leader")):
        reviewer = enter(chromium, served, AGENCY, role)
        do(reviewer, served, number, f"review_{grade}", verdict="approved")
    do(clerk, served, number, "release_reply")
    assert "已答复" in clerk.locator("main").inner_text()
