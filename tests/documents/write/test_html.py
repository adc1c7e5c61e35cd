"""HTML: one page by itself, its tables with heads a screen reader can follow."""

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.core.checks.finding import Change
from gongkai.core.tables.report import Cell
from gongkai.documents.write import write


@pytest.fixture
def page(invented, tmp_path: Path):
    path = tmp_path / "r.html"
    report = invented("annual-2021", 2024)
    assert (
        write(report, path, history=[invented("annual-2021", 2023)], repaired=[Change("requests/new/total", None, 41)])
        == []
    )
    return path.read_text("utf-8")


def test_the_page_stands_by_itself(page):
    tree = LexborHTMLParser(page)
    assert page.startswith("<!doctype html>") and tree.css_first("html").attributes["lang"] == "zh-CN"
    assert not tree.css("script, link, img, iframe, object, [src], [href], [onclick]")
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)
    assert len(tree.css("main h1")) == 1 and len(tree.css("h2")) == 7
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


def test_every_head_says_what_it_heads(page):
    tree = LexborHTMLParser(page)
    tables = tree.css("table")
    assert len(tables) == 3
    assert all(head.attributes.get("scope") for head in tree.css("th"))
    requests = tables[1]
    assert len(requests.css("thead tr")) == 3
    assert [head.text() for head in requests.css("th[scope=colgroup]")] == ["申请人情况", "法人或其他组织"]
    assert len(requests.css("tbody tr")) == 25 and len(requests.css("td")) == 25 * 7
    assert len(requests.css("th[scope=rowgroup]")) == 5
    assert len(tables[0].css("tbody")) == 4
    for frame in tree.css("div.wide"):
        assert frame.attributes["tabindex"] == "0"
        assert tree.css_first(f"#{frame.attributes['aria-labelledby']}").tag == "h2"


def test_a_table_too_wide_for_a_telephone_says_so(invented, tmp_path: Path):
    def hints(cells):
        write(invented("annual-2021", 2024, cells), tmp_path / "r.html")
        tree = LexborHTMLParser((tmp_path / "r.html").read_text("utf-8"))
        return ["scrolls" in frame.attributes["class"].split() for frame in tree.css("div.wide")]

    assert hints({}) == [False, False, False]
    long = {"requests/new/total": Cell(None, "x" * 40), "review/reconsideration/upheld": Cell(10**9, str(10**9))}
    assert hints(long) == [False, True, True]


def test_charts_and_corrections_have_words(page):
    tree = LexborHTMLParser(page)
    assert len(tree.css("figure svg[role=img] > title")) == len(tree.css("figure figcaption")) == 4
    assert [cell.attributes["title"] for cell in tree.css("td[title]")] == ["原为：空白"]


def test_hostile_text_is_text(invented, tmp_path: Path):
    hostile = "<script>alert(1)</script> & <b>x</b> \"'"
    path = tmp_path / "r.html"
    write(invented("annual-2021", 2024, {"requests/new/total": Cell(None, hostile)}, {1: hostile}), path)
    tree = LexborHTMLParser(path.read_text("utf-8"))
    assert not tree.css("script, b")
    assert hostile in [node.text() for node in tree.css("p")] and hostile in [node.text() for node in tree.css("td")]
