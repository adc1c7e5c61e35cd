"""A report that cites a notice which no longer sets its form."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.prose import sentence_at
from gongkai.core.message import message

RULE = Rule("stale-basis", "warning", "国办公开办函〔2021〕30号")


def check(case: Case) -> Iterator[Finding]:
    """A report for 2021 or later does not name 国办公开办函〔2019〕60号 as its basis; that trial form was replaced.

    Source: 国办公开办函〔2021〕30号, for the reports of 2021 and later.
    Silent: where the sentence tells that the old notice was replaced, outside the opening and part one, and where the
    report's year is not known.
    """
    year = case.report.year
    if year is None:
        return
    for basis in case.words.bases:
        if year < basis.replaced_from:
            continue
        for place in case.passages:
            for match in basis.pattern.all(place.text) if place.key in basis.parts else ():
                quote = sentence_at(place.printed, match.start())
                if not basis.excused.search(sentence_at(place.text, match.start())):
                    found = place.printed[match.start() : match.end()]
                    said = message("stale-basis.replaced", found=found, expected=basis.by, year=year, quote=quote)
                    yield Finding(RULE, None, found, basis.by, said, quote)
