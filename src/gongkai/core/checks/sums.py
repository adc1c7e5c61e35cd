"""The sums of a form held against a report: shared by the checks of totals and by those that reach into last year.

A blank counts as 0; a sum whose cells are all blank is not checked; neither is one with a cell that the reader could
not make out, since nobody knows whether it holds.
"""

from collections.abc import Iterable, Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import Message, message
from gongkai.core.tables.form import Identity
from gongkai.core.tables.report import ABSENT, Number, Report


def broken(case: Case, rule: Rule) -> Iterator[Finding]:
    """One finding for every sum of this rule that does not hold; ``expected`` is what the other figures ask.

    A sum with cells of last year's report needs that report, and both ends of the bridge: the total must stand in
    this report, and last year's cells in that one.
    """
    unknown = unread(case.report)
    for identity in case.report.form.identities_of(rule.id):
        if unknown and not unknown.isdisjoint(identity.cells):
            continue
        previous: Number = 0
        if identity.previous:
            carried = _carried(case, identity)
            if carried is None:
                continue
            previous = carried
        expected = _expected(case.report, identity, previous)
        if expected is not None:
            found = case.report.value(identity.total)
            yield Finding(
                rule, identity.total, found, expected, _message(rule, identity, found, expected, case.previous)
            )


def _expected(report: Report, identity: Identity, previous: Number) -> Number | None:
    """What the total should be, or ``None`` where the sum holds or has no figure at all."""
    figure = report.figures.__getitem__
    expected = previous + sum(map(figure, identity.plus)) - sum(map(figure, identity.minus))
    return None if expected == figure(identity.total) else expected


def _carried(case: Case, identity: Identity) -> Number | None:
    """Last year's share of a sum, or ``None`` where the bridge between the two reports lacks an end."""
    before = last_year(case)
    if before is None or case.report.cells.get(identity.total, ABSENT) == ABSENT:
        return None
    if any(before.cells.get(cell, ABSENT) == ABSENT for cell in identity.previous):
        return None
    if not unread(before).isdisjoint(identity.previous):
        return None
    carried: Number = 0
    for cell in identity.previous:
        carried += before.value(cell) or 0
    return carried


def _message(rule: Rule, identity: Identity, found: Number | None, expected: Number, before: Report | None) -> Message:
    id = f"{rule.id}.broken" if found is not None else f"{rule.id}.blank"
    if identity.previous and before is not None:
        return message(id, cell=identity.total, found=found, expected=expected, previous=before.source)
    return message(id, cell=identity.total, found=found, expected=expected)


def unread(report: Report) -> frozenset[str]:
    """Cells that stand in the report but whose figures the reader could not tell apart; its problems name them."""
    found: set[str] = set()
    for problem in report.problems:
        cells = problem.params.get("cells")
        if isinstance(cells, Iterable) and not isinstance(cells, str):
            found.update(cells)
    return frozenset(found)


def last_year(case: Case) -> Report | None:
    """The report given as last year's, unless the two reports' years say that it is not."""
    before, year = case.previous, case.report.year
    if before is None or (year is not None and before.year is not None and before.year != year - 1):
        return None
    return before
