"""The exemplary pages, each as it is used: wide and narrow, in both languages, in large type and high contrast.

On each: axe with all its rules finds nothing, nothing is scrolled sideways, every control is reached by the keyboard
with a visible ring, and there is no script at all. ``GONGKAI_LOOK=FOLDER`` keeps what they look like.
"""

import os
import re
from pathlib import Path

import pytest
from tests.browser.conftest import AXE, enter
from tests.browser.persons import fill, leads

REPORT = Path(__file__).parents[2] / "examples" / "reports" / "yunling-culture-2025.xlsx"
AGENCY = "云岭县水务局"
VARIANTS = [
    (1280, "zh-hans", ()),
    (390, "en", ()),
    (1280, "en", ("large", "contrast")),
    (390, "zh-hans", ("large", "contrast")),
]

CONTROLS = "a[href], button:not([tabindex='-1']), input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
UNREACHED = f"""() => [...document.querySelectorAll("{CONTROLS}")].filter(each => each.checkVisibility()
    && !window.reached.has(each))
    .filter(each => each.type !== 'radio' || ![...window.reached].some(other => other.name === each.name))
    .map(each => each.outerHTML.slice(0, 120))"""
FOCUSED = """() => { const each = document.activeElement, style = getComputedStyle(each);
    window.reached = (window.reached || new Set()).add(each);
    return [each.outerHTML.slice(0, 120), parseFloat(style.outlineWidth) >= 3 && style.outlineStyle !== 'none',
        each === document.body]; }"""


def reached_by_keyboard(page):
    """Every control takes the focus in turn and shows it; of a group of radio buttons one does, the arrows move on."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(1000):
        page.keyboard.press("Tab")
        element, ring, ended = page.evaluate(FOCUSED)
        if ended:
            break
        assert ring, (page.url, element)
    assert ended and page.evaluate(UNREACHED) == [], page.url


def exemplary(page, width):
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == width, page.url
    assert page.locator("script").count() == 0 and page.locator("h1").count() == 1
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    told = [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]]
    assert told == [], page.url
    reached_by_keyboard(page)


def send(page, **fields):
    """Fill in the form of the page and send it with its first button."""
    fill(page.locator("main"), **fields)
    page.locator("main form button:not([name=change])").last.click()
    page.wait_for_load_state()


def public_pages(served, page):
    """The pages of citizens, one after another."""
    page.goto(served.url)
    yield "portal"
    page.locator("main").get_by_role("link", name=AGENCY).first.click()
    yield "agency"
    agency = page.url
    page.goto(f"{agency}request/")
    send(page, kind="natural_person")
    yield "filing-error"
    send(page, kind="natural_person", name="申请人甲", identity="虚构证件", contact="yi@example.org")
    send(page, subject="2025 年河道整治工程的中标公告")
    yield "filing-check"
    send(page)
    yield "receipt"
    number, code = page.locator("dl.summary strong").all_inner_texts()
    page.goto(f"{served.url}/track/")
    send(page, agency=agency.rstrip("/").rpartition("/")[2], number=number, code=code)
    yield "tracking"
    page.goto(f"{served.url}/search/?q=云岭县")
    yield "search"
    page.goto(agency)
    leads(page.locator("main .dated a").first)
    yield "item"
    page.goto(agency)
    page.locator("main a[href*='/reports/']").first.click()
    yield "public-report"
    page.goto(f"{served.url}/checker/")
    page.locator("#reports").set_input_files([REPORT])
    page.locator("main form button").first.click()
    page.wait_for_url("**/checker/*/")
    page.locator("main tbody a").first.click()
    page.wait_for_url("**/checker/*/1/")
    yield "checker"


def desk_pages(served, page):
    """The pages of the staff."""
    yield "desk"
    page.get_by_role("link", name=re.compile(r"^\d{4}-\d{4}$")).first.click()
    page.wait_for_url("**/cases/*/")
    yield "case"
    case = page.url
    page.goto(f"{case}draft_reply/?answer=R4.1")
    yield "act"
    page.goto(f"{served.url}/desk/register/")
    yield "register"
    page.goto(f"{served.url}/desk/items/new/")
    yield "item-draft"
    page.goto(f"{served.url}/desk/reports/2025/")
    yield "report"


def variant(context, served, lang, modes):
    cookies = {"lang": lang, **dict.fromkeys(modes, "1")}
    context.add_cookies([{"name": name, "value": value, "url": served.url} for name, value in cookies.items()])


def looked_at(page, name, width, lang, modes):
    exemplary(page, width)
    if folder := os.environ.get("GONGKAI_LOOK"):
        page.screenshot(path=f"{folder}/{name}-{width}-{lang}{'-modes' if modes else ''}.png", full_page=True)


@pytest.mark.once
@pytest.mark.parametrize(("width", "lang", "modes"), VARIANTS)
def test_pages_of_citizens(served, chromium, width, lang, modes):
    page = chromium.new_context(viewport={"width": width, "height": 844}).new_page()
    variant(page.context, served, lang, modes)
    for name in public_pages(served, page):
        looked_at(page, name, width, lang, modes)


@pytest.mark.once
@pytest.mark.parametrize(("width", "lang", "modes"), VARIANTS)
def test_pages_of_the_staff(served, chromium, width, lang, modes):
    clerk = enter(chromium, served, AGENCY, "经办人")
    overseer = enter(chromium, served, "云岭县人民政府办公室", "主管部门")
    for page in (clerk, overseer):
        variant(page.context, served, lang, modes)
        page.set_viewport_size({"width": width, "height": 844})
        page.reload()
    for name in desk_pages(served, clerk):
        looked_at(clerk, name, width, lang, modes)
    overseer.goto(f"{served.url}/desk/below/")
    looked_at(overseer, "board", width, lang, modes)
