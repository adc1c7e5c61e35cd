"""The agency under a name that is not its own."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.prose import in_order, sentence_at
from gongkai.core.checks.words import Names
from gongkai.core.message import message
from gongkai.core.tables.report import Report

RULE = Rule("agency-name", "notice", "《政府信息公开条例》第四十九条、第五十条 · OGI Regulation, Art. 49 and 50")


def check(case: Case) -> Iterator[Finding]:
    """The report speaks of the agency in its title, and of no other, as the one that reports.

    Found are: the agency's name wrongly continued (政务服务局政府), another organ named as the one that compiled
    the report, and a word for oneself that does not fit (我镇 in a bureau's report): leftovers of another agency's
    text.

    Source: Regulation on OGI Arts 49 and 50: each agency reports on its own work.
    Silent: for shortened names (区政务服务局, 县政府), for the office that writes for its agency, for other organs
    that are merely mentioned, and where the agency is not known.
    """
    report, names = case.report, case.words.names
    if not report.agency:
        return
    yield from _continued(case, report.agency, names)
    yield from _compiled(report, report.agency, names)
    yield from _oneself(case, report.agency, names)


def _continued(case: Case, agency: str, names: Names) -> Iterator[Finding]:
    """The name, or its end, with a word for another kind of organ hung on to it."""
    wrong = agency[-names.tail :] + names.continued
    seen = set()
    for place in case.passages:
        at = place.text.find(wrong)
        while at >= 0:
            end = at + len(wrong)
            start = at
            while start > 0 and agency.endswith(place.text[start - 1 : at + names.tail]):
                start -= 1
            found = place.text[start:end]
            if found not in seen and place.text.startswith(names.followers, end):
                seen.add(found)
                quote = sentence_at(place.printed, at)
                said = message("agency-name.continued", found=found, agency=agency, quote=quote)
                yield Finding(RULE, None, found, agency, said, quote)
            at = place.text.find(wrong, end)


def _compiled(report: Report, agency: str, names: Names) -> Iterator[Finding]:
    """Another organ in the place of the one that compiled the report."""
    for match in names.compiled.all(report.opening):
        found = next(name for name in match.groups() if name)
        plain = names.offices.regex.sub("", found)
        if not plain.endswith(names.organs) or not names.regional.search(plain):
            continue
        plain, own = (names.superiors.regex.sub("", name) for name in (plain, agency))
        if not in_order(plain, own) and not in_order(own, plain):
            quote = sentence_at(report.opening, match.start())
            said = message("agency-name.compiled", found=found, agency=agency, quote=quote)
            yield Finding(RULE, None, found, agency, said, quote)


def _oneself(case: Case, agency: str, names: Names) -> Iterator[Finding]:
    """A word for oneself that no organ of the agency's kind uses."""
    if not agency.endswith(names.organs):
        return
    for kind in names.kinds:
        if any(fit in agency for fit in kind.fits):
            continue
        for place in case.passages:
            match = kind.pattern.search(place.text)
            if match:
                quote = sentence_at(place.printed, match.start())
                said = message("agency-name.oneself", found=match[0], agency=agency, quote=quote)
                yield Finding(RULE, None, match[0], agency, said, quote)
                break
