"""Cells of a table that were left blank."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import unread
from gongkai.core.message import message

RULE = Rule("blank-cell", "notice", "国办公开办函〔2021〕30号，表二至表四 · tables two to four")


def check(case: Case) -> Iterator[Finding]:
    """Every cell of a table that stands in the report holds a figure; where there was nothing, that figure is 0.

    Source: the tables of the form. A blank or a dash leaves open whether it means 0 or not known.
    Silent: for rows and tables that are absent altogether (see missing-row, missing-table), and for cells whose figures
    the reader could not tell apart.
    """
    blanks = case.words.blanks
    unknown = unread(case.report)
    for id, cell in case.report.cells.items():
        if cell.value is None and cell.printed is not None and id not in unknown:
            printed = "".join(cell.printed.split())
            if not printed or printed in blanks:
                found = cell.printed.strip() or None
                fault = "blank-cell.mark" if found else "blank-cell.blank"
                yield Finding(RULE, id, found, None, message(fault, cell=id, found=found))
