"""A real published report, read and checked: the facts below were read off the file by hand."""

from pathlib import Path

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.documents.read.report import read_report
from gongkai.rulebook.load.words import words


def sample(shared: Path):
    return read_report(shared / "samples" / "changyi-2021.txt")


def test_every_figure_of_the_sample(shared):
    report = sample(shared)
    assert (report.agency, report.year, report.form.id) == ("吉林市昌邑区政务服务局", 2021, "annual-2021")
    assert report.title == "吉林市昌邑区政务服务局2021年政府信息公开工作年度报告"
    ones = {f"requests/{row}/{column}" for row in ("new", "unable.not_held") for column in ("natural_person", "total")}
    assert len(report.cells) == 10 + 175 + 15
    assert {id: cell.value for id, cell in report.cells.items()} == {id: int(id in ones) for id in report.cells}
    assert report.problems == ()
    assert all(cell.place is not None and (cell.place.line or cell.place.row) for cell in report.cells.values())


def test_the_parts_of_the_sample(shared):
    report = sample(shared)
    assert [(part.number, part.heading) for part in report.parts] == [
        (1, "一、总体情况"),
        (2, "二、主动公开政府信息情况"),
        (3, "3、 收到和处理政府信息公开申请情况"),
        (4, "4、 政府信息公开行政复议、行政诉讼情况"),
        (5, "五、存在的主要问题及改进情况"),
        (6, "六、其他需要报告的事项"),
    ]
    assert [part.text for part in report.parts if part.number in (2, 3, 4, 6)] == ["", "", "", "无"]
    assert report.parts[0].text.startswith("2021年，在区委") and report.parts[0].text.endswith("泄密事件。")
    assert report.parts[4].text.count("\n") == 3
    assert report.opening.startswith("根据新修订的") and report.opening.endswith("qinqingcy@126.com。")


def test_the_findings_of_the_sample(shared):
    findings = run(Case(sample(shared), words=words()))
    errors = [(f.rule.id, f.cell, f.found, f.expected) for f in findings if f.rule.severity == "error"]
    assert sorted(errors) == sorted(
        (rule, f"requests/total/{column}", 0, 1)
        for rule in ("column-total", "balance")
        for column in ("natural_person", "total")
    )
    for finding in findings:
        if finding.rule.severity == "error":
            assert finding.repair is not None
            assert (finding.repair.status, finding.repair.size) == ("unique", 2)
            assert {(c.cell, c.before, c.after) for c in finding.repair.changes} == {
                ("requests/total/natural_person", 0, 1),
                ("requests/total/total", 0, 1),
            }
    others = sorted(
        (f.rule.id, f.found) for f in findings if f.rule.severity != "error" and f.rule.id != "overview-head"
    )
    assert [rule for rule, _ in others] == [
        "agency-name",
        "fee-statement",
        "numbering",
        "numbering",
        "residue",
        "stale-basis",
        "stale-year",
    ]
    assert {found for rule, found in others if rule == "numbering"} == {"3、", "4、"}
    assert ("residue", "[bookmark: _GoBack]") in others
    assert [f.expected for f in findings if f.rule.id == "overview-head"] == ["依申请公开"]
