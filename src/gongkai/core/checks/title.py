"""The report's title: the agency's whole name, the year, the report's name."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("title", "notice", "国办公开办函〔2021〕30号")


def check(case: Case) -> Iterator[Finding]:
    """The title names the agency in full, the year, and the report as 政府信息公开工作年度报告.

    Source: the name of the report in the form and the practice of titles under it; Regulation on OGI Art 50.
    Silent: about the order of the three, and about words around them.
    """
    report = case.report
    wanted = report.form.title
    proper = f"{report.agency}{report.year}年{wanted}" if report.agency and report.year else None
    title = "".join(report.title.split())
    if not title:
        yield Finding(RULE, None, None, proper, message("title.none", expected=proper or wanted))
        return
    faults = []
    if wanted not in title:
        faults.append("title.name")
    if not case.words.titles.year.search(title):
        faults.append("title.year")
    if not report.agency or report.agency not in title:
        faults.append("title.agency")
    elif case.words.titles.short.search(report.agency):
        faults.append("title.short-agency")
        proper = None
    for fault in faults:
        yield Finding(RULE, None, report.title, proper, message(fault, found=report.title, name=wanted))
