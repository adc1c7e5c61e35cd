"""What was carried in is what last year's report carried out."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import broken

RULE = Rule("carry-over", "warning", "国办公开办函〔2021〕30号，表三第二、四项 · table three, items two and four")


def check(case: Case) -> Iterator[Finding]:
    """In every column, 二、上年结转 of this report equals 四、结转下年度继续办理 of last year's.

    Source: the meaning of the two rows of table three; a difference may be right, but must be explained in part one
    or six.
    Silent: without last year's report, and where either report does not have the row.
    """
    return broken(case, RULE)
