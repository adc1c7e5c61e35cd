"""The statement on the information processing fee."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("fee-statement", "warning", "国办函〔2020〕109号")


def check(case: Case) -> Iterator[Finding]:
    """Part six says what fee for processing information (信息处理费) was charged, or that none was.

    Source: 国办函〔2020〕109号, in force since 2021-01-01; its figures are told among 其他需要报告的事项.
    Silent: for reports of earlier years, where part six is missing (see missing-part), and where another part makes the
    statement.
    """
    report, fee = case.report, case.words.fee
    if report.year is None or report.year < fee.since:
        return
    part = next((part for part in report.form.parts if part.label.key == fee.part), None)
    if part is None or report.part(part.number) is None:
        return
    here = [place.text for place in case.passages if place.key == fee.part]
    others = (place.text for place in case.passages if place.key != fee.part)
    if any(map(fee.here.search, here)) or any(map(fee.elsewhere.search, others)):
        return
    yield Finding(RULE, None, None, None, message("fee-statement.none", part_number=part.number, part=part.label.text))
