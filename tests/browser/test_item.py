"""An item lived in the browser: drafted from a paste, reviewed, published by another, found, corrected, withdrawn."""

import re

import pytest
from tests.browser.conftest import enter, heading, sound

AGENCY = "云岭县文化和旅游局"
TITLE = "云岭县图书馆开放时间的通知"
REVIEWERS = (("科室负责人", "section"), ("保密审查", "secrecy"), ("分管领导", "leader"))


def act(page, served, number, name, **fields):
    """An act on its page, and back at the item."""
    page.goto(f"{served.url}/desk/items/{number}/{name}/")
    for label, value in fields.items():
        field = page.locator(f"[name={label}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[name={label}][value={value}]").check()
        else:
            field.fill(value)
    page.locator("main form button").click()
    page.wait_for_url(f"**/desk/items/{number}/")


def reviewed(chromium, served, clerk, number):
    act(clerk, served, number, "submit_item")
    for role, grade in REVIEWERS:
        act(enter(chromium, served, AGENCY, role), served, number, f"review_item_{grade}", verdict="approved")


def found(page, served, word):
    """What the search at the top of the page finds."""
    page.goto(served.url)
    page.get_by_label("找已公开的信息").fill(word)
    page.get_by_role("button", name="搜索").click()
    assert heading(page) == "找已公开的信息"
    return page.locator("main").inner_text()


@pytest.mark.once
@pytest.mark.parametrize(("width", "lang"), [(1280, "zh-hans"), (390, "en")])
def test_every_page_of_items_is_sound(served, chromium, width, lang):
    clerk = enter(chromium, served, "云岭县民政局", "经办人")
    clerk.set_viewport_size({"width": width, "height": 844})
    clerk.context.add_cookies([{"name": "lang", "value": lang, "url": served.url}])
    clerk.goto(f"{served.url}/search/?q=云岭县")
    assert clerk.locator("main li time").count() > 5
    sound(clerk, width)
    clerk.get_by_role("link", name="云岭县养老服务补贴发放办法").click()
    sound(clerk, width)
    clerk.locator("main > p > a").click()
    sound(clerk, width)
    for link in ("1", "5"):
        clerk.locator(f".site-nav li:nth-child({link}) a").click()
        sound(clerk, width)
    clerk.goto(f"{served.url}/search/?q=nothing")
    sound(clerk, width)
    for address in ("items", "items/new", "items/new/from-file", "errors"):
        clerk.goto(f"{served.url}/desk/{address}/")
        sound(clerk, width)
    clerk.goto(f"{served.url}/desk/items/")
    clerk.get_by_role("link", name=re.compile(r"^D\d{4}-\d{5}$")).first.click()
    sound(clerk, width)
    item = clerk.url
    for act in ("draft_item", "attach_files", "submit_item"):
        clerk.goto(f"{item}{act}/")
        sound(clerk, width)


@pytest.mark.once
def test_an_item_lived_by_those_who_do_it(served, chromium):
    citizen = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    clerk = enter(chromium, served, AGENCY, "经办人")
    clerk.get_by_role("link", name="主动公开").click()
    clerk.get_by_role("link", name="起草信息").click()
    form = clerk.locator("main form")
    form.get_by_label("栏目").select_option(label="机关职能")
    form.get_by_label("标题").fill(TITLE)
    form.get_by_label("文号").fill("云文旅〔2026〕8号")
    form.get_by_label("成文日期").fill("2026-02-27")
    form.get_by_label("正文").fill(
        "<p>一、县图书馆每日&nbsp;8时至20时开放。</p><script>alert(1)</script><p>二、周一闭馆。</p>"
    )
    form.get_by_role("button", name="保存稿件").click()
    clerk.wait_for_url("**/desk/items/D2026-*/")
    number = clerk.url.rstrip("/").rpartition("/")[2]
    assert heading(clerk) == TITLE and "alert" not in clerk.locator("main").inner_text()
    assert clerk.locator("aside a.button").inner_text() == "送审"
    assert "没有找到" in found(citizen, served, "图书馆")
    clerk.get_by_role("link", name="附件").click()
    clerk.get_by_label("添加文件").set_input_files({"name": "区位图.pdf", "mimeType": "", "buffer": b"%PDF-1.7 map"})
    clerk.get_by_role("button", name="保存附件").click()
    clerk.wait_for_url(f"**/desk/items/{number}/")
    reviewed(chromium, served, clerk, number)
    publisher = enter(chromium, served, AGENCY, "信息发布员")
    publisher.goto(f"{served.url}/desk/items/")
    publisher.get_by_role("link", name=number).click()
    publisher.locator("aside a.button").click()
    assert "8时至20时" in publisher.locator("main").inner_text()
    publisher.get_by_role("button", name="发布").click()
    publisher.wait_for_url(f"**/desk/items/{number}/")
    assert "已公开" in publisher.locator("main").inner_text()

    assert "图书馆" in found(citizen, served, "图书馆")
    citizen.get_by_role("link", name=TITLE).click()
    page = citizen.locator("main").inner_text()
    for said in (
        "索引号\n2026-0000",
        "区位图.pdf",
        "云文旅〔2026〕8号",
        AGENCY,
        "2026年2月27日",
        "2026年3月2日",
        "有效",
        "二、周一闭馆。",
    ):
        assert said in page, said
    address = citizen.url
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name="区位图.pdf").click()
    assert download.value.suggested_filename == "区位图.pdf" and download.value.path().read_bytes() == b"%PDF-1.7 map"
    citizen.get_by_text("此件有误？纠错").click()
    citizen.get_by_label("错在哪里").fill("周一闭馆应为周二")
    citizen.get_by_role("button", name="提交纠错").click()
    assert "已收到" in citizen.locator("main").inner_text()
    publisher.goto(f"{served.url}/desk/errors/")
    publisher.locator("tbody a").first.click()
    publisher.get_by_label("处理情况").fill("属实，已更正")
    publisher.get_by_role("button", name="办结").click()
    publisher.wait_for_url("**/desk/errors/")
    assert "没有未办结" in publisher.locator("main").inner_text()
    citizen.goto(address)

    served.set("2026-03-04T10:00:00+08:00")
    act(clerk, served, number, "draft_item", text="一、县图书馆每日 8时至21时开放。\n\n二、周一闭馆。")
    reviewed(chromium, served, clerk, number)
    act(publisher, served, number, "correct_item")
    citizen.reload()
    assert "8时至21时" in citizen.locator("main").inner_text()
    citizen.get_by_role("link", name="第 1 版").click()
    assert "8时至20时" in citizen.locator("main").inner_text() and "已被更正" in citizen.locator("main").inner_text()

    act(publisher, served, number, "withdraw_item", reason="开放时间另行通知")
    assert "已撤回" in publisher.locator("main").inner_text()
    assert citizen.goto(address).status == 410
    assert heading(citizen) == "这条信息已撤回" and "图书馆" not in citizen.locator("main").inner_text()
    assert citizen.goto(f"{address}versions/1/").status == 410
    assert "没有找到" in found(citizen, served, "图书馆")
    assert "台账完整" in served.run("ledger", "verify")
