"""What a text processor, a web editor or a template left behind in the text."""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message
from gongkai.core.tables.report import Report

RULE = Rule("residue", "notice", "《政府信息公开条例》第六条 · OGI Regulation, Art. 6")


def check(case: Case) -> Iterator[Finding]:
    """The published text holds no field or bookmark codes, no broken references, no markup, no unfilled blanks of a
    template.

    Source: Regulation on OGI Art 6 (information is disclosed accurately).
    Silent: about the same residue further on in the same part.
    """
    pattern = case.words.residue
    texts = list(_texts(case.report))
    if not pattern.may_match("\n".join(text for _, text in texts)):
        return
    for name, text in texts:
        for found in dict.fromkeys(match[0].strip() for match in pattern.all(text)):
            fault = "residue.place" if name else "residue.text"
            yield Finding(RULE, None, found, None, message(fault, found=found, place=name))


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    """Everything printed, each with the name of its place."""
    yield "", report.title
    yield "", report.opening
    for part in report.parts:
        yield part.title, f"{part.heading}\n{part.text}"
    yield "", "\n".join(cell.printed for cell in report.cells.values() if cell.value is None and cell.printed)
