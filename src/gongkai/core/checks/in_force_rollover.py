"""Documents in force: last year's, plus those made, minus those abolished."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("in-force-rollover", "warning", "国办公开办函〔2021〕30号，表二 · table two")


def check(case: Case) -> Iterator[Finding]:
    """For 规章 and 行政规范性文件: 现行有效件数 = 现行有效件数 of last year's report + 本年制发件数 − 本年废止件数.

    Source: no provision: plausibility of the figures of part two. A clean-up of old documents may break it rightly,
    hence a warning.
    Silent: without last year's report, and where that is on another form without this column.
    """
    return broken(case, RULE)
