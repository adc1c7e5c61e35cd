"""A report from a JSON file that holds one object of ``read``."""

from pathlib import Path

from gongkai.cli.terminal import Refused
from gongkai.core.message import message
from gongkai.core.tables.report import Report

KINDS = (".json", ".jsonl")
"""Files named so are taken for objects wherever a report is asked for."""


def read_object(path: str) -> Report:
    """The report of a file that holds one JSON object, on one line or many. Raises ``Refused``."""
    import json
    from decimal import Decimal

    from gongkai.documents.write.json import Malformed, from_json

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(message("terminal.not-utf8", file=path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.cannot-open", file=path, reason=reason)) from error
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        count = _objects(text)
        if count > 1:
            raise Refused(message("terminal.several-objects", file=path, count=count)) from error
        raise Refused(message("terminal.not-json", file=path, reason=str(error))) from error
    try:
        return from_json(data, path)
    except Malformed as error:
        raise Refused(error.message) from error


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
