"""The first five minutes: the address that `make run` prints, from a figure to its reckoning, a file dropped."""

from pathlib import Path

import pytest
from tests.browser.conftest import heading, sound
from tests.browser.persons import leads

REPORT = Path(__file__).parents[2] / "examples" / "reports" / "yunling-culture-2025.xlsx"


@pytest.mark.once
@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_figure_two_clicks_to_its_request_and_one_to_its_reckoning(served, chromium, width):
    context = chromium.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(f"{served.url}/desk/demo/")
    assert page.url == f"{served.url}/desk/below/" and heading(page) == "下级单位"
    assert page.locator(".board tbody tr").count() == 11
    sound(page, width)
    leads(page.get_by_role("link", name="查看报告").first)
    published = page.url
    sound(page, width)
    figure = page.locator("td.figure a").last
    count = int(figure.inner_text())
    leads(figure)
    assert page.locator("main .links a").count() == count > 0
    sound(page, width)
    page.locator("main .links a").first.click()
    page.wait_for_url("**/desk/below/*/cases/*/")
    assert not page.locator(".strip").is_visible() and page.get_by_role("button", name="起草").count() == 0
    page.get_by_text("期限是怎么算的").click()
    assert page.locator(".strip").is_visible()
    sound(page, width)
    # What the public sees of the same report opens no request.
    agency, year = published.rstrip("/").split("/")[-3::2]
    page.goto(f"{served.url}/a/{agency}/reports/{year}/")
    assert "政府信息公开工作年度报告" in heading(page)
    links = page.locator("main a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert links and not [each for each in links if "case" in each or "cell" in each]
    context.close()


@pytest.mark.once
def test_another_role_is_a_click_away(served, chromium):
    page = chromium.new_page()
    page.goto(f"{served.url}/desk/demo/")
    page.get_by_role("link", name="换一个角色").click()
    page.get_by_role("button", name="王某").first.click()
    assert heading(page) == "我的工作"
    page.close()


@pytest.mark.once
def test_a_dropped_file_shows_its_findings(served, chromium):
    page = chromium.new_page()
    page.goto(f"{served.url}/checker/")
    box = page.locator("#reports").bounding_box()
    place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    hand = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        dragged = {"items": [], "files": [str(REPORT)], "dragOperationsMask": 1}
        hand.send("Input.dispatchDragEvent", {"type": step, **place, "data": dragged})
    page.locator("main form .button").click()
    page.get_by_role("link", name=REPORT.name).click()
    assert "与本行各栏之和 3 不符" in page.locator(".told li").first.inner_text()
    assert page.locator("table.way").inner_text().split()[-3:] == ["2", "→", "3"]
    page.close()
