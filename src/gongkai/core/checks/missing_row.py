"""Rows of a table that the report lacks."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import unread
from gongkai.core.message import message
from gongkai.core.tables.form import Block, Row, Table
from gongkai.core.tables.report import ABSENT, Report

RULE = Rule("missing-row", "warning", "国办公开办函〔2021〕30号，表二至表四 · tables two to four")


def check(case: Case) -> Iterator[Finding]:
    """A table that stands in the report has every row of the form.

    Source: the tables of the form (国办公开办函〔2021〕30号).
    Silent: for a table that is absent altogether (see missing-table), for rows that the reader may have missed, and
    for those in whose place another is printed: the single row （六）其他处理 of the earlier form stands for the three
    of the later.
    """
    if not any(cell.printed is None and cell.value is None for cell in case.report.cells.values()):
        return
    unknown = unread(case.report)
    for table in case.report.form.tables:
        absent = [row for block, row in _rows(table) if not _stands(case.report, table, block, row)]
        ids = {row.id for row in absent}
        if not absent or len(absent) == sum(len(block.rows) for block in table.blocks):
            continue
        replaced = {row for other, rows in table.alternatives.items() if other not in ids for row in rows}
        missed = {cell.split("/")[1] for cell in unknown if cell.startswith(f"{table.id}/")}
        for row in absent:
            if row.id not in table.alternatives and row.id not in replaced | missed:
                label = row.label.text
                said = message("missing-row.row", part_number=table.part, row=label)
                yield Finding(RULE, None, None, label, said)


def _rows(table: Table) -> Iterator[tuple[Block, Row]]:
    return ((block, row) for block in table.blocks for row in block.rows)


def _stands(report: Report, table: Table, block: Block, row: Row) -> bool:
    return any(
        report.cells.get(f"{table.id}/{row.id}/{column.id}", ABSENT)[:2] != (None, None) for column in block.columns
    )
