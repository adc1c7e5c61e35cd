"""``gongkai report repair``: the same report with the smallest correction applied, every change listed."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.cli.report.files import Files
from gongkai.cli.report.findings import show_changes, show_ways
from gongkai.cli.report.output import other_years, save, target
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.services.report.findings import change_objects, counts
from gongkai.services.report.repairing import Repairs, check, corrected, repairs


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
    found = repairs(report)
    if not found.known:
        said = terminal.render(_doubt(report, found))
        if terminal.format == "jsonl":
            terminal.record(_object(report, None, "none", 0, (), (), [said], None))
        else:
            terminal.paragraph(said, kind="error")
        return 1
    ways = found.ways
    if not 1 <= args.choose <= len(ways):
        id = "terminal.no-such-way" if len(ways) > 1 else "terminal.only-way"
        raise Refused(message(id, number=args.choose, last=len(ways), file=args.path))
    changes = ways[args.choose - 1]
    right = corrected(report, changes)
    remaining = counts(check(right))
    written = save(right, output, history, changes, sources=[args.path])
    warnings = [terminal.render(warning) for warning in written]
    if terminal.format == "jsonl":
        status = "unique" if found.count == 1 else "several"
        others = [way for way in ways if way is not changes]
        terminal.record(_object(report, args.output, status, found.count, changes, others, warnings, remaining))
    else:
        _show(args, ways, found.count, remaining, terminal)
        for warning in warnings:
            terminal.complain(warning)
    return 0


def _doubt(report: Report, found: Repairs) -> Message:
    """Why the report cannot be corrected: too much is wrong, or figures are unknown."""
    if found.unread:
        return message("terminal.repair.unread", file=report.source, count=found.unread)
    return message("terminal.repair.unknown", file=report.source, size=found.size)


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
