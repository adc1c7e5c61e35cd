"""From the paths of a command line to reports, one after the other: only one is in memory at a time."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gongkai.cli.progress import Progress
from gongkai.cli.terminal import Refused, Terminal, show_traceback
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report

KINDS = ".txt .md .html .htm .mht .mhtml .docx .doc .wps .xlsx .xls .pdf"
"""What is taken from a folder. A file named on the command line is tried whatever its suffix."""


class Files:
    """The files of a command and how reading them went.

    ``files`` and ``unreadable`` count them; each that gave no report was named on stderr, once.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._named: set[str] = set()
        self._bar: Progress | None = None
        self.files = 0
        self.unreadable = 0

    def reports(self, paths: Sequence[str]) -> Iterator[Report]:
        """Every readable report of files and folders. Folders in the order of names, nothing twice."""
        with Progress(self._terminal, lambda: sum(1 for _ in walk(paths))) as self._bar:
            for item in walk(paths):
                if isinstance(item, Message):
                    self._fail(item)
                    continue
                self.files += 1
                self._bar.step(item.name)
                if report := self.read(item):
                    self._bar.give_way()
                    yield report

    def single(self, path: str) -> Report | None:
        """The report of the one file that a command takes. Raises ``Refused`` for a folder."""
        if _is_folder(Path(path)):
            raise Refused(message("terminal.not-a-folder", file=path))
        return self.read(Path(path))

    def read(self, path: Path) -> Report | None:
        """One report, or nothing and a line on stderr that names the file and says why."""
        from gongkai.documents.read.report import read_report
        from gongkai.documents.read.source import Unreadable

        try:
            return read_report(path)
        except Unreadable as error:
            self._fail(error.message)
        except Exception as error:  # A fault of ours in one file must not cost the user all the others.
            self._fail(unexpected(error, str(path)))
        return None

    def _fail(self, problem: Message) -> None:
        text = self._terminal.render(problem)
        if text not in self._named:
            self._named.add(text)
            self.unreadable += 1
            if self._bar:
                self._bar.hide()
            self._terminal.complain(text)


def unexpected(error: Exception, name: str) -> Message:
    """An error that nobody foresaw, as one line about a file."""
    show_traceback(error)
    return message("terminal.unexpected", file=name, kind=type(error).__name__, text=str(error))


def walk(paths: Iterable[str]) -> Iterator[Path | Message]:
    """The files of a command line: those named, and in folders those with a known suffix, at any depth, sorted by name.

    A file reached twice comes once. Hidden files and the lock files that office programs leave (``~$…``) are passed
    over. A folder that cannot be listed, or that holds no report, is a message.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        found: Iterable[Path | Message] = _folder(path, set()) if _is_folder(path) else [path]
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


def _folder(path: Path, entered: set[str]) -> Iterator[Path | Message]:
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
        if _is_folder(item):
            yield from _folder(item, entered)
        elif item.suffix.lower() in KINDS.split() and (item.is_symlink() or item.is_file()):
            yield item


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission on the way to it: reading will say so
        return False
