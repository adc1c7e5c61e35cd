"""Findings and repairs, as text for people."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.cli.columns import fill, shorten, width, wrap
from gongkai.cli.report.figures import digits, figures
from gongkai.cli.terminal import Terminal
from gongkai.core.checks import copied_text
from gongkai.core.checks.finding import Change, Finding, Repair
from gongkai.core.tables.report import Report
from gongkai.services.report.findings import SEVERITIES
from gongkai.services.report.names import form_name, part_name

WAYS = 5
"""So many ways of a repair are shown; programs get all that the repair lists."""

ALIGNED = 54
"""Arrows stand below each other up to this column of a list; a longer name has its own right behind it."""


def show_report(report: Report, findings: Sequence[Finding], terminal: Terminal) -> None:
    """One report: a head line, its findings worst first, each correction under what it mends, problems of reading."""
    words = terminal.words
    unknown = words("unknown")
    facts = (
        report.agency or unknown,
        words("year", year=report.year) if report.year else unknown,
        form_name(report.form, terminal.lang),
        words("figures", count=figures(report)),
    )
    terminal.line(terminal.style(report.source, "head"))
    terminal.paragraph(" · ".join(facts), indent=2, kind="faint")
    for severity in SEVERITIES:
        here = [finding for finding in findings if finding.rule.severity == severity]
        if here:
            terminal.line()
            terminal.line("  " + terminal.style(f"{words(severity)} {len(here)}", severity))
            for place, (repair, group) in enumerate(_groups(here)):
                if place:
                    terminal.line()
                for finding in group:
                    _show_finding(finding, terminal)
                if repair:
                    _show_repair_of(report, group[0], repair, terminal)
    if not findings:
        doubt = bool(report.problems)
        terminal.line(
            "  " + terminal.style(words("check.doubt" if doubt else "check.nothing"), "warning" if doubt else "good")
        )
    if report.problems:
        terminal.line()
        terminal.line("  " + terminal.style(words("read.problems"), "warning"))
        for problem in report.problems:
            terminal.paragraph(terminal.render(problem), indent=4)
    terminal.line()


def _show_finding(finding: Finding, terminal: Terminal) -> None:
    words = terminal.words
    head = terminal.style(finding.rule.id, finding.rule.severity)
    if said := _values(finding, terminal):
        head += "  " + terminal.style("  ".join(said), "head")
    terminal.line("    " + head)
    sentence = terminal.render(finding.message)
    if finding.cell and (name := cell_words(finding.cell, terminal)) not in sentence:
        terminal.paragraph(name, indent=6)
    terminal.paragraph(sentence, indent=6)
    if finding.quote and finding.quote not in sentence:
        terminal.paragraph(words("check.quote", quote=finding.quote), indent=6, kind="faint")


def _values(finding: Finding, terminal: Terminal) -> list[str]:
    """What stands there and what should, as far as the finding says."""
    if finding.rule == copied_text.RULE:  # a share, of which only too much is wrong
        limit = round(copied_text.SHARE * 100)
        return [terminal.words("check.share", found=_brief(finding.found), limit=limit)]
    values = (("check.found", finding.found), ("check.expected", finding.expected))
    return [terminal.words(id, value=_brief(value)) for id, value in values if value is not None]


def _brief(value: object) -> str:
    return shorten(digits(value) if isinstance(value, Decimal) else str(value), 24)


def _groups(findings: Sequence[Finding]) -> list[tuple[Repair | None, list[Finding]]]:
    """Findings by the correction that mends them, those of one table, in the order given; last what none mends."""
    groups: dict[str, tuple[Repair | None, list[Finding]]] = {}
    for finding in findings:
        table = finding.cell.partition("/")[0] if finding.repair and finding.cell else ""
        groups.setdefault(table, (finding.repair, []))[1].append(finding)
    return sorted(groups.values(), key=lambda group: group[0] is None)


def _show_repair_of(report: Report, finding: Finding, repair: Repair, terminal: Terminal) -> None:
    table = report.form.by_table[(finding.cell or "").partition("/")[0]]
    name = part_name(report.form, table.part, terminal.lang) if terminal.lang == "zh" else table.id
    terminal.line()
    terminal.line("    " + terminal.style(terminal.words("repair.of", table=name), "head"))
    show_repair(repair, terminal, indent=6)


def show_repair(repair: Repair, terminal: Terminal, indent: int) -> None:
    """The ways to correct a table: one where there is one, else the first few of them."""
    terminal.paragraph(terminal.words(f"repair.{repair.status}", size=repair.size, count=repair.count), indent)
    if repair.status == "unique":
        show_changes(repair.changes, terminal, indent)
    elif repair.status == "several":
        ways = dict(enumerate((repair.changes, *repair.alternatives), 1))
        show_ways(ways, repair.count, terminal, indent)


def show_ways(ways: Mapping[int, Sequence[Change]], count: int, terminal: Terminal, indent: int) -> None:
    """Several ways by number, without the changes that they all share, and how many more there are."""
    common = set.intersection(*map(set, ways.values())) if len(ways) > 1 else set()
    for number in list(ways)[:WAYS]:
        terminal.line(" " * indent + terminal.words("repair.way", number=number))
        show_changes([change for change in ways[number] if change not in common], terminal, indent + 2)
    if count > WAYS:
        terminal.line(" " * indent + terminal.words("repair.more", count=count - WAYS))


def show_changes(changes: Sequence[Change], terminal: Terminal, indent: int) -> None:
    """``cell  before → after``, the arrows of short names below each other, long names broken to the screen."""
    names = [cell_words(change.cell, terminal) for change in changes]
    limit = min(ALIGNED, terminal.width - indent - 16)
    room = max((size for size in map(width, names) if size <= limit), default=0)
    for name, change in zip(names, changes, strict=True):
        before = terminal.words("blank") if change.before is None else digits(change.before)
        _show_change(fill(name, room), before, str(change.after), terminal, indent)


def _show_change(name: str, before: str, after: str, terminal: Terminal, indent: int) -> None:
    """One change; where its figures find no room behind the name, they stand on the next line, a little further in."""
    space = terminal.width - indent
    *above, last = wrap(name, space) if width(name.rstrip()) > space else [name]
    for line in above:
        terminal.line(" " * indent + line)
    figures = f"{before} → {after}"
    if width(f"{last}  {figures}") > space:
        terminal.line(" " * indent + last.rstrip())
        indent, last = indent + 2, ""
    start = f"{last}  " if last else ""
    terminal.line(f"{' ' * indent}{start}{before} → {terminal.style(after, 'good')}")


def cell_words(cell: str, terminal: Terminal) -> str:
    """A cell in printed words for Chinese readers, its id for others."""
    return terminal.words("cell", cell=cell)
