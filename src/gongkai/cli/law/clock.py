"""``gongkai law clock``: the due date of requests whose history stands in a file, a line a case."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from gongkai.cli.dates import day
from gongkai.cli.installation import added_calendars
from gongkai.cli.law.reckoning import dates, show, steps
from gongkai.cli.places import region
from gongkai.cli.terminal import Refused as Unusable
from gongkai.cli.terminal import Terminal
from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.clock import Reckoning, reckon
from gongkai.core.law.values import MissingValue
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import FOLLOWING_EVENTS
from gongkai.core.ledger.wire import to_event
from gongkai.core.message import Message, message


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("cases", metavar="CASES", help="help.law.cases")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="help.law.as-of")
    parser.add_argument("--provisional", action="store_true", help="help.law.provisional")
    parser.add_argument("--region", type=region, metavar="CODE", help="help.law.region")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """One object a line: ``id due_on state overdue steps``, or ``id error``; 0 when every line got an answer."""
    for data in _lines(args.cases):
        id = data.get("id") if isinstance(data, dict) else None
        if not isinstance(id, str | int):
            id = None
        answer = _answer(data, args.as_of, args.provisional, args.region)
        if terminal.format == "jsonl":
            terminal.record({"id": id, **_object(answer, args.provisional, terminal)})
            continue
        terminal.line(terminal.style(str(id or ""), "head"))
        if isinstance(answer, Message):
            terminal.paragraph(_rendered(answer, terminal), indent=2, kind="error")
        else:
            show(answer, terminal)
        terminal.line()
    return 0


def _object(answer: Reckoning | Message, provisional: bool, terminal: Terminal) -> dict[str, Any]:
    if isinstance(answer, Message):
        return {"error": _rendered(answer, terminal)}
    return {**dates(answer, provisional=provisional), "steps": steps(answer, terminal)}


def _lines(path: str) -> Iterator[object]:
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(message("law.not-utf8", file=path)) from error
    except OSError as error:
        raise Unusable(
            message("terminal.cannot-open", file=path, reason=error.strerror or type(error).__name__)
        ) from error
    for line in text.split("\n"):  # JSON may hold U+2028 and U+0085, at which splitlines() would split too
        if line.strip(" \t\r"):
            try:
                yield json.loads(line, parse_constant=_no_number)
            except ValueError:
                yield line.removesuffix("\r")
            except RecursionError:
                yield _TooDeep()


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


class _TooDeep:
    """Stands for a line whose brackets lie too deep to be read."""


def _answer(data: object, as_of: date | None, provisional: bool, region: str | None) -> Reckoning | Message:
    """The reckoning of a line, or why there is none."""
    from gongkai.rulebook.load.calendar import calendar
    from gongkai.rulebook.load.law import law

    try:
        if isinstance(data, _TooDeep):
            raise Refused(message("law.case-too-deep"))
        if not isinstance(data, dict):
            raise Refused(message("terminal.law.no-case", found=data))
        for key in ("received_on", "events"):
            if key not in data:
                raise Refused(message("terminal.law.no-key", key=key))
        if not isinstance(data["events"], list):
            raise Refused(message("terminal.law.no-list", found=data["events"]))
        receipt = {"type": "received", "on": data["received_on"], **_UNTOLD}
        history = [to_event(receipt), *(to_event(plain, FOLLOWING_EVENTS) for plain in data["events"])]
        days = calendar(region, added_calendars())
        return reckon(history, calendar=days, values=law(region), as_of=as_of, provisional=provisional)
    except (Refused, UnknownDay, MissingValue) as refused:
        return refused.message


def _rendered(said: Message, terminal: Terminal) -> str:
    """A sentence, also where what was found lies too deep to be shown."""
    try:
        return terminal.render(said)
    except RecursionError:
        return terminal.render(message("law.case-too-deep"))


_UNTOLD = {"applicant": "other", "channel": "in_person"}
"""What the clock does not ask: who applied, and how."""
