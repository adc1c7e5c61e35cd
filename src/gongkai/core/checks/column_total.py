"""Table three: （七）总计 is the sum of all results above it."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("column-total", "error", "国办公开办函〔2021〕30号，表三第三项 · table three, item three")


def check(case: Case) -> Iterator[Finding]:
    """In every column of the table of requests, （七）总计 is the sum of all results of the year, （一） to （六）.

    Source: table three of the form, 国办公开办函〔2021〕30号 (for 2019 and 2020: 〔2019〕60号).
    Silent: for sums whose cells are all blank, and for rows whose figures could not be told apart. A blank counts as 0.
    """
    return broken(case, RULE)
