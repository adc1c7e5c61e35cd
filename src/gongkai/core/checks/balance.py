"""Table three: what came in is what was handled or carried over."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("balance", "error", "国办公开办函〔2021〕30号，表三表头 · head of table three")


def check(case: Case) -> Iterator[Finding]:
    """In every column of the table of requests: 一 (new) + 二 (carried in) = 三（七） (handled) + 四 (carried out).

    Source: printed in the corner of table three: 第一项加第二项之和，等于第三项加第四项之和.
    Silent: for sums whose cells are all blank, and for rows whose figures could not be told apart. A blank counts as 0.
    """
    return broken(case, RULE)
