"""``gongkai law clock``: the due date of requests whose history stands in a file, a line a case."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.cli.dates import day
from gongkai.cli.installation import added_calendars
from gongkai.cli.places import region
from gongkai.cli.terminal import Refused as Unusable
from gongkai.cli.terminal import Terminal
from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.clock import Reckoning, reckon
from gongkai.core.law.values import MissingValue
from gongkai.core.ledger.refusal import Refused
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
        answer = _answer(data, args.as_of, args.provisional, args.region, terminal)
        if terminal.format == "jsonl":
            terminal.record(answer)
        else:
            _show(answer, terminal)
    return 0


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
                yield json.loads(line)
            except ValueError:
                yield line.removesuffix("\r")
            except RecursionError:
                yield _TooDeep()


class _TooDeep:
    """Stands for a line whose brackets lie too deep to be read."""


def _answer(
    data: object, as_of: date | None, provisional: bool, region: str | None, terminal: Terminal
) -> dict[str, Any]:
    from gongkai.rulebook.load.calendar import calendar
    from gongkai.rulebook.load.law import law

    id = data.get("id") if isinstance(data, dict) else None
    if isinstance(id, dict | list):
        id = None
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
        history = [to_event(plain) for plain in (receipt, *data["events"])]
        days = calendar(region, added_calendars())
        reckoning = reckon(history, calendar=days, values=law(region), as_of=as_of, provisional=provisional)
        answer = _plain(reckoning, provisional, terminal)
    except (Refused, UnknownDay, MissingValue) as refused:
        return {"id": id, "error": _rendered(refused.message, terminal)}
    return {"id": id, **answer}


def _rendered(said: Message, terminal: Terminal) -> str:
    """A sentence, also where what was found lies too deep to be shown."""
    try:
        return terminal.render(said)
    except RecursionError:
        return terminal.render(message("law.case-too-deep"))


_UNTOLD = {"applicant": "other", "channel": "in_person"}
"""What the clock does not ask: who applied, and how."""


def _plain(reckoning: Reckoning, provisional: bool, terminal: Terminal) -> dict[str, Any]:
    dates = {"due_on": _iso(reckoning.due_on)}
    if provisional:
        dates["provisional_on"] = _iso(reckoning.provisional_on)
    steps = [
        {"on": step.on.isoformat(), "counted": step.counted, "total": step.total, "text": terminal.render(step.message)}
        for step in reckoning.steps
    ]
    return {**dates, "state": reckoning.state, "overdue": reckoning.overdue, "steps": steps}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _show(answer: dict[str, Any], terminal: Terminal) -> None:
    terminal.line(terminal.style(str(answer["id"] or ""), "head"))
    if error := answer.get("error"):
        terminal.paragraph(error, indent=2, kind="error")
        terminal.line()
        return
    for step in answer["steps"]:
        counted = terminal.words("law.total", total=step["total"])
        terminal.paragraph(step["text"], indent=2)
        terminal.line("    " + terminal.style(counted, "faint"))
    due = answer["due_on"] or answer.get("provisional_on")
    state = terminal.render(message(f"state.{answer['state']}"))
    if answer["due_on"]:
        said = terminal.words("law.due", date=due, state=state)
    elif due:
        said = terminal.words("law.provisional", date=due, state=state)
    else:
        said = terminal.words("law.no-due", state=state)
    terminal.paragraph(said, indent=2, kind="error" if answer["overdue"] else "good")
    if answer["overdue"]:
        terminal.line("  " + terminal.style(terminal.words("law.overdue"), "error"))
    terminal.line()
