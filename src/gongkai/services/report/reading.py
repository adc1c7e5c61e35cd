"""From a file to a report, where one broken file costs nothing but itself."""

from collections.abc import Callable
from pathlib import Path

from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report

OBJECTS = (".json", ".jsonl")
"""Files named so are taken for objects of ``gongkai report read`` wherever a report is asked for."""

UNFORESEEN = "terminal.unexpected"
"""The message about a file in which an error arose that nobody foresaw."""


def attempt(path: Path, note: Callable[[Exception], object] | None = None) -> Report | Message:
    """One report, or why the file gave none. ``note`` is told of an error that nobody foresaw."""
    from gongkai.documents.read.report import read_report
    from gongkai.documents.read.source import Unreadable

    try:
        return read_object(str(path)) if path.suffix.lower() in OBJECTS else read_report(path)
    except Unreadable as error:
        return error.message
    except Exception as error:  # A fault of ours in one file must not cost the user all the others.
        if note:
            note(error)
        return unexpected(error, str(path))


def unexpected(error: Exception, name: str) -> Message:
    """An error that nobody foresaw, as one line about a file."""
    return message(UNFORESEEN, file=name, kind=type(error).__name__, text=str(error))


def read_object(path: str) -> Report:
    """The report of a file that holds one JSON object, on one line or many.

    Raises:
        Unreadable: no such file, no JSON, several objects, or one that is no report.
    """
    import json
    from decimal import Decimal

    from gongkai.documents.read.source import Unreadable
    from gongkai.documents.write.json import Malformed, from_json

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(message("terminal.not-utf8", file=path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreadable(message("terminal.cannot-open", file=path, reason=reason)) from error
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        count = _objects(text)
        if count > 1:
            raise Unreadable(message("terminal.several-objects", file=path, count=count)) from error
        raise Unreadable(message("terminal.not-json", file=path, reason=str(error))) from error
    try:
        return from_json(data, path)
    except Malformed as error:
        raise Unreadable(error.message) from error


def _objects(text: str) -> int:
    """How many JSON lines these are; 0 if any line is not JSON."""
    import json

    lines = [line for line in text.splitlines() if line.strip()]
    try:
        for line in lines:
            json.loads(line)
    except (ValueError, RecursionError):
        return 0
    return len(lines)
