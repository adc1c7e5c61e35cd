"""A real installation from its first command to a clerk's act: enrolled by the link, signed in again, at work."""

import time
from base64 import b32decode

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from tests.browser.conftest import Served, heading, sound

AGENCY, PASSWORD = "云岭县民政局", "山高水长-云岭-2026"


@pytest.fixture
def real(tmp_path):
    """An installation that is no demonstration, with one agency."""
    served = Served(tmp_path, "", "2026-03-02T10:00:00+08:00")
    served.run("agency", "add", AGENCY)
    with served.serving():
        yield served


def fill(page, **fields):
    for name, value in fields.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main form button").last.click()


@pytest.mark.once
def test_enrolled_signed_in_and_at_work(real, chromium):
    said = real.run("person", "add", "周某", "--agency", AGENCY, "--login", "zhou", "--role", "clerk", "head")
    link = real.url + "/desk/enrol/" + said.strip().partition("/desk/enrol/")[2]
    page = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(link)
    assert page.url == f"{real.url}/desk/enrol/"
    sound(page, 390)
    image = page.get_by_role("img", name="验证器的二维码").locator("svg").bounding_box()
    assert image["width"] > 150 and image["width"] == image["height"]
    phone = TOTP(b32decode(page.locator("main code").inner_text()), 6, SHA1(), 30)
    fill(page, password=PASSWORD, again=PASSWORD, code=phone.generate(time.time()).decode())
    assert heading(page) == "恢复码" and page.locator("main li code").count() == 10
    sound(page, 390)
    spare = page.locator("main li code").first.inner_text()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="已经保存，进入工作台").click()
    page.get_by_role("button", name="退出").click()

    page.goto(f"{real.url}/desk/register/")
    assert heading(page) == "登录"
    sound(page, 1280)
    fill(page, login="zhou", password="wrong")
    assert "登录名或者密码不对" in page.get_by_role("alert").inner_text()
    sound(page, 1280)
    fill(page, login="zhou", password=PASSWORD)
    sound(page, 1280)
    fill(page, code=spare)
    assert heading(page) == "登记申请"
    page.get_by_label("申请方式").select_option("当面")
    page.get_by_label("申请人类别").select_option("公民")
    fill(page, name="申请人甲", subject="低保名单")
    assert heading(page).startswith("2026-0001")

    page.get_by_role("link", name="人员与岗位").click()
    sound(page, 1280)
    page.get_by_role("link", name="邀请新人员").click()
    sound(page, 1280)
    page.get_by_label("姓名").fill("吴某")
    page.get_by_label("登录名").fill("wu")
    page.get_by_label("保密审查").check()
    page.locator("main form button").click()
    assert heading(page) == "启用链接" and page.locator("main code").inner_text().startswith(f"{real.url}/desk/enrol/")
    sound(page, 1280)
    page.locator("main").get_by_role("link", name="人员与岗位").click()
    page.get_by_role("link", name="吴某").click()
    sound(page, 1280)
    real.run("person", "leave", "zhou")
    page.goto(f"{real.url}/desk/")
    assert heading(page) == "登录"
