"""The specimen in a real browser: phones, keyboard, screen readers, print."""

import json
from pathlib import Path

import pytest

AXE = Path(__file__).parent / "axe.min.js"
MODES = ["", "?lang=en", "?large=1", "?contrast=1", "?lang=en&large=1&contrast=1", "?beside=1"]


@pytest.mark.parametrize("query", MODES)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_scrolled_sideways(opened, query, width):
    page = opened(query, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    beyond = """[...document.querySelectorAll('main *')].filter(element => !element.closest('.wide, .unseen')
        && element.getBoundingClientRect().right > innerWidth + 1).map(element => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(beyond) == []


@pytest.mark.parametrize("query", MODES)
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(opened, query, width):
    page = opened(query, width)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found["violations"]]
    assert told == []
    assert len(found["passes"]) > 30


def test_axe_says_whose_it_is_and_no_registry():
    text = AXE.read_text(encoding="utf-8")
    assert "Mozilla Public" in text[:600]
    assert "registry." not in text and "npmjs" not in text


CONTRASTS = """() => {
    const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour =>
        [.2126, .7152, .0722].reduce((sum, part, at) => sum + part * channel(numbers(colour)[at]), 0);
    const behind = element => {
        for (; element; element = element.parentElement) {
            const colour = getComputedStyle(element).backgroundColor;
            if (numbers(colour)[3] !== 0) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || element.closest('.unseen, .skip')) continue;
        const ink = getComputedStyle(element).color;
        const [high, low] = [light(ink), light(behind(element))].sort((a, b) => b - a);
        found.push([ink, (high + .05) / (low + .05), element.outerHTML.slice(0, 100)]);
    }
    return found;
}"""


def test_contrast_of_every_text(opened):
    """At least 4.5 : 1 everywhere, 7 : 1 for body text; in high contrast 7 : 1 for all."""
    usual = opened().evaluate(CONTRASTS)
    assert len(usual) > 200
    assert [text for _, ratio, text in usual if ratio < 4.5] == []
    assert [text for ink, ratio, text in usual if ink == "rgb(26, 26, 26)" and ratio < 7] == []
    assert [text for _, ratio, text in opened("?contrast=1").evaluate(CONTRASTS) if ratio < 7] == []


def test_every_input_has_a_visible_label(opened):
    page = opened()
    unlabelled = """[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(control =>
        ![...control.labels].some(label => label.innerText.trim() && label.getBoundingClientRect().height > 8))
        .map(control => control.outerHTML)"""
    assert page.evaluate(unlabelled) == []


def test_hints_and_errors_are_tied_to_their_controls(opened):
    page = opened()
    name = page.locator("#wrong_name")
    assert name.get_attribute("aria-invalid") == "true"
    ids = name.get_attribute("aria-describedby").split()
    assert [page.locator(f"#{id}").inner_text() for id in ids] == ["与身份证件一致。", "错误：\n这个字段是必填项。"]
    for link in page.locator("[role=alert] a").all():
        target = link.get_attribute("href")
        assert page.locator(target).count() == 1, target
    page.locator("[role=alert] a").first.click()
    assert page.evaluate("document.activeElement.id") == "wrong_applicant_0"


def test_whatever_has_the_focus_is_seen_to_have_it(opened):
    page = opened()
    seen = """(() => { const it = document.activeElement, style = getComputedStyle(it);
        return [it.tagName, it.outerHTML, style.outlineStyle, style.outlineWidth]; })()"""
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    met = set()
    for _ in range(40):
        tag, html, style, width = page.evaluate(seen)
        assert (style, width) == ("solid", "3px"), html
        met.add(tag)
        page.keyboard.press("Tab")
    assert {"A", "BUTTON", "INPUT", "SUMMARY"} <= met


def test_the_skip_link_leads_to_the_content(opened):
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_nothing_is_inline(opened):
    page = opened()
    assert page.locator("[style], style, script").count() == 0
    handlers = "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a => a.name.startsWith('on')))"
    assert page.evaluate(handlers) is False


def test_the_strip_reads_as_a_list(opened):
    page = opened()
    strip = page.locator(".deadline").first.get_by_role("list", name="逐日计算")
    told = strip.aria_snapshot()
    assert told.splitlines()[0].startswith("- list")
    assert "2026年2月15日（周日）至2026年2月23日（周一）：春节放假，不计入，共 9 天" in told
    assert "今天。2026年3月18日（周三）：工作日，计入，第 16 个（共 40 个）工作日" in told
    assert "征求第三方意见，不计入（第三十二条、第三十三条第三款）" in told
    seen = strip.inner_text()
    assert "春节 9天" in seen and "40 到期" in seen
    provisional = page.locator(".deadline").nth(2).locator("li.provisional .note")
    assert set(provisional.all_inner_texts()) == {"暂定"}
    # Kinds are told apart without colour: no two bands are drawn alike.
    drawn = page.evaluate("""[...document.querySelectorAll('.deadline:first-child .legend li, .deadline .legend li')]
        .map(li => [li.className, ['backgroundImage', 'backgroundColor', 'borderWidth'].map(
            name => getComputedStyle(li, '::before')[name]).join()])""")
    assert len({band for _, band in drawn}) == len({kind for kind, _ in drawn}) > 4


def test_large_type_is_larger_and_the_switch_leads_back(opened):
    size = "getComputedStyle(document.body).fontSize"
    assert opened().evaluate(size) == "16px"
    page = opened("?large=1")
    assert page.evaluate(size) == "20px"
    assert page.get_by_role("button", name="标准字号").get_attribute("value") == "0"


def test_a_printed_page_has_the_strip_and_no_buttons(opened):
    page = opened()
    page.emulate_media(media="print")
    assert page.locator(".strip").first.is_visible()
    for gone in (".preferences", ".search", ".site-nav", ".buttons"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".strip li").first.evaluate("li => getComputedStyle(li).printColorAdjust") == "exact"
