"""Write, then read again: the same object, for arbitrary figures and arbitrary prose, in every format.

Prose is in the normal form of ``prose.py``. What prose cannot be, in any format: a line that reads as the page's foot
after the last part, or as the page's own line before the first (readers leave those out).
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.core.message import message
from gongkai.core.tables.report import ABSENT, Cell, Report
from gongkai.documents.read.recognise.parts import ends_report
from gongkai.documents.read.report import read_report
from gongkai.documents.read.source import Paragraph, Place
from gongkai.documents.write import write
from gongkai.documents.write.json import from_json, to_json
from gongkai.documents.write.prose import paragraphs
from gongkai.rulebook.load.forms import form, forms

FORMATS = ("docx", "pdf", "html", "xlsx")

CHARACTERS = st.sampled_from(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "0123456789０１２３ABCxyz.,;:%()（）、，。；：“”‘’《》〔〕—…·+-=/&<>#$*_@\\'\"[]{}|~^ 　①Ⅱ℃㎡㐀鿏"
)
LEADS = st.sampled_from(
    ["", "", "", "（一）", "（二）平台建设。", "一、", "三、收到", "1.", "1、", "(1)", "①", "注：", "附件：", "0", "12"]
)
LINES = st.builds(lambda lead, text: lead + text, LEADS, st.text(CHARACTERS, min_size=1, max_size=90))
PROSE = st.lists(LINES, max_size=4).map(lambda lines: "\n".join(paragraphs("\n".join(lines))))
INTEGERS = st.one_of(st.integers(0, 200), st.integers(0, 10**6), st.integers(10**9, 10**14))
BESIDE = [Cell(None, ""), Cell(None, "/"), Cell(None, "—"), Cell(22, "22（其中修订 16 件）"), Cell(3, "3件")]
COUNTS = st.one_of(INTEGERS.map(lambda value: Cell(value, str(value))), st.sampled_from(BESIDE))
SIGNED = st.one_of(COUNTS, st.integers(-500, -1).map(lambda value: Cell(value, str(value))))
AMOUNTS = st.one_of(
    COUNTS,
    st.decimals("0.01", "99999.99", places=2).map(lambda value: value.normalize()).map(
        lambda value: Cell(int(value) if value == int(value) else value, format(value, "f"))
    ),
)  # fmt: skip


def in_no_foot(text: str) -> bool:
    return not any(ends_report(Paragraph(line, Place())) for line in text.split("\n"))


def a_page_line(text: str) -> bool:
    return any(mark in text for mark in ("来源", "字体", "字号"))


@st.composite
def differences(draw) -> dict[str, object]:
    """What sets a report apart from the invented one: form, year, some figures, all prose."""
    of = form(draw(st.sampled_from([known.id for known in forms()])))
    usual = [cell for table in of.tables for cell in table.cells()]
    changed = draw(st.lists(st.sampled_from(usual), max_size=12, unique=True))
    kinds = {"count": COUNTS, "signed_count": SIGNED, "amount": AMOUNTS}
    prose = {part.number: draw(PROSE.filter(in_no_foot)) for part in of.parts}
    return {
        "form": of.id,
        "year": draw(st.integers(2015, of.last_year or 2030)),
        "cells": {cell: draw(kinds[of.types[cell].type]) for cell in changed},
        "single": draw(st.booleans()),
        "prose": prose,
        "opening": draw(PROSE.filter(lambda text: not a_page_line(text))),
    }


def different(build, differs) -> Report:
    of = form(differs["form"])
    cells = dict(differs["cells"])
    if differs["single"]:
        for row, others in of.by_table["requests"].alternatives.items():
            cells |= {id: ABSENT for id in of.types for other in others if id.startswith(f"requests/{other}/")}
            cells |= {id: Cell(4, "4") for id in of.types if id.startswith(f"requests/{row}/")}
    report = build(of.id, differs["year"], cells, differs["prose"])
    return replace(report, opening=f"{report.opening}\n{differs['opening']}".strip())


def same(report: Report, read: Report) -> None:
    """The object of ``report read`` is the same, apart from the file's name, and its reader was sure of everything."""
    there, again = to_json(report), to_json(read)
    wrong = [f"problem: {problem}" for problem in again["problems"]]
    for key in there.keys() - {"source", "parts", "cells", "printed", "problems"}:
        if there[key] != again[key]:
            wrong.append(f"{key}: {there[key]!r} became {again[key]!r}")
    for key in ("cells", "printed"):
        for id in there[key].keys() | again[key].keys():
            if there[key].get(id) != again[key].get(id):
                wrong.append(f"{key} {id}: {there[key].get(id)!r} became {again[key].get(id)!r}")
    if len(there["parts"]) != len(again["parts"]):
        wrong.append(f"parts: {[part['number'] for part in again['parts']]}")
    for one, other in zip(there["parts"], again["parts"], strict=False):
        if one != other:
            wrong.append(f"part: {one!r} became {other!r}")
    if wrong:
        pytest.fail("\n".join(wrong[:10]), pytrace=False)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("form_id", ["annual-2021", "annual-2019"])
def test_an_ordinary_report_with_charts_is_read_again(invented, tmp_path: Path, suffix: str, form_id: str):
    report = invented(form_id, 2020)
    path = tmp_path / f"r.{suffix}"
    write(report, path, history=[invented("annual-2021", 2021), invented("annual-2021", 2022)])
    same(report, read_report(path))


@pytest.mark.parametrize("suffix", FORMATS)
def test_blank_rows_and_whole_blank_tables_stay_blank(invented, tmp_path: Path, suffix: str):
    # A spreadsheet's last row, wholly blank and without a label, cannot be told from the empty sheet below it.
    rows = ("requests/partial/", "art20/rules/", *(("review/",) if suffix != "xlsx" else ()))
    blank = {cell: Cell(None, "") for cell in invented("annual-2021", 2024).cells if cell.startswith(rows)}
    report = invented("annual-2021", 2024, blank)
    path = tmp_path / f"r.{suffix}"
    write(report, path)
    same(report, read_report(path))


@pytest.mark.parametrize("suffix", FORMATS)
def test_missing_parts_and_tables_stay_missing(invented, tmp_path: Path, suffix: str):
    report = invented("annual-2021", 2024)
    lacking = {cell: ABSENT for cell in report.cells if cell.startswith(("review/", "requests/carried_in/"))}
    report = invented("annual-2021", 2024, lacking)
    report = replace(report, parts=tuple(part for part in report.parts if part.number not in (4, 6)))
    path = tmp_path / f"r.{suffix}"
    write(report, path)
    read = read_report(path)
    same(report, read)
    assert not read.has_table("review")
    assert read.cells["requests/carried_in/total"] == ABSENT


def test_an_object_of_read_goes_through_every_format(invented, tmp_path: Path):
    report = from_json(to_json(invented("annual-2021", 2024)), "r.json")
    for suffix in FORMATS:
        path = tmp_path / f"r.{suffix}"
        write(report, path)
        same(report, read_report(path))


@pytest.mark.parametrize("suffix", FORMATS)
# Not made smaller when it fails: that takes minutes, and the message says what became of what.
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.reuse, Phase.generate])
@given(data=st.data())
def test_any_report_is_read_again_as_it_was(invented, suffix: str, data):
    report = different(invented, data.draw(differences()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"r.{suffix}"
        warnings = write(report, path)
        assert not [warning for warning in warnings if warning.id == "writing.glyph-missing"]
        same(report, read_report(path))


@pytest.mark.parametrize("suffix", FORMATS)
def test_prose_that_repeats_a_heading_tears_nothing(invented, tmp_path: Path, suffix: str):
    report = invented("annual-2021", 2024)
    headings = [f"{numeral}、{part.title}" for numeral, part in zip("一二三四五六", report.parts, strict=True)]
    for repeated in (headings[0], headings[2], headings[5]):
        for place in (0, 4):
            parts = list(report.parts)
            parts[place] = parts[place]._replace(text=f"前一段。\n{repeated}\n后一段。")
            said = replace(report, parts=tuple(parts))
            path = tmp_path / f"report.{suffix}"
            write(said, path)
            again = to_json(read_report(path))
            assert (again["parts"], again["opening"]) == (to_json(said)["parts"], said.opening)


@pytest.mark.parametrize("suffix", FORMATS)
def test_prose_that_is_a_word_of_the_table_beside_it_stays(invented, tmp_path: Path, suffix: str):
    report = invented("annual-2021", 2024)
    parts = list(report.parts)
    parts[2] = parts[2]._replace(text="其他\n前一段。\n其他处理\n续表\n后一段。\n其他")
    said = replace(report, parts=tuple(parts))
    path = tmp_path / f"report.{suffix}"
    write(said, path)
    same(said, read_report(path))


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "xlsx"])
def test_a_figure_that_could_not_be_read_is_not_written_as_one(suffix, tmp_path, invented):
    """3 0 40 that stood for three cells must not come back as 3040 in each of them."""
    ids = ("art20/rules/made", "art20/rules/abolished", "art20/rules/in_force")
    report = invented("annual-2021", 2024, dict.fromkeys(ids, Cell(None, "3 0 40")))
    problem = message("read.figures-unclear", cells=ids, cell=ids[0], found="3 0 40", count=3)
    target = tmp_path / f"report.{suffix}"
    write(replace(report, problems=(problem,)), target)
    again = read_report(target)
    assert [again.cells[id][:2] for id in ids] == [(None, "？")] * 3
    assert all(again.value(id) == report.value(id) for id in report.cells if id not in ids)
