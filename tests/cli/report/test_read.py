"""``gongkai report read``: the object of the contract, provenance, and figures drawn as tables."""

import re
from pathlib import Path
from tomllib import loads as load_toml

import pytest

from gongkai.cli.columns import width
from gongkai.rulebook.load import forms as loader
from gongkai.rulebook.load.forms import forms
from gongkai.rulebook.load.messages import catalogue

LABELS = Path(loader.__file__).parents[1] / "cn" / "forms" / "labels.toml"

KEYS = {"source", "form", "agency", "year", "cells", "parts", "problems"}


def test_object_of_a_report(run, make) -> None:
    path = make(cells={"art20/fees/amount_10k_yuan": 12, "requests/carried_in/business": None})
    ended = run("report", "read", path, "--format", "jsonl")
    assert (ended.code, ended.err) == (0, "")
    (report,) = ended.objects
    assert set(report) >= KEYS and "places" not in report
    assert (report["source"], report["form"]) == (str(path), "annual-2021")
    assert (report["agency"], report["year"]) == ("青川市档案局", 2021)
    assert report["cells"]["requests/new/natural_person"] == 1
    assert report["cells"]["art20/fees/amount_10k_yuan"] == 12
    assert report["cells"]["requests/carried_in/business"] is None
    assert [set(part) for part in report["parts"]] == [{"number", "title", "text"}] * 6
    assert report["problems"] == []


def test_provenance_says_where_each_cell_stood(run, make) -> None:
    path = make()
    (report,) = run("report", "read", path, "--format", "jsonl", "--provenance").objects
    place = report["places"]["requests/new/natural_person"]
    assert place["table"] >= 1 and place["row"] >= 1 and place["column"] >= 1
    text = run("report", "read", path, "--provenance").out
    assert "requests/new/natural_person" in text and f"行 {place['row']} · 列 {place['column']}" in text


def test_text_shows_tables_and_parts(run, make) -> None:
    path = make(cells={"requests/new/natural_person": 1234, "requests/carried_in/business": None})
    text = run("report", "read", path).out
    lines = text.splitlines()
    assert lines[0] == "青川市档案局2021年政府信息公开工作年度报告"
    new = next(line for line in lines if "一、本年新收" in line)
    assert new.split()[1:] == ["1234", "0", "0", "0", "0", "0", "1"]
    # A blank stays blank: the figures after it keep their columns.
    carried = next(line for line in lines if "二、上年结转" in line)
    assert carried.split()[1:] == ["0"] * 6 and len(carried) == len(new)
    assert [line.strip() for line in lines if line.strip() in ("三、本年度办理结果", "（三）不予公开")] == [
        "三、本年度办理结果",
        "（三）不予公开",
    ]
    assert any(line.strip().startswith("一、总体情况") and line.endswith("字") for line in lines)


def test_a_part_of_a_table_alone_says_so(run, make) -> None:
    path = make()
    for lang, said, none in (("zh", "只有表格", "0 字"), ("en", "a table only", "0 characters")):
        text = run("report", "read", path, "--lang", lang).out
        assert [line for line in text.splitlines() if line.endswith(said)] != [] and f" {none}\n" not in text
    # Without prose and without a table there is nothing.
    text = path.read_text("utf-8")
    path.write_text(text.replace("存在的主要问题是公开内容不够丰富。下一步将充实内容，加强培训。", ""), "utf-8")
    assert " 0 字\n" in run("report", "read", path).out


@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_heads_stand_above_their_figures(run, make, monkeypatch, lang, columns) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    drawn = run("report", "read", make(), "--lang", lang).out.splitlines()
    total = next(n for n, line in enumerate(drawn) if "（七）" in line or "(7)" in line)
    rule = max(n for n, line in enumerate(drawn[:total]) if "──" in line)
    ends = [width(drawn[total][: place.end()]) for place in re.finditer(r"(?<= )\d+", drawn[total])]
    heads = [width(drawn[rule - 1][: place.end()]) for place in re.finditer(r"\S+", drawn[rule - 1])]
    assert len(ends) == 7 and set(ends) <= set(heads) and width(drawn[rule]) == ends[-1] == heads[-1] <= columns


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_all_that_a_form_prints_has_a_name_in_english(form) -> None:
    labels = {("parts", part.label) for part in form.parts}
    for block in [block for table in form.tables for block in table.blocks]:
        labels |= {("blocks", block.heading)} if block.heading else set()
        labels |= {("rows", row.label) for row in block.rows} | {("columns", column.label) for column in block.columns}
        labels |= {("groups", group) for row in block.rows for group in row.under}
    known = load_toml(LABELS.read_text("utf-8"))
    for kind, label in labels:
        name = catalogue()[f"name.{kind}.{label.key}"]
        assert name["zh"] == known[kind][label.key]["text"] and name["en"].isascii()
    assert f"name.form.{form.id}" in catalogue()


def test_english_text_is_in_english_but_for_the_report(run, make) -> None:
    lines = run("report", "read", make(), "--lang", "en").out.splitlines()
    new = next(line for line in lines if "I. new requests" in line)
    assert new.split()[-7:] == ["1", "0", "0", "0", "0", "0", "1"]
    assert "requests: requests received and handled" in lines and "name." not in "".join(lines)


def test_each_file_gives_an_object_or_a_line_on_stderr(run, make, tmp_path) -> None:
    empty = tmp_path / "empty.html"
    empty.touch()
    ended = run("report", "read", make("a.html"), empty, make("b.html"), "--format", "jsonl")
    assert ended.code == 2
    assert len(ended.objects) == 2
    assert len(ended.err.splitlines()) == 1 and "empty.html" in ended.err
