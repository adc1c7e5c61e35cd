"""The numbers of headings."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.checks.words import Numbering
from gongkai.core.message import message
from gongkai.core.tables.report import Report

RULE = Rule("numbering", "notice", "国办公开办函〔2021〕30号；GB/T 9704—2012，7.3.3")


def check(case: Case) -> Iterator[Finding]:
    """Headings of parts are numbered 一、 二、 三、 in sequence, those below them （一） （二） （三）, from （一）
    in every part.

    A part may bear its number in the form or its place in the report, where one is missing.

    Source: the form's parts; GB/T 9704—2012, 7.3.3.
    Silent: where no part is numbered at all, in parts that hold a table, and for numbers found elsewhere in the
    running text.
    """
    words = case.words.numbering
    yield from _parts(case.report, words)
    with_table = {table.part for table in case.report.form.tables}
    for part in case.report.parts:
        if part.number not in with_table and words.sub.may_match(part.text):
            yield from _below(part.title, part.text, words)


def _parts(report: Report, words: Numbering) -> Iterator[Finding]:
    headings = [words.heading.search(part.heading) if part.heading else None for part in report.parts]
    if not any(headings):
        return
    for place, (part, match) in enumerate(zip(report.parts, headings, strict=True), 1):
        if not part.heading:
            continue
        right = {words.numerals[n - 1] for n in (place, part.number) if n <= len(words.numerals)}
        if match and match["number"] in right:
            continue
        expected = words.numerals[part.number - 1] + words.mark if part.number <= len(words.numerals) else None
        if match:
            said = message("numbering.part", found=match["printed"], expected=expected, part=part.title)
            yield Finding(RULE, None, match["printed"], expected, said)
        else:
            yield Finding(RULE, None, None, expected, message("numbering.none", expected=expected, part=part.title))


def _below(title: str, text: str, words: Numbering) -> Iterator[Finding]:
    """Sub-headings: each is one more than the last, or the first again. What stands inside a line counts as there."""
    last, end = 0, 0
    for match in words.sub.all(text):
        number = words.numerals.find(match["number"]) + 1
        if number not in (0, 1, last + 1):
            between = text[end : match.start()]
            left_out = [n for n in range(last + 1, number) if not _stands(between, n, words)]
            if left_out or number <= last:
                found, expected = (_printed(n, words) for n in (number, left_out[0] if left_out else last + 1))
                said = message("numbering.sub", found=found, expected=expected, part=title)
                yield Finding(RULE, None, found, expected, said)
        if number:
            last, end = number, match.end()


def _printed(number: int, words: Numbering) -> str:
    brackets = words.sub_forms[0]
    return f"{brackets[0]}{words.numerals[number - 1]}{brackets[1]}"


def _stands(text: str, number: int, words: Numbering) -> bool:
    return any(f"{form[0]}{words.numerals[number - 1]}{form[1]}" in text for form in words.sub_forms)
