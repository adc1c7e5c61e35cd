"""The checker in the browser: files chosen, findings followed to their cells, a corrected report saved."""

from pathlib import Path

import pytest
from tests.browser.conftest import heading, sound

from gongkai.documents.read.report import read_report

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples" / "reports").iterdir())
TOTAL = "requests/total/total"


@pytest.mark.once
@pytest.mark.parametrize(("width", "lang"), [(1280, "zh-hans"), (390, "en")])
def test_reports_are_checked_by_keyboard_and_saved_corrected(served, chromium, tmp_path, width, lang):
    context = chromium.new_context(viewport={"width": width, "height": 844}, accept_downloads=True)
    context.add_cookies([{"name": "lang", "value": lang, "url": served.url}])
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(served.url)
    link = {"zh-hans": "核对年度报告", "en": "Check annual reports"}[lang]
    page.locator("main").get_by_role("link", name=link).click()
    assert heading(page) == link
    sound(page, width)
    page.locator("#reports").set_input_files([*FILES, ROOT / "README.md"])
    page.locator("#reports").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checker/*/")
    assert page.locator("tbody tr").count() == len(FILES) + 1
    sound(page, width)
    page.get_by_role("link", name="yunling-civil-affairs-2025.docx").press("Enter")
    page.wait_for_url("**/checker/*/1/")
    sound(page, width)
    page.locator(".told a").first.press("Enter")
    cell = page.locator("td:target")
    assert cell.get_attribute("id") == "cell-requests-total-total"
    assert cell.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    box = cell.bounding_box()
    assert 0 <= box["y"] < 844
    cell.locator("a").first.press("Enter")
    assert page.locator("li:target").get_attribute("id") == "finding-1"
    with page.expect_download() as saved:
        page.get_by_role("button", name="DOCX").press("Enter")
    saved.value.save_as(tmp_path / "back.docx")
    assert read_report(tmp_path / "back.docx").value(TOTAL) == 12
    address = page.url
    page.locator(".delete button").press("Enter")
    page.wait_for_url("**/checker/?deleted=1")
    assert page.get_by_role("status").count() == 1
    assert complaints == []
    assert page.goto(address).status == 404
    sound(page, width)
    context.close()


@pytest.mark.once
def test_without_scripts_it_is_the_same(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}/checker/")
    page.locator("#reports").set_input_files(FILES[0])
    page.locator("main form .button").click()
    page.get_by_role("link", name=FILES[0].name).click()
    page.locator(".told a").first.click()
    assert page.locator("td:target").count() == 1
    context.close()
