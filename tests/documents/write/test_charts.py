"""Charts: the figures of the table, words for every bar, nothing drawn where there is nothing to see."""

from pathlib import Path

import pytest
from lxml import etree

from gongkai.core.tables.report import Cell
from gongkai.documents.write.charts import Bar, _draw, charts, years_text
from gongkai.rulebook.load.charts import chart_rules, load
from gongkai.rulebook.load.fields import RulebookError

SVG = "{http://www.w3.org/2000/svg}"


def by_id(found):
    return {chart.id: chart for chart in found}


def test_the_bars_are_the_sums_of_the_table(invented):
    found = by_id(charts(invented("annual-2021", 2024)))
    assert found.keys() == {"results", "applicants"}
    assert [(bar.label, bar.value) for bar in found["results"].bars] == [
        ("予以公开", 21), ("部分公开", 4), ("不予公开", 3), ("无法提供", 11), ("不予处理", 1), ("其他处理", 0)
    ]  # fmt: skip
    assert found["results"].title == "2024年政府信息公开申请办理结果"
    assert "不予公开3件" in found["results"].description


def test_years_are_compared_from_two_of_them_on(invented):
    report, before = invented("annual-2021", 2024), invented("annual-2019", 2020)
    workload = by_id(charts(report, [before, report]))["workload"]
    assert workload.title == "2020、2024年政府信息公开申请"
    assert [(bar.group, bar.label, bar.value) for bar in workload.bars][:2] == [
        ("本年新收", "2020年", 41),
        ("本年新收", "2024年", 41),
    ]
    assert "workload" not in by_id(charts(report, [invented("annual-2021", 2024)]))


def test_nothing_is_drawn_of_noughts_and_blanks(invented):
    report = invented("annual-2021", 2024)
    empty = {cell: Cell(0, "0") for cell in report.cells} | {"requests/granted/total": Cell(None, "/")}
    assert charts(invented("annual-2021", 2024, empty), [invented("annual-2021", 2023, empty)]) == []


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([2024], "2024"),
        ([2025, 2024], "2024、2025"),
        ([2021, 2022, 2023, 2024, 2025], "2021—2025"),
        ([2010, 2024, 2025], "2010、2024、2025"),
        ([2010, 2022, 2023, 2024], "2010、2022—2024"),
    ],
)
def test_the_caption_names_the_years_that_are_shown(years, text):
    assert years_text(years) == text


def test_few_cases_and_a_lone_bar_are_not_drawn(invented):
    report = invented("annual-2021", 2024)
    nought = {cell: Cell(0, "0") for cell in report.cells}
    one = nought | {"requests/granted/total": Cell(1, "1"), "requests/partial/total": Cell(3, "3")}
    assert charts(invented("annual-2021", 2024, one)) == []
    lone = nought | {"requests/granted/total": Cell(50, "50")}
    assert charts(invented("annual-2021", 2024, lone)) == []
    enough = one | {"requests/partial/total": Cell(4, "4")}
    assert [chart.id for chart in charts(invented("annual-2021", 2024, enough))] == ["results"]


def test_every_label_stands_inside_the_picture(invented):
    drawn = charts(invented("annual-2021", 2024), [invented("annual-2021", 2023)])
    for chart in [*drawn, _draw(chart_rules()[0], "t", [Bar(None, "十二个字的标签也要放得下", 3, 2024)])]:
        root = etree.fromstring(chart.svg)
        assert chart.shape == float(root.get("height")) / float(root.get("width"))
        for text in root.iter(f"{SVG}text"):
            width = float(text.get("font-size")) * sum(1 if ord(char) > 0x2000 else 0.58 for char in text.text)
            start = float(text.get("x")) - (width if text.get("text-anchor") == "end" else 0)
            assert start >= 0 and start + width <= float(root.get("width"))
            # On a telephone the picture is 358 CSS pixels wide.
            assert float(text.get("font-size")) * 358 / float(root.get("width")) >= 11


def test_the_picture_is_whole_and_says_its_numbers(invented):
    for chart in charts(invented("annual-2021", 2024, {"requests/granted/total": Cell(1_234_567, "1234567")})):
        root = etree.fromstring(chart.svg)
        assert root.findtext(f"{SVG}title") == chart.title
        assert root.findtext(f"{SVG}desc") == chart.description
        width, height = (float(root.get(side)) for side in ("width", "height"))
        for bar in root.iter(f"{SVG}rect"):
            assert float(bar.get("x")) + float(bar.get("width")) <= width
            assert float(bar.get("y")) + float(bar.get("height")) <= height
        assert min(int(text.get("font-size")) for text in root.iter(f"{SVG}text")) >= 11
        assert not root.xpath("//@href | //*[local-name()='script' or local-name()='image']")
    assert "1,234,567" in charts(invented("annual-2021", 2024, {"requests/granted/total": Cell(1_234_567, "")}))[0].svg


def test_hostile_words_stay_words(invented):
    chart = _draw(chart_rules()[0], "<script>&", [Bar("<b>", "a&b", 3, 2024)])
    root = etree.fromstring(chart.svg)
    assert root.findtext(f"{SVG}title") == "<script>&"
    assert "a&b" in [text.text for text in root.iter(f"{SVG}text")]


FAULTS = {
    "cell": ('cells = ["requests/new/total"]', 'cells = ["requests/new/everyone"]', "no form has a cell"),
    "gap": ('title = "{years}"', 'title = "{month}"', "gap {years} only"),
    "least": ("least = 5", 'least = "5"', "least"),
    "span": ('span = "year"', 'span = "month"', "must be one of year, years"),
    "unknown": ('unit = "件"', 'unit = "件"\ncolour = "red"', "unknown key"),
    "toml": ('id = "a"', "id = ", "not valid TOML"),
}
GOOD = """[[charts]]
id = "a"
title = "{years}"
unit = "件"
span = "year"
least = 5
bars = [{ label = "新收", cells = ["requests/new/total"] }]
"""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_file_of_charts_says_what_is_wrong(tmp_path: Path, fault: str):
    right, wrong, says = FAULTS[fault]
    file = tmp_path / "charts.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert load(file)[0].bars[0].label == "新收"
    file.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(RulebookError, match=r"charts\.toml") as caught:
        load(file)
    assert says in str(caught.value)
