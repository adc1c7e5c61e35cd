"""A finding: one mistake in a report, with its place, its rule and, for a broken sum, its smallest correction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from gongkai.core.checks.prose import Passage, passages
from gongkai.core.checks.words import Words
from gongkai.core.message import Message
from gongkai.core.tables.report import Number, Report

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check's identity card: its id, how grave its findings are, and the legal source it rests on."""

    id: str
    severity: Severity
    source: str


class Change(NamedTuple):
    """One cell of a repair: ``before`` as printed (``None`` for a blank), ``after`` the corrected figure."""

    cell: str
    before: Number | str | None
    after: int


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest set of changes that restores all sums of one table.

    ``status``: ``unique``, ``several`` (``count`` ways of ``size`` changes; ``changes`` is one, ``alternatives`` at
    most 20 others) or ``none`` (no way with at most six changes, or the search was given up: ``size`` is then a proven
    lower bound).
    """

    status: Literal["unique", "several", "none"]
    size: int
    count: int
    changes: tuple[Change, ...] = ()
    alternatives: tuple[tuple[Change, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong. ``found`` is what stands there, ``expected`` what the other figures or the rule ask.

    ``cell`` is null for findings on parts, years, residue and title. ``quote`` is the sentence at fault, for prose.
    """

    rule: Rule
    cell: str | None
    found: object
    expected: object
    message: Message
    quote: str | None = None
    repair: Repair | None = None


@dataclass(frozen=True)
class Case:
    """What a check looks at: one report, last year's where known, and the words that prose rules need.

    ``corrected``: the figures that cells take in the only smallest correction of their table, where there is one.
    """

    report: Report
    previous: Report | None = None
    words: Words = field(kw_only=True)
    corrected: Mapping[str, Number] = field(default_factory=dict, kw_only=True)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The report's running text, the opening first."""
        return tuple(passages(self.report))
