"""Plans and periods with the year of another report."""

from collections.abc import Iterable, Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.prose import OPENING, Passage, sentence_at
from gongkai.core.checks.words import Pattern
from gongkai.core.message import message

RULE = Rule("stale-year", "warning", "《政府信息公开条例》第五十条 · OGI Regulation, Art. 50；国办公开办函〔2021〕30号")

_BEFORE, _AFTER = 20, 80
"""Characters before and after its year within which a phrase of a plan stands whole."""


def check(case: Case) -> Iterator[Finding]:
    """Plans are for the year after the report's, and the figures are those of the report's year.

    A plan in part five (2021年，我局将继续…) for the report's own year or an earlier one was most likely left over
    from last year's report. So was a statistical period (统计期限) of another year, and a report that its opening calls
    that of another year.

    Source: Regulation on OGI Art 50 (the report covers the year before); statistical period 1 January to 31
    December.
    Silent: about statements on the past, also with 将 before an object (将政务公开纳入考核), about plans that an
    earlier report made, and where the year is not known.
    """
    year = case.report.year
    if year is None:
        return
    words = case.words.years
    for place in case.passages:
        plans = [plan for plan in words.plans if place.key == words.part and plan.may_match(place.text)]
        for named in words.named.all(place.text) if plans else ():
            found = int(named["year"])
            if found <= year and _begins(place.text, named.start(), plans):
                quote = sentence_at(place.printed, named.start())
                if not words.past.search(quote):
                    said = message("stale-year.plan", found=found, expected=year + 1, place=place.name, quote=quote)
                    yield Finding(RULE, None, found, year + 1, said, quote)
        for pattern in words.periods:
            yield from _other_years(place, pattern, year, "stale-year.period")
        if place.key == OPENING:
            yield from _other_years(place, words.own, year, "stale-year.report")


def _other_years(place: Passage, pattern: Pattern, year: int, id: str) -> Iterator[Finding]:
    """Each match that names a year other than the report's, the first such year of it."""
    for match in pattern.all(place.text):
        wrong = [int(named) for named in match.groups() if named and int(named) != year]
        if wrong:
            quote = sentence_at(place.printed, match.start())
            yield Finding(RULE, None, wrong[0], year, message(id, found=wrong[0], expected=year, quote=quote), quote)


def _begins(text: str, start: int, plans: Iterable[Pattern]) -> bool:
    """Whether the year at this position is that of one of the plans."""
    window = (max(0, start - _BEFORE), start + _AFTER)
    matches = (pattern.regex.search(text, *window) for pattern in plans)
    return any(match is not None and match.start("year") == start for match in matches)
