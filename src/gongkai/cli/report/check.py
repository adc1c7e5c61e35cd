"""``gongkai report check``: every mistake of each report, with its place, its rule and the smallest correction."""

import argparse
from collections import Counter
from collections.abc import Sequence

from gongkai.cli.columns import Line, fill, table, width
from gongkai.cli.report.files import Files, unforeseen
from gongkai.cli.report.findings import show_report
from gongkai.cli.report.previous import Previous
from gongkai.cli.terminal import Terminal
from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message
from gongkai.core.tables.report import Report
from gongkai.services.report.findings import SEVERITIES, finding_object


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="help.paths")
    parser.add_argument("--previous", action="append", metavar="FILE|FOLDER", help="help.previous")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """One object a finding; 0 without error-level findings, 1 with some, 2 where a file gave no report."""
    from gongkai.core.checks.run import run as run_checks
    from gongkai.rulebook.load.words import words

    files = Files(terminal)
    tally = Tally()
    previous = Previous(files, args.previous) if args.previous else None
    files.files = 0
    failed = False
    for report in files.reports(args.paths):
        last = previous.of(report) if previous else None
        if previous and last is None:
            _unpaired(report, terminal)
        try:
            findings = run_checks(Case(report, previous=last, words=words()))
        except Exception as error:  # A fault of ours in one report must not cost the user all the others.
            terminal.complain(terminal.render(unforeseen(error, report.source)))
            failed = True
            continue
        tally.add(findings)
        if terminal.format == "jsonl":
            for finding in findings:
                terminal.record(finding_object(report, finding, terminal.render))
            if count := len(report.problems):
                files.say(message("terminal.check.problems", file=report.source, count=count))
        else:
            show_report(report, findings, terminal)
        terminal.flush()
    if terminal.format == "text" and files.files > 1:
        tally.show(files, terminal)
    if files.unreadable or failed:
        return 2
    return 1 if tally.severities["error"] else 0


def _unpaired(report: Report, terminal: Terminal) -> None:
    agency = report.agency or terminal.words("unknown")
    year = report.year - 1 if report.year else terminal.words("unknown")
    terminal.complain(terminal.render(message("terminal.no-previous", file=report.source, agency=agency, year=year)))


class Tally:
    """How many findings of each kind, over all reports. Nothing of the reports themselves is kept."""

    def __init__(self) -> None:
        self.reports = 0
        self.severities: Counter[str] = Counter()
        self._findings: Counter[Rule] = Counter()
        self._reports: Counter[Rule] = Counter()

    def add(self, findings: Sequence[Finding]) -> None:
        """Count one report."""
        self.reports += 1
        rules = [finding.rule for finding in findings]
        self.severities.update(rule.severity for rule in rules)
        self._findings.update(rules)
        self._reports.update(set(rules))

    def show(self, files: Files, terminal: Terminal) -> None:
        """A table of the rules that were broken, and one last line of totals."""
        words = terminal.words
        ordered = sorted(
            self._findings, key=lambda rule: (SEVERITIES.index(rule.severity), -self._findings[rule], rule.id)
        )
        room = max(width(words(severity)) for severity in SEVERITIES)
        lines = [
            Line(
                f"{fill(words(rule.severity), room)}  {rule.id}", (str(self._findings[rule]), str(self._reports[rule]))
            )
            for rule in ordered
        ]
        if lines:
            terminal.line(terminal.style(words("summary.title"), "head"))
            heads = (words("summary.findings"), words("summary.reports"))
            for line in table(words("summary.rule"), heads, lines, terminal.width):
                terminal.line(line)
        counts = {severity: self.severities[severity] for severity in SEVERITIES}
        total = words("summary.total", files=files.files, reports=self.reports, unreadable=files.unreadable, **counts)
        terminal.paragraph(total, kind="head")
