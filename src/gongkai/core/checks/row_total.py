"""Table three: every row's 总计 is the sum of its kinds of applicants."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("row-total", "error", "国办公开办函〔2021〕30号，表三 · table three")


def check(case: Case) -> Iterator[Finding]:
    """Every row of the table of requests adds up: 总计 = 自然人 + the five kinds of 法人或其他组织.

    Source: table three of the form, 国办公开办函〔2021〕30号 (for 2019 and 2020: 〔2019〕60号).
    Silent: for sums whose cells are all blank, and for rows whose figures could not be told apart. A blank counts as 0.
    """
    return broken(case, RULE)
