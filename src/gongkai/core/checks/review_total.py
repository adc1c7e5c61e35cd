"""Table four: every 总计 is the sum of the four results before it."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("review-total", "error", "国办公开办函〔2021〕30号，表四 · table four")


def check(case: Case) -> Iterator[Finding]:
    """For 行政复议 and both kinds of 行政诉讼: 总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结.

    Source: table four of the form, 国办公开办函〔2021〕30号 (for 2019 and 2020: 〔2019〕60号).
    Silent: for sums whose cells are all blank, and for rows whose figures could not be told apart. A blank counts as 0.
    """
    return broken(case, RULE)
