"""Parts that do not stand in the order of the form."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("part-order", "notice", "国办公开办函〔2021〕30号")


def check(case: Case) -> Iterator[Finding]:
    """The parts stand in the order of the form; one finding for every part that comes after a later one.

    Source: the form's parts (国办公开办函〔2021〕30号).
    Silent: about parts that are missing, and about how they are numbered (see numbering).
    """
    titles = {part.number: part.label.text for part in case.report.form.parts}
    last = 0
    for part in case.report.parts:
        if part.number < last:
            found, after = titles.get(part.number, part.title), titles.get(last, "")
            yield Finding(RULE, None, found, None, message("part-order.part", part=found, after=after))
        last = max(last, part.number)
