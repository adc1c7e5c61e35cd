"""A sheet with one request a row, its columns known by their words, to lines and problems."""

from collections.abc import Iterable, Iterator

from gongkai.core.message import message
from gongkai.documents.read.recognise.figures import is_blank
from gongkai.documents.register.compared import comparable
from gongkai.documents.register.dates import NoDate, read_date
from gongkai.documents.register.header import Header, fill_down
from gongkai.documents.register.mapping import Mapping
from gongkai.documents.register.names import Names
from gongkai.documents.register.register import Line, Problem
from gongkai.documents.register.row import Row
from gongkai.documents.register.sheet import Sheet

_NEEDED = ("number", "agency", "applicant_kind", "channel", "received_on")
_SAYS_NOTHING = frozenset(("agency", "extension_days", "after_reconsideration"))
"""Columns that people fill in advance for rows that are still blank."""


def read(
    sheet: Sheet, header: Header, names: Names, mapping: Mapping, agency: str | None, *, named: bool
) -> Iterator[Line | Problem]:
    """The requests of a sheet below its header, and what is wrong with the others.

    Args:
        sheet: the sheet.
        header: its header.
        names: the words to go by.
        mapping: whose ``agency`` and ``defaults`` stand in for blanks.
        agency: stands in for a blank agency, before the mapping's and that named above the header.
        named: messages say which sheet they speak of, because the file has several.

    Raises:
        Overlapping: merged ranges cover too much.
    """
    title = sheet.name if named else ""
    agency = agency or mapping.agency or names.issuer(sheet.rows[: header.first])
    faults = list(_faults(header, names, mapping, agency, title))
    if faults:
        yield from faults
        return
    head = [comparable(text) for text in sheet.rows[header.last]]
    for number, texts in enumerate(fill_down(sheet, header), header.last + 1):
        cells = {concept: texts[column] if column < len(texts) else "" for concept, column in header.columns.items()}
        unsaved = [concept for concept, column in header.columns.items() if (number, column) in sheet.unsaved]
        if not unsaved and _is_no_request(texts, cells, names, head):
            continue
        place = number + 1
        row = Row(cells, header.printed, names, mapping.defaults, title)
        if number in sheet.torn:
            yield Problem(place, message("register.characters-lost", sheet=row.sheet))
            continue
        for concept in unsaved:
            yield Problem(place, message("register.formula-unsaved", sheet=row.sheet, column=header.printed[concept]))
        if unsaved:
            continue
        data = row.line(agency)
        if data is not None:
            yield Line(place, data)
        yield from (Problem(place, said) for said in row.problems)


def _faults(header: Header, names: Names, mapping: Mapping, agency: str | None, title: str) -> Iterable[Problem]:
    """What is wrong with a header: without these columns no row can be read."""
    sheet, place = f"「{title}」" if title else "", header.last + 1
    for concept in _NEEDED:
        if concept in header.columns or concept in mapping.defaults or (concept == "agency" and agency):
            continue
        id = "register.agency-missing" if concept == "agency" else "register.column-missing"
        yield Problem(place, message(id, sheet=sheet, column=names.words.word(concept)))
    for concept in header.twice:
        yield Problem(place, message("register.column-twice", sheet=sheet, column=header.printed[concept]))


def _is_day(text: str) -> bool:
    try:
        read_date(text)
    except NoDate:
        return False
    return True


def _is_no_request(texts: list[str], cells: dict[str, str], names: Names, head: list[str]) -> bool:
    """Whether a row is blank, a sum, a note, or the header printed again on the next page."""
    if all(is_blank(text) for concept, text in cells.items() if concept not in _SAYS_NOTHING):
        return True
    first = next(text for text in texts if text.strip())
    if not _is_day(cells.get("received_on", "")) and (names.is_sum(first) or names.is_note(first)):
        return True
    return [comparable(text) for text in texts] == head
