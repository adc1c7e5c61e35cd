"""A report as one JSON object, and back.

The object is the contract between programs: ``source form agency year title opening cells printed parts headings
problems``. ``cells`` has every cell of the form, a number or null; ``printed`` what stood there where that is not just
the number (``/``, ``—``, ``3件``); ``parts`` the prose by number of the form's part, ``headings`` how a part is headed
where that is not just its number and title (``3、 收到…``).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any, cast

from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import ABSENT, Cell, Number, Place, Report, ReportPart
from gongkai.documents.write.prose import full_title, numeral
from gongkai.documents.write.table import number_text
from gongkai.rulebook.load.forms import form as load_form
from gongkai.rulebook.load.forms import forms

_TYPES = {str: ("文字", "text"), int: ("整数", "a whole number"), dict: ("对象", "an object"), list: ("数组", "a list")}


class Malformed(ValueError):
    """A JSON object that is no report; ``message`` names the key and what belongs there."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


def to_json(
    report: Report, provenance: bool = False, lang: str = "zh", changes: Sequence[Change] = ()
) -> dict[str, Any]:
    """The object of a report. With ``provenance``, ``places`` says for each cell where it stood.

    ``changes`` (of a repair) are listed as ``[{cell, from, to}]``. Amounts become floats; where a float is not the
    exact figure, ``printed`` has its digits.
    """
    ids = list(dict.fromkeys((*_usual(report.form), *report.cells)))
    cells = {id: report.cells.get(id, ABSENT) for id in ids}
    data: dict[str, Any] = {
        "source": report.source,
        "form": report.form.id,
        "agency": report.agency,
        "year": report.year,
        "title": report.title,
        "opening": report.opening,
        "cells": {id: _number(cell.value) for id, cell in cells.items()},
        "printed": {id: text for id, cell in cells.items() if (text := _beside(cell))},
        "parts": [{"number": part.number, "title": part.title, "text": part.text} for part in report.parts],
        "headings": {
            str(part.number): part.heading for part in report.parts if part.heading not in ("", _usual_heading(part))
        },
        "problems": [_problem(problem, lang) for problem in report.problems],
    }
    if changes:
        data["changes"] = [
            {"cell": change.cell, "from": _plain(change.before), "to": change.after} for change in changes
        ]
    if provenance:
        data["places"] = {id: _place(cell.place) for id, cell in cells.items() if cell.place}
    return data


def from_json(data: object, source: str) -> Report:
    """The report of an object of ``to_json``; ``source`` names it in messages. Raises ``Malformed``.

    A cell left out is absent from the report; a null one is blank. Where a row stands that replaces others, those
    others are absent. Of ``problems`` those that leave figures unknown are kept; ``places`` belong to the file read.
    """
    top = _need(data, dict, "", source)
    form = _form(_need(top.get("form"), str, "form", source), source)
    agency = _optional(top.get("agency"), str, "agency", source)
    year = _optional(top.get("year"), int, "year", source)
    cells = _cells(form, top, source)
    headings = _need(top.get("headings", {}), dict, "headings", source)
    parts = tuple(
        _part(form, part, headings, f"parts[{place}]", source)
        for place, part in enumerate(_need(top.get("parts", []), list, "parts", source))
    )
    title = _optional(top.get("title"), str, "title", source) or full_title(agency, year, form.title)
    opening = _optional(top.get("opening"), str, "opening", source) or ""
    problems = _unread(_need(top.get("problems", []), list, "problems", source))
    return Report(source, form, agency, year, title, opening, parts, cells, problems)


def _usual(form: Form) -> list[str]:
    return [cell for table in form.tables for cell in table.cells()]


def _number(value: Number | None) -> int | float | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(value: Number | str | None) -> int | float | str | None:
    return value if isinstance(value, str) else _number(value)


def _beside(cell: Cell) -> str:
    """What stood there, if it is more than the number that JSON shows."""
    if cell.value is None:
        return cell.printed or ""
    shown = number_text(_exact(cast(int | float, _number(cell.value))))
    printed = cell.printed or number_text(cell.value)
    return "" if printed == shown else printed


def _exact(value: int | float | Decimal) -> Number:
    """The figure that a JSON number's digits say, an integer where it is whole."""
    if isinstance(value, int):
        return value
    digits = format(Decimal(str(value)), "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return Decimal(digits) if "." in digits else int(digits)


def _problem(problem: Message, lang: str) -> dict[str, object]:
    from gongkai.rulebook.load.messages import render

    said: dict[str, object] = {"id": problem.id, "message": render(problem, lang)}
    cells = problem.params.get("cells")
    if isinstance(cells, tuple):
        said["cells"] = list(cells)
    return said


def _unread(problems: Sequence[object]) -> tuple[Message, ...]:
    """The problems that leave figures unknown: whoever checks the report must go on leaving those cells alone."""
    kept = []
    for problem in problems:
        if isinstance(problem, Mapping) and isinstance(problem.get("cells"), list):
            kept.append(message("read.reported", cells=tuple(problem["cells"]), text=str(problem.get("message", ""))))
    return tuple(kept)


def _place(place: Place) -> dict[str, object]:
    return {name: value for name, value in place._asdict().items() if value is not None}


def _cells(form: Form, top: Mapping[str, Any], source: str) -> dict[str, Cell]:
    given = _need(top.get("cells"), dict, "cells", source)
    printed = _need(top.get("printed", {}), dict, "printed", source)
    for name, keys in (("cells", given), ("printed", printed)):
        for id in keys:
            if id not in form.types:
                raise Malformed(message("writing.unknown-cell", file=source, key=name, cell=id, form=form.id))
    cells = dict.fromkeys(_usual(form), ABSENT)
    for id, value in given.items():
        text = _optional(printed.get(id), str, f"printed.{id}", source)
        cells[id] = _cell(value, text, f"cells.{id}", source)
    for id in printed.keys() - given.keys():
        raise Malformed(message("writing.printed-only", file=source, cell=id))
    for table in form.tables:
        for row, others in table.alternatives.items():
            if any(id.startswith(f"{table.id}/{row}/") for id in given):
                for id in [id for other in others for id in cells if id.startswith(f"{table.id}/{other}/")]:
                    cells[id] = cells[id] if cells[id].value is not None or cells[id].printed else ABSENT
    return cells


def _cell(value: object, printed: str | None, key: str, source: str) -> Cell:
    if value is None:
        return Cell(None, printed or "")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not isfinite(float(value)):
        raise Malformed(message("writing.not-a-number", file=source, key=key, found=str(value)))
    number = _exact(value)
    if printed and not isinstance(value, int) and _is_exactly(printed, float(value)):
        number = _exact(Decimal(printed))
    return Cell(number, printed or number_text(number))


def _is_exactly(printed: str, value: float) -> bool:
    """Whether the printed text is the figure of which the JSON number is the nearest float."""
    before, _, digits = printed.rpartition("-")
    return not before and digits.replace(".", "", 1).isdecimal() and float(printed) == value


def _form(id: str, source: str) -> Form:
    try:
        return load_form(id)
    except KeyError:
        known = ", ".join(form.id for form in forms())
        raise Malformed(message("writing.unknown-form", file=source, form=id, known=known)) from None


def _usual_heading(part: ReportPart) -> str:
    return f"{numeral(part.number)}、{part.title}"


def _part(form: Form, data: object, headings: Mapping[str, object], key: str, source: str) -> ReportPart:
    part = _need(data, dict, key, source)
    number = _need(part.get("number"), int, f"{key}.number", source)
    if number not in [known.number for known in form.parts]:
        raise Malformed(
            message("writing.unknown-part", file=source, key=f"{key}.number", found=number, last=len(form.parts))
        )
    title = _need(part.get("title"), str, f"{key}.title", source)
    text = _need(part.get("text"), str, f"{key}.text", source)
    heading = _optional(headings.get(str(number)), str, f"headings.{number}", source)
    return ReportPart(number, title, text, heading or _usual_heading(ReportPart(number, title, text)))


def _need(value: object, type: type, key: str, source: str) -> Any:
    if isinstance(value, type) and not isinstance(value, bool):
        return value
    zh, en = _TYPES[type]
    raise Malformed(message("writing.wrong-type", file=source, key=key or "$", zh=zh, en=en, found=_short(value)))


def _optional(value: object, type: type, key: str, source: str) -> Any:
    return None if value is None else _need(value, type, key, source)


def _short(value: object) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 40 else text[:40] + "…"
