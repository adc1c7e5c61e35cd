"""Findings and repairs as the objects of the contract, for programs."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from gongkai.core.checks.finding import Change, Finding, Repair, Severity
from gongkai.core.message import Message
from gongkai.core.tables.report import Report

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
"""Worst first."""


def finding_object(report: Report, finding: Finding, said: Callable[[Message], str]) -> dict[str, Any]:
    """One finding as the JSON object of the contract; ``said`` puts its message into words."""
    return {
        "source": report.source,
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "cell": finding.cell,
        "found": _plain(finding.found),
        "expected": _plain(finding.expected),
        "message": said(finding.message),
        "repair": repair_object(finding.repair) if finding.repair else None,
    }


def repair_object(repair: Repair) -> dict[str, Any]:
    """A repair as JSON: ``size`` is a proven lower bound where the status is ``none``."""
    return {
        "status": repair.status,
        "size": repair.size,
        "count": repair.count,
        "changes": change_objects(repair.changes),
        "alternatives": [change_objects(way) for way in repair.alternatives],
    }


def change_objects(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as JSON; ``from`` is null for a blank."""
    return [{"cell": change.cell, "from": _plain(change.before), "to": change.after} for change in changes]


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    found = Counter(finding.rule.severity for finding in findings)
    return {severity: found[severity] for severity in SEVERITIES}


def _plain(value: object) -> object:
    """A value that JSON knows: an exact decimal becomes a number."""
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value)
