"""Tables of the form that the report lacks."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("missing-table", "warning", "国办公开办函〔2021〕30号，表二至表四 · tables two to four")


def check(case: Case) -> Iterator[Finding]:
    """The report has every table of the form, as text and not as a picture.

    Source: the form's parts two to four (国办公开办函〔2021〕30号).
    Silent: about tables of which any cell was found.
    """
    report = case.report
    titles = {part.number: part.label.text for part in report.form.parts}
    for table in report.form.tables:
        if not report.has_table(table.id):
            part = titles[table.part]
            yield Finding(RULE, None, None, part, message("missing-table.table", part_number=table.part, part=part))
