"""All checks, in order, over one report."""

from collections.abc import Iterable
from dataclasses import replace
from types import ModuleType

from gongkai.core.checks import (
    agency_name,
    balance,
    blank_cell,
    carry_over,
    column_total,
    copied_text,
    fee_statement,
    in_force_rollover,
    missing_part,
    missing_row,
    missing_table,
    not_a_count,
    numbering,
    overview_head,
    part_order,
    residue,
    review_total,
    row_total,
    stale_basis,
    stale_year,
    text_mismatch,
    title,
)
from gongkai.core.checks.finding import Case, Finding, Repair
from gongkai.core.checks.sums import unread
from gongkai.core.tables.report import Number

RULES: tuple[ModuleType, ...] = (
    row_total,
    column_total,
    balance,
    review_total,
    not_a_count,
    carry_over,
    in_force_rollover,
    copied_text,
    text_mismatch,
    stale_year,
    stale_basis,
    missing_part,
    missing_table,
    missing_row,
    fee_statement,
    overview_head,
    agency_name,
    blank_cell,
    residue,
    numbering,
    part_order,
    title,
)
"""Every check, the sums first, errors before warnings before notices: the order in which findings are told."""


def run(case: Case) -> list[Finding]:
    """Every finding of every check, in the order of ``RULES`` and within one in that of the form or the text.

    Findings on the sums of one table share the smallest correction of that table; sums that reach into last year's
    report have none, nor has a table with figures that could not be read. The sums are checked first, since a check
    of prose needs their correction.
    """
    sums = case.report.form.sum_rules
    broken = [finding for rule in RULES if rule.RULE.id in sums for finding in rule.check(case)]
    if broken:
        repairs = _repairs(case, {_table(finding) for finding in broken})
        broken = [replace(finding, repair=repairs[_table(finding)]) for finding in broken]
        case = replace(case, corrected=_corrected(repairs.values()))
    return broken + [finding for rule in RULES if rule.RULE.id not in sums for finding in rule.check(case)]


def _repairs(case: Case, tables: set[str]) -> dict[str, Repair | None]:
    # Imported late: most reports have nothing to repair.
    from gongkai.core.checks.repair import repair

    report = case.report
    unknown = {cell.partition("/")[0] for cell in unread(report)}
    return {table: None if table in unknown else repair(report.form, table, report.cells) for table in sorted(tables)}


def _corrected(repairs: Iterable[Repair | None]) -> dict[str, Number]:
    """The figures of cells that can be corrected in one smallest way only."""
    only = [repair for repair in repairs if repair is not None and repair.status == "unique"]
    return {change.cell: change.after for repair in only for change in repair.changes}


def _table(finding: Finding) -> str:
    return (finding.cell or "").partition("/")[0]
