"""From the paths of a command line to reports, one after the other: only one is in memory at a time."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.cli.progress import Progress
from gongkai.cli.terminal import Refused, Terminal, show_traceback
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.services.report.reading import attempt, unexpected

KINDS = ".txt .md .html .htm .mht .mhtml .docx .doc .wps .xlsx .xls .pdf"
"""What is taken from a folder. A file named on the command line is tried whatever its suffix."""

NAMED = 5
"""So many suffixes of files passed over are named."""


class Files:
    """The files of a command and how reading them went.

    ``files`` and ``unreadable`` count them; each that gave no report was named on stderr, once. How many files of
    folders were no documents is said there too, once.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._said: set[str] = set()
        self._bar: Progress | None = None
        self.files = 0
        self.unreadable = 0

    def reports(self, paths: Sequence[str]) -> Iterator[Report]:
        """Every readable report of files and folders. Folders in the order of names, nothing twice."""
        passed: Counter[str] = Counter()
        with Progress(self._terminal, lambda: sum(1 for _ in walk(paths))) as self._bar:
            for item in walk(paths, passed):
                if isinstance(item, Message):
                    self._fail(item)
                    continue
                self.files += 1
                self._bar.step(item.name)
                if report := self.read(item):
                    self._bar.give_way()
                    yield report
        if passed:
            self.say(self._passed_over(passed))

    def single(self, path: str) -> Report | None:
        """The report of the one file that a command takes. Raises ``Refused`` for a folder."""
        if not path:
            raise Refused(message("terminal.empty-path"))
        if is_folder(Path(path)):
            raise Refused(message("terminal.not-a-folder", file=path))
        return self.read(Path(path))

    def read(self, path: Path) -> Report | None:
        """One report, or nothing and a line on stderr that names the file and says why."""
        found = attempt(path, show_traceback)
        if isinstance(found, Report):
            return found
        self._fail(found)
        return None

    def say(self, note: Message) -> bool:
        """One line about files on stderr, below which the progress bar goes on; ``False`` if it was said before."""
        text = self._terminal.render(note)
        if text in self._said:
            return False
        self._said.add(text)
        if self._bar:
            self._bar.hide()
        self._terminal.complain(text)
        return True

    def _fail(self, problem: Message) -> None:
        self.unreadable += self.say(problem)

    def _passed_over(self, passed: Counter[str]) -> Message:
        kinds = [kind or self._terminal.words("no-suffix") for kind, _ in passed.most_common(NAMED)]
        more = ["…"] if len(passed) > NAMED else []
        return message("terminal.passed-over", count=passed.total(), kinds=" ".join(kinds + more))


def unforeseen(error: Exception, name: str) -> Message:
    """An error that nobody foresaw, as one line about a file; where it arose is shown to those who ask for it."""
    show_traceback(error)
    return unexpected(error, name)


def present(paths: Iterable[str]) -> None:
    """Refuse at once a path that leads nowhere: reports to compare with are asked for before the work begins."""
    for path in paths:
        if not path:
            raise Refused(message("terminal.empty-path"))
        if not os.path.lexists(path):
            raise Refused(message("read.missing", file=path))


def walk(paths: Iterable[str], passed: Counter[str] | None = None) -> Iterator[Path | Message]:
    """The files of a command line: those named, and in folders those with a known suffix, at any depth, sorted by name.

    A file reached twice comes once. Hidden files and the lock files that office programs leave (``~$…``) are passed
    over; other files are counted in ``passed`` by suffix. A folder that cannot be listed, or that holds no report, is a
    message, and so is an empty path (a variable of the shell that is not set).
    """
    seen: set[str] = set()
    passed = Counter() if passed is None else passed
    for name in paths:
        if not name:
            yield message("terminal.empty-path")
            continue
        path = Path(name)
        found: Iterable[Path | Message] = _folder(path, set(), passed) if is_folder(path) else [path]
        empty = True
        for item in found:
            empty = False
            if isinstance(item, Message):
                yield item
            elif (real := os.path.realpath(item)) not in seen:
                seen.add(real)
                yield item
        if empty:
            yield message("terminal.empty-folder", file=str(path), suffixes=KINDS)


def _folder(path: Path, entered: set[str], passed: Counter[str]) -> Iterator[Path | Message]:
    """A folder's files and folders in the order of names; a folder that links lead to again is not entered again."""
    real = os.path.realpath(path)
    if real in entered:
        return
    entered.add(real)
    try:
        inside = sorted(path.iterdir())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield message("terminal.unlistable-folder", file=str(path), reason=reason)
        return
    for item in inside:
        if item.name.startswith((".", "~$")):
            continue
        if is_folder(item):
            yield from _folder(item, entered, passed)
        elif not (item.is_symlink() or item.is_file()):
            continue
        elif (suffix := item.suffix.lower()) in KINDS.split():
            yield item
        else:
            passed[suffix] += 1


def is_folder(path: Path) -> bool:
    """Whether a folder stands there, as far as one may know."""
    try:
        return path.is_dir()
    except OSError:  # no permission on the way to it: reading will say so
        return False
