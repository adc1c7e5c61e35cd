"""Parts of the form that the report lacks."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule(
    "missing-part", "warning", "《政府信息公开条例》第五十条 · OGI Regulation, Art. 50；国办公开办函〔2021〕30号"
)


def check(case: Case) -> Iterator[Finding]:
    """The report has every part of the form, 一、总体情况 to 六、其他需要报告的事项; a part without content says 无.

    Source: Regulation on OGI Art 50; the form's parts (国办公开办函〔2021〕30号).
    Silent: about the content of the parts.
    """
    there = {part.number for part in case.report.parts}
    for part in case.report.form.parts:
        if part.number not in there:
            title = part.label.text
            yield Finding(RULE, None, None, title, message("missing-part.part", part_number=part.number, part=title))
