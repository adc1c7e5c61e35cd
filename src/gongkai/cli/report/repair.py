"""``gongkai report repair``: the same report with the smallest correction applied, every change listed."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import Any

from gongkai.cli.report.files import Files
from gongkai.cli.report.findings import SEVERITIES, change_objects, show_changes, show_ways
from gongkai.cli.report.output import other_years, save, target
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.checks.finding import Case, Change, Repair
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Cell, Report

LISTED = 20
"""So many ways beside the one applied are listed."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("path", metavar="PATH", help="help.path")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="help.output")
    parser.add_argument("--choose", type=int, default=1, metavar="N", help="help.choose")
    parser.add_argument("--history", action="append", default=[], metavar="FILE|FOLDER", help="help.history")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """0 written, 1 where no correction is known and nothing was written, 2 unreadable, unwritable or wrong usage."""
    output = target(args.output)
    files = Files(terminal)
    report = files.single(args.path)
    if report is None:
        return 2
    history = other_years(files, args.history, report)
    doubt, repairs = _repairs(report)
    if doubt:
        said = terminal.render(doubt)
        if terminal.format == "jsonl":
            terminal.record(_object(report, None, "none", 0, (), (), [said], None))
        else:
            terminal.paragraph(said, kind="error")
        return 1
    ways = [sum(way, ()) for way in islice(product(*map(_ways, repairs)), LISTED + 1)]
    if not 1 <= args.choose <= len(ways):
        id = "terminal.no-such-way" if len(ways) > 1 else "terminal.only-way"
        raise Refused(message(id, number=args.choose, last=len(ways), file=args.path))
    changes = ways[args.choose - 1]
    right = corrected(report, changes)
    remaining = _remaining(right)
    written = save(right, output, history, changes, sources=[args.path])
    warnings = [terminal.render(warning) for warning in written]
    count = prod(found.count for found in repairs)
    if terminal.format == "jsonl":
        status = "unique" if count == 1 else "several"
        others = [way for way in ways if way is not changes]
        terminal.record(_object(report, args.output, status, count, changes, others, warnings, remaining))
    else:
        _show(args, ways, count, remaining, terminal)
        for warning in warnings:
            terminal.complain(warning)
    return 0


def _repairs(report: Report) -> tuple[Message | None, list[Repair]]:
    """The repair of each table, or why the report cannot be corrected: too much is wrong, or figures are unknown."""
    from gongkai.core.checks.repair import repair
    from gongkai.core.checks.sums import unread

    if cells := unread(report):
        return message("terminal.repair.unread", file=report.source, count=len(cells)), []
    repairs = [repair(report.form, table.id, report.cells) for table in report.form.tables]
    if any(found.status == "none" for found in repairs):
        size = sum(found.size for found in repairs)
        return message("terminal.repair.unknown", file=report.source, size=size), []
    return None, repairs


def _ways(repair: Repair) -> tuple[tuple[Change, ...], ...]:
    """Every listed way to correct one table; each goes with every way of the other tables."""
    return (repair.changes, *repair.alternatives)


def corrected(report: Report, changes: Sequence[Change]) -> Report:
    """The report with some figures changed; each keeps its place."""
    cells = dict(report.cells)
    for change in changes:
        cells[change.cell] = Cell(change.after, str(change.after), cells[change.cell].place)
    return replace(report, cells=cells)


def _remaining(report: Report) -> dict[str, int]:
    """How many findings of each severity are left for people to mend: sums are restored, prose is not touched."""
    from gongkai.core.checks.run import run as run_checks
    from gongkai.rulebook.load.words import words

    found = Counter(finding.rule.severity for finding in run_checks(Case(report, words=words())))
    return {severity: found[severity] for severity in SEVERITIES}


def _object(
    report: Report,
    output: str | None,
    status: str,
    count: int,
    changes: Sequence[Change],
    others: Sequence[Sequence[Change]],
    warnings: Sequence[str],
    remaining: Mapping[str, int] | None,
) -> dict[str, Any]:
    return {
        "source": report.source,
        "output": output,
        "changes": change_objects(changes),
        "status": status,
        "count": count,
        "alternatives": [change_objects(way) for way in others],
        "warnings": list(warnings),
        "remaining": remaining,
    }


def _show(
    args: argparse.Namespace,
    ways: Sequence[Sequence[Change]],
    count: int,
    remaining: Mapping[str, int],
    terminal: Terminal,
) -> None:
    words = terminal.words
    changes = ways[args.choose - 1]
    if not changes:
        terminal.line(words("repair.nothing", file=args.path))
    else:
        terminal.line(terminal.style(words("repair.applied", file=args.path, size=len(changes)), "head"))
        show_changes(changes, terminal, indent=2)
    if count > 1:
        terminal.line()
        terminal.paragraph(words("repair.ambiguous", count=count, number=args.choose, others=count - 1))
        others = {number: way for number, way in enumerate(ways, 1) if number != args.choose}
        show_ways(others, count - 1, terminal, indent=2)
        terminal.paragraph(words("repair.choose"))
    terminal.line()
    terminal.line(terminal.style(words("written", file=args.output), "good"))
    id = "repair.remaining" if any(remaining.values()) else "repair.clean"
    terminal.paragraph(words(id, file=args.output, **remaining))
