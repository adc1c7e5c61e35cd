"""All checks together, over invented reports that are right and a published one that is not."""

import importlib
import time
import tomllib
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.core.checks import run as runner
from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import RULES, run
from gongkai.core.message import message
from gongkai.core.tables.report import Cell
from gongkai.rulebook.load.words import words

CORRECT = tomllib.loads((Path(__file__).parent / "correct.toml").read_text(encoding="utf-8"))["reports"]


def case(report, previous=None):
    return Case(report, previous, words=words())


def told(findings):
    return [(found.rule.id, found.cell, found.found, found.expected) for found in findings]


def test_a_correct_report_has_no_finding(make):
    assert told(run(case(make()))) == []


@pytest.mark.parametrize("given", CORRECT, ids=[given["style"] for given in CORRECT])
def test_no_style_of_a_correct_report_has_a_finding(make, given):
    cells = {
        id: Cell(Decimal(value), value) if isinstance(value, str) else value
        for id, value in given.get("cells", {}).items()
    }
    report = make(
        {1: given["overview"], 5: given["problems"], 6: given["other"]},
        cells,
        base=False,
        agency=given["agency"],
        year=given["year"],
        opening=given["opening"],
        form=given.get("form", "annual-2021"),
    )
    assert told(run(case(report))) == []


def test_rules_are_the_registered_files():
    folder = Path(runner.__file__).parent
    named = {module.RULE.id: Path(module.__file__).stem for module in RULES}
    assert all(stem == id.replace("-", "_") for id, stem in named.items())
    with_rule = {file.stem for file in folder.glob("*.py") if "\nRULE = " in file.read_text(encoding="utf-8")}
    assert with_rule == {*named.values(), "_template"}


def test_the_template_works_and_is_not_registered(make):
    template = importlib.import_module("gongkai.core.checks._template")
    assert template not in RULES
    assert [found.message.id for found in template.check(case(make(title="")))] == ["my-rule.what-is-wrong"]


def test_every_rule_has_severity_source_and_a_reason():
    order = ["error", "warning", "notice"]
    severities = [order.index(module.RULE.severity) for module in RULES]
    assert severities == sorted(severities) and set(severities) == {0, 1, 2}
    for module in RULES:
        assert module.RULE.source and "Source:" in module.check.__doc__ and "Silent:" in module.check.__doc__
    assert Counter(module.RULE.severity for module in RULES) == {"error": 5, "warning": 10, "notice": 7}


def test_findings_of_a_table_share_its_repair(make):
    report = make(cells={"requests/total/natural_person": 2, "review/reconsideration/total": 2})
    by_rule = {}
    for found in run(case(report)):
        by_rule.setdefault(found.rule.id, []).append(found)
    assert {id: len(found) for id, found in by_rule.items()} == {
        "row-total": 1,
        "column-total": 1,
        "balance": 1,
        "review-total": 1,
        "text-mismatch": 1,
    }
    requests = {id: by_rule[id][0].repair for id in ("row-total", "column-total", "balance")}
    assert len({id(repair) for repair in requests.values()}) == 1
    repair = requests["balance"]
    assert (repair.status, repair.size, repair.changes) == ("unique", 1, (("requests/total/natural_person", 2, 3),))
    assert {change.cell.split("/")[0] for change in by_rule["review-total"][0].repair.changes} == {"review"}
    assert by_rule["text-mismatch"][0].repair is None


def test_no_repair_for_a_sum_that_reaches_into_last_year(make):
    previous = make(year=2022, cells={"requests/carried_out/natural_person": 2, "requests/carried_out/total": 2})
    found = run(case(make(), previous))
    assert {finding.rule.id for finding in found} >= {"carry-over"}
    assert all(finding.repair is None for finding in found)


def test_figures_that_could_not_be_read_break_no_sum_and_get_no_repair(make):
    row = tuple(id for id in make().cells if id.startswith("requests/new/"))
    assert len(row) == 7
    report = make(cells={cell: Cell(None, "3100004") for cell in row} | {"requests/granted/total": 1})
    report = replace(report, problems=(message("read.figures-unclear", cells=row, cell=row[-1], found="", count=7),))
    found = run(case(report))
    assert {(finding.rule.id, finding.cell) for finding in found} == {
        ("row-total", "requests/granted/total"),
        ("column-total", "requests/total/total"),
        ("text-mismatch", "requests/granted/total"),
    }
    assert all(finding.repair is None for finding in found)


def test_findings_come_in_the_order_of_the_rules(make):
    report = make({6: "无"}, {"requests/total/natural_person": 2, "requests/new/other": ""}, title="年报")
    order = [module.RULE for module in RULES]
    positions = [order.index(finding.rule) for finding in run(case(report))]
    assert positions == sorted(positions) and len(set(positions)) >= 4


def test_the_checks_cost_little(make):
    """Under 1.5 ms is what they take on an idle machine; the bound leaves room for a busy one."""
    report, known = make(), words()
    run(Case(report, words=known))
    times = []
    for _ in range(15):
        start = time.process_time()
        run(Case(report, words=known))
        times.append(time.process_time() - start)
    assert min(times) < 0.004


def test_the_published_sample(sample):
    findings = run(case(sample))
    assert [(found.rule.id, found.cell, found.found, found.expected) for found in findings] == [
        ("column-total", "requests/total/natural_person", 0, 1),
        ("column-total", "requests/total/total", 0, 1),
        ("balance", "requests/total/natural_person", 0, 1),
        ("balance", "requests/total/total", 0, 1),
        ("stale-year", None, 2021, 2022),
        ("stale-basis", None, "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"),
        ("fee-statement", None, None, None),
        ("overview-head", None, None, "依申请公开"),
        ("agency-name", None, "政务服务局政府", "吉林市昌邑区政务服务局"),
        ("residue", None, "[bookmark: _GoBack]", None),
        ("numbering", None, "3、", "三、"),
        ("numbering", None, "4、", "四、"),
    ]
    for found in findings[:4]:
        assert found.repair.status == "unique"
        assert set(found.repair.changes) == {
            ("requests/total/natural_person", 0, 1),
            ("requests/total/total", 0, 1),
        }
