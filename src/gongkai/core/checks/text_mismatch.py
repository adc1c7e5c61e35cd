"""Figures in the prose that contradict the tables."""

from collections.abc import Iterator

from gongkai.core.checks.figures import Claim, claims
from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import unread
from gongkai.core.message import message
from gongkai.core.tables.report import Number, Report

RULE = Rule("text-mismatch", "warning", "国办公开办函〔2021〕30号")


def check(case: Case) -> Iterator[Finding]:
    """A figure that the prose tells and a table holds is the same in both.

    Compared are requests received, carried over, handled and their results, kinds of applicants, reconsideration
    and litigation, documents made and abolished, decisions and fees. ``found`` is the prose's figure, ``expected``
    the table's; the sentence is quoted. Where that is a sum of several, the cell is their group
    (requests/refused/total). A figure that may mean several sums of the table (收到: 新收, or with 上年结转) only has
    to agree with one of them.

    Source: 国办公开办函〔2021〕30号 (the report is accurate); the figures of part one are those of the tables.
    Silent: where the table's sums do not hold and their only smallest correction puts the prose's figure there: the
    table is wrong then, and its own findings say so. Also for figures of other years, periods, organs or things (网站,
    提案, 咨询, 条), shares, plans, numbers not meant exactly (余件), details (其中) of something else, and where the
    table's cells are blank or could not be read.
    """
    unknown: frozenset[str] | None = None
    for claim in claims(case):
        unknown = unread(case.report) if unknown is None else unknown
        seen = [(cells, _value(case.report, cells)) for cells in claim.readings if unknown.isdisjoint(cells)]
        figures = [(cells, value) for cells, value in seen if value is not None]
        if len(seen) < len(claim.readings) or not figures or any(_agrees(claim, value) for _, value in figures):
            continue
        if any(_agrees(claim, value) for cells in claim.readings if (value := _corrected(case, cells)) is not None):
            continue
        cells, expected = figures[0]
        cell = _cell(case.report, claim, cells)
        said = message(
            "text-mismatch.figure" if claim.place else "text-mismatch.opening",
            cell=cell, found=claim.number, expected=expected, quote=claim.sentence, place=claim.place,
        )  # fmt: skip
        yield Finding(RULE, cell, claim.number, expected, said, claim.sentence)


def _value(report: Report, cells: tuple[str, ...]) -> Number | None:
    values = [value for value in map(report.value, cells) if value is not None]
    total: Number = 0
    for value in values:
        total += value
    return total if values else None


def _corrected(case: Case, cells: tuple[str, ...]) -> Number | None:
    """The sum after the correction of its table, or ``None`` where that changes none of the cells."""
    if case.corrected.keys().isdisjoint(cells):
        return None
    total: Number = 0
    for cell in cells:
        total += case.corrected.get(cell, case.report.value(cell) or 0)
    return total


def _agrees(claim: Claim, value: Number) -> bool:
    """Equal; a sum of money also if the table's figure rounds to the prose's or the prose's to the table's."""
    if claim.number == value:
        return True
    if not claim.money or not claim.number or not value:
        return False
    return any(round(a, _places(b)) == b for a, b in ((claim.number, value), (value, claim.number)))


def _places(number: Number) -> int:
    exponent = 0 if isinstance(number, int) else number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _cell(report: Report, claim: Claim, cells: tuple[str, ...]) -> str:
    """The cell contradicted: the only one, or the first with a figure where there should be none; else the group."""
    if len(cells) == 1:
        return cells[0]
    if not claim.number:
        wrong = [cell for cell in cells if report.value(cell)]
        if wrong:
            return wrong[0]
    return claim.group
