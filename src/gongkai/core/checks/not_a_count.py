"""Cells that ask for a count and hold something else."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import unread
from gongkai.core.message import message
from gongkai.core.tables.form import CellType
from gongkai.core.tables.report import Number

RULE = Rule("not-a-count", "error", "国办公开办函〔2021〕30号，表二至表四 · tables two to four")


def check(case: Case) -> Iterator[Finding]:
    """A cell for a count holds a whole number of zero or more; a change (本年增/减) may be negative, a sum of money
    have decimals.

    Source: the tables of the form count 件; 收费金额 is money in 万元.
    Silent: for a figure with a unit or a remark (3件), for blanks and dashes (see blank-cell), and for rows whose
    figures the reader could not tell apart.
    """
    types = case.report.form.types
    blanks = case.words.blanks
    unknown: frozenset[str] | None = None
    for id, cell in case.report.cells.items():
        value = cell.value
        if type(value) is int and value >= 0:
            continue
        if value is None:
            if not cell.printed or cell.printed in blanks or "".join(cell.printed.split()) in blanks:
                continue
            fault = "not-a-count.text"
        elif (wrong := _fault(value, types[id].type)) is None:
            continue
        else:
            fault = wrong
        unknown = unread(case.report) if unknown is None else unknown
        if id not in unknown:
            printed = cell.printed if cell.printed else value
            yield Finding(RULE, id, printed, None, message(fault, cell=id, found=printed))


def _fault(value: Number, type: CellType) -> str | None:
    if value < 0:
        return None if type == "signed_count" else "not-a-count.negative"
    if isinstance(value, int) or type == "amount" or value == value.to_integral_value():
        return None
    return "not-a-count.decimal"
