"""Prose taken over from last year's report."""

import re
from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.sums import last_year
from gongkai.core.message import message

RULE = Rule("copied-text", "warning", "国办公开办函〔2021〕30号")

LEAST = 100
"""Characters without figures and blanks that a part must have: shorter ones say the same every year, and rightly."""

GRAM = 8
"""Length of the runs of characters compared: longer than the set phrases of the field."""

SHARE = 0.8
"""From this share of runs on, a part counts as copied."""

_IDLE = re.compile(r"[\d\s０-９〇]+|[一二三四五六七八九十](?=[年月日件条次个])")


def check(case: Case) -> Iterator[Finding]:
    """No part repeats the text of the same part of last year's report, other figures and years aside.

    Compared are runs of eight characters, years and digits left out; the finding tells what share of this year's
    stands in last year's, from 80 % on.

    Source: 国办公开办函〔2021〕30号 (reports that are copied or perfunctory are called to account under Art 47).
    Silent: without last year's report, and for parts of fewer than 100 characters.
    """
    before = last_year(case)
    if before is None:
        return
    for part in case.report.parts:
        old = before.part(part.number)
        if old is None or min(len(part.text), len(old.text)) < LEAST:
            continue
        now, then = _IDLE.sub("", part.text), _IDLE.sub("", old.text)
        if min(len(now), len(then)) < LEAST:
            continue
        known = {then[i : i + GRAM] for i in range(len(then) - GRAM + 1)}
        runs = len(now) - GRAM + 1
        share = sum(now[i : i + GRAM] in known for i in range(runs)) / runs
        if share >= SHARE:
            percent = int(share * 100)
            said = message(
                "copied-text.part", part_number=part.number, part=part.title, found=percent, previous=before.source
            )
            yield Finding(RULE, None, percent, None, said)
