"""The subjects that part one must treat."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("overview-head", "notice", "国办公开办函〔2021〕30号，第一部分 · part one")


def check(case: Case) -> Iterator[Finding]:
    """Part one treats each of its heads: 主动公开, 依申请公开, 政府信息管理, 平台建设, 监督保障. One finding a head
    not treated.

    Source: 国办公开办函〔2021〕30号, part one.
    Silent: where any of the words stands that show the head was treated, however briefly, and where part one is
    missing.
    """
    for part in case.report.form.parts:
        there = case.report.part(part.number) if part.heads else None
        if there is None:
            continue
        text = f"{there.title}\n{there.text}"
        for head in part.heads:
            if not any(word in text for word in head.all):
                name = head.text
                yield Finding(
                    RULE,
                    None,
                    None,
                    name,
                    message("overview-head.head", part_number=part.number, part=part.label.text, head=name),
                )
