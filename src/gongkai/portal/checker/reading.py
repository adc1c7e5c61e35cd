"""A visitor's file, read and held against every rule in a process of its own, which is ended when it takes too long:
whatever is in a file, the pages of others open as ever.
"""

import json
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from gongkai.core.message import Message, message
from gongkai.core.tables.report import ABSENT, Report
from gongkai.pages.processes import Busy, Late, Processes, begin
from gongkai.services.report.findings import counts
from gongkai.services.report.reading import UNFORESEEN, attempt, unexpected
from gongkai.services.report.repairing import check, repairs

DEADLINE = 30.0
"""Seconds for one file. Every file is read within 20; the process starts within one, on a machine with work to do."""
CHECKED = 2.0
"""Seconds of the processor for the rules alone, which a page asks again: the reports of ``examples/`` take 0.04."""
_READERS = Processes("gongkai.portal.checker.reading", deadline=DEADLINE, turn=4.0)
"""A file waits so long for its turn, before the page says that it waits."""


def read(path: Path, name: str, deadline: float = DEADLINE) -> bytes | None:
    """What is kept of a file under the name that its owner gave it: a report, or why there is none, as JSON. ``None``
    where others are read and none of these readers ends soon: it is asked for again.
    """
    try:
        ended = _READERS.run(str(path), json.dumps(name).encode(), deadline)
    except Busy:
        return None
    except Late:
        return given_up(name)
    return ended.stdout if ended.returncode == 0 else given_up(name)


def given_up(name: str) -> bytes:
    """What is kept of a file that was not read in time, or was the end of its reader."""
    return to_bytes({"problem": message("checker.gave-up", file=name)})


def to_bytes(kept: dict[str, object]) -> bytes:
    """JSON in UTF-8. What is no text in it (half a character) cannot be shown on a page either and is refused here."""
    return json.dumps(kept, ensure_ascii=False, default=str).encode()


def from_kept(kept: dict[str, object], name: str) -> Report | Message:
    """The report that was kept, or why there is none."""
    from gongkai.documents.write.json import from_json

    if problem := kept.get("problem"):
        return _message(problem)
    title, problems = kept["title"], kept["problems"]
    assert isinstance(title, str) and isinstance(problems, list)
    return replace(from_json(kept["report"], name), title=title, problems=tuple(map(_message, problems)))


def kept_of(path: Path, name: str) -> bytes:
    """As ``read``, in this process. A fault of ours in one report must not cost the visitor all the others: it is told
    like everything else.
    """
    found = attempt(path)
    try:
        if isinstance(found, Message):
            told = _unforeseen(name, found.params) if found.id == UNFORESEEN else _called(found, name)
            return to_bytes({"problem": told})
        report = replace(found, source=name, problems=tuple(_called(each, name) for each in found.problems))
        before = time.process_time()
        counted = counts(check(report))
        repairs(report)
        if time.process_time() - before > CHECKED:
            return given_up(name)
        return to_bytes({**_to_kept(report), "counts": counted})
    except Exception as error:
        return to_bytes({"problem": _unforeseen(name, unexpected(error, name).params)})


def _unforeseen(name: str, params: Mapping[str, object]) -> Message:
    """An error that nobody foresaw; its text, which may tell of this machine, stays out."""
    return message("checker.unexpected", file=name, kind=params["kind"])


def _called(said: Message, name: str) -> Message:
    """A message about a file under the name that its owner gave it."""
    return Message(said.id, {**said.params, "file": name}) if "file" in said.params else said


def _to_kept(report: Report) -> dict[str, object]:
    """A report as JSON from which the same report comes back, its doubts and its very title with it."""
    from gongkai.documents.write.json import to_json

    data = to_json(report)
    data["cells"] = {id: value for id, value in data["cells"].items() if report.cells.get(id, ABSENT) != ABSENT}
    return {"report": {**data, "problems": []}, "title": report.title, "problems": report.problems}


def _message(kept: object) -> Message:
    assert isinstance(kept, list)
    id, params = kept
    return Message(id, {name: tuple(value) if isinstance(value, list) else value for name, value in params.items()})


def _main(path: Path) -> None:
    begin()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that programs it has started are ended too
    sys.stdout.buffer.write(kept_of(path, json.load(sys.stdin)))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
