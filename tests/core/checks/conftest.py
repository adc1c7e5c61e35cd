"""Invented reports to check: a whole correct one, changed in the one place that a test is about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.checks.finding import Case, Finding
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import ABSENT, Cell, Number, Report, ReportPart
from gongkai.rulebook.load.forms import form
from gongkai.rulebook.load.words import words

AGENCY = "青川市民政局"
YEAR = 2023

OPENING = (
    "根据《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）要求，"
    "青川市民政局编制了2023年政府信息公开工作年度报告。本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    "如有疑问，请与青川市民政局办公室联系。"
)
TEXTS = {
    1: (
        "2023年，我局认真贯彻落实《条例》，扎实推进政府信息公开。\n"
        "（一）主动公开。全年主动公开政府信息126条，制发行政规范性文件2件，废止1件，现行有效9件。\n"
        "（二）依申请公开。全年新收政府信息公开申请4件，上年结转1件，已办结4件，结转下年度1件；予以公开2件，部分公开1件，"
        "无法提供1件。因政府信息公开被申请行政复议1件，结果维持1件，未发生行政诉讼。\n"
        "（三）政府信息管理。严格执行先审后发和保密审查制度，动态调整主动公开目录。\n"
        "（四）平台建设。办好门户网站专栏，政务新媒体发布稿件310篇。\n"
        "（五）监督保障。明确专人负责，组织培训2次，开展考核评议，没有发生责任追究情形。"
    ),
    2: "",
    3: "",
    4: "",
    5: (
        "存在的主要问题是公开的形式不够丰富。2023年，我局针对上年存在的问题加强了培训。"
        "2024年，我局将继续完善公开制度，丰富公开形式。"
    ),
    6: "2023年，我局未收取信息处理费。",
}
FIGURES: dict[str, Number] = {
    "art20/normative_documents/made": 2,
    "art20/normative_documents/abolished": 1,
    "art20/normative_documents/in_force": 9,
    "art20/licences/decisions": 38,
    "requests/new/natural_person": 3,
    "requests/new/business": 1,
    "requests/new/total": 4,
    "requests/carried_in/natural_person": 1,
    "requests/carried_in/total": 1,
    "requests/granted/natural_person": 1,
    "requests/granted/business": 1,
    "requests/granted/total": 2,
    "requests/partial/natural_person": 1,
    "requests/partial/total": 1,
    "requests/unable.not_held/natural_person": 1,
    "requests/unable.not_held/total": 1,
    "requests/total/natural_person": 3,
    "requests/total/business": 1,
    "requests/total/total": 4,
    "requests/carried_out/natural_person": 1,
    "requests/carried_out/total": 1,
    "review/reconsideration/upheld": 1,
    "review/reconsideration/total": 1,
}
NUMERALS = "一二三四五六"

Make = Callable[..., Report]


def cell(value: object) -> Cell:
    """A figure as printed; ``None`` an absent cell; any other text has no figure."""
    if value is None or isinstance(value, Cell):
        return value or ABSENT
    return Cell(None, value) if isinstance(value, str) else Cell(value, str(value))  # type: ignore[arg-type]


def figures(of: Form, values: Mapping[str, object]) -> dict[str, Cell]:
    cells = {id: cell(0) for table in of.tables for id in table.cells()}
    return cells | {id: cell(value) for id, value in values.items()}


@pytest.fixture
def make() -> Make:
    """A correct invented report; ``texts`` and ``cells`` replace some of its parts and figures, the rest any field."""

    def build(
        texts: Mapping[int, str | None] | None = None,
        cells: Mapping[str, object] | None = None,
        base: bool = True,
        **fields: Any,
    ) -> Report:
        of = form(fields.pop("form", "annual-2021"))
        labels = {part.number: part.label.text for part in of.parts}
        said = {number: text for number, text in (TEXTS | dict(texts or {})).items() if text is not None}
        parts = tuple(
            ReportPart(number, labels[number], said[number], f"{NUMERALS[number - 1]}、{labels[number]}")
            for number in sorted(said)
        )
        known = {id: value for id, value in FIGURES.items() if id in of.types} if base else {}
        title = f"{fields.get('agency', AGENCY)}{fields.get('year', YEAR)}年政府信息公开工作年度报告"
        report = Report("report.txt", of, AGENCY, YEAR, title, OPENING, parts, figures(of, known | dict(cells or {})))
        return replace(report, **fields)

    return build


@pytest.fixture
def found() -> Callable[..., list[Finding]]:
    """Findings of one check over a report."""

    def findings(check: Any, report: Report, previous: Report | None = None) -> list[Finding]:
        return list(check.check(Case(report, previous, words=words())))

    return findings


@pytest.fixture
def sample(shared: Path) -> Report:
    """The published sample, its parts cut from the file and its figures put in by hand."""
    lines = (shared / "samples" / "changyi-2021.txt").read_text(encoding="utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line[:2] in {f"{n}、" for n in "一二34五六"}]
    starts = [number for number in starts if len(lines[number]) < 40]
    assert len(starts) == 6
    of = form("annual-2021")
    parts = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines) - 2], strict=True), 1):
        text = "" if number in (2, 3, 4) else "\n".join(line for line in lines[start + 1 : end] if line.strip())
        parts.append(ReportPart(number, lines[start][2:].strip(), text, lines[start].strip()))
    ones = {
        f"requests/{row}/{column}": 1 for row in ("new", "unable.not_held") for column in ("natural_person", "total")
    }
    agency = "吉林市昌邑区政务服务局"
    return Report(
        "changyi-2021.txt", of, agency, 2021, "".join(lines[:2]), "\n".join(filter(None, lines[2 : starts[0]])),
        tuple(parts), figures(of, ones),
    )  # fmt: skip
