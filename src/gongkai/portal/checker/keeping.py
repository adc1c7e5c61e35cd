"""Where a visitor's files are: a folder with a name that nobody can guess, gone after an hour or at a word.

A file is kept as it came only until it was read; then what was read stands in its place. Nothing of it is in the
database, and no name or text of it in an address or a log.
"""

import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from django.core.files.uploadedfile import UploadedFile

from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.pages.upload import Limits
from gongkai.portal.checker import reading

UPLOAD = Limits("reports", files=20, bytes=20 * 2**20)
"""A county's bureaus, or the years of one. Published reports have 10 kB to 5 MB; with photographs some have more."""
HOUR = 3600
ROOM = 2 * 2**30
"""All visitors' files together; whoever comes when it is full is asked to come later."""
SHARE = ROOM // 4
"""Of that for one address, behind which a whole office may stand: nobody fills it alone."""
PATIENCE = 60
"""Seconds after which a file that is still being read was the end of whoever waited for it; its reader is ended
before.
"""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_INDEX, _VISITOR = "index.json", "visitor"

Outcome = Report | Message | None
"""What a file gave: a report, why there is none, or nothing yet."""


class Full(Exception):
    """There is no room for more files. ``share``: for none of this visitor."""

    def __init__(self, share: bool = False) -> None:
        super().__init__()
        self.share = share


class Gone(Exception):
    """No such folder: never there, deleted, or older than an hour."""


class Kept:
    """One visitor's files, numbered from 1. Raises ``Gone``."""

    def __init__(self, root: Path, token: str) -> None:
        sweep(root)
        if not _TOKEN.fullmatch(token):
            raise Gone
        self.token = token
        self.folder = root / token
        try:
            self.names: list[str] = json.loads((self.folder / _INDEX).read_text(encoding="utf-8"))
        except OSError as error:
            raise Gone from error

    def read(self, number: int, patience: float = PATIENCE) -> Outcome:
        """What a file gives; it is read when first asked for, once. Raises ``Gone``."""
        try:
            return self.known(number) or self._read(number, patience)
        except FileNotFoundError as error:  # deleted while it was read
            raise Gone from error

    def known(self, number: int) -> Outcome:
        """What a file gave, if it was read."""
        with suppress(FileNotFoundError):
            kept = json.loads(self._result(number).read_text(encoding="utf-8"))
            return reading.from_kept(kept, self.names[number - 1])
        return None

    def counts(self, number: int) -> dict[str, int]:
        """How many findings of each severity a report has."""
        counted: dict[str, int] = json.loads(self._result(number).read_text(encoding="utf-8"))["counts"]
        return counted

    def delete(self) -> None:
        """All of it, now."""
        rmtree(self.folder, ignore_errors=True)

    def _read(self, number: int, patience: float) -> Outcome:
        name = self.names[number - 1]
        marker = self.folder / f"{number}.busy"
        try:
            marker.touch(exist_ok=False)
        except FileExistsError:
            with suppress(FileNotFoundError):  # whoever read it has ended this moment
                if time.time() - marker.stat().st_mtime < patience:
                    return None
                self._put(number, reading.given_up(name))
            return self.known(number)
        raw = next(self.folder.glob(f"{number}.raw*"), None)
        kept = raw and reading.read(raw, name)
        if kept:
            self._put(number, kept)
        marker.unlink(missing_ok=True)
        return self.known(number)

    def _result(self, number: int) -> Path:
        return self.folder / f"{number}.json"

    def _put(self, number: int, kept: bytes) -> None:
        draft = self.folder / f"{number}.draft"
        draft.write_bytes(kept)
        draft.replace(self._result(number))
        for path in (*self.folder.glob(f"{number}.raw*"), self.folder / f"{number}.busy"):
            path.unlink(missing_ok=True)


def keep(root: Path, files: Iterable[tuple[str, UploadedFile | None]], visitor: str) -> Kept:
    """Put files into a new folder. ``visitor``: the same for files of one address. Raises ``Full``."""
    sweep(root)
    sizes: Counter[Path] = Counter()
    for path in root.glob("*/*"):
        sizes[path.parent] += _size(path)
    if sizes.total() > ROOM:
        raise Full
    if sum(size for folder, size in sizes.items() if _visitor(folder) == visitor) > SHARE:
        raise Full(share=True)
    folder = root / secrets.token_urlsafe(24)
    try:
        folder.mkdir(mode=0o700, parents=True)
        (folder / _VISITOR).write_text(visitor, encoding="utf-8")
        names = [_store(folder, number, name, file) for number, (name, file) in enumerate(files, 1)]
        (folder / _INDEX).write_text(json.dumps(names), encoding="utf-8")
    except OSError as error:
        rmtree(folder, ignore_errors=True)
        raise Full from error
    return Kept(root, folder.name)


def _store(folder: Path, number: int, name: str, file: UploadedFile | None) -> str:
    """Put one file down under its number, or why it was left out; gives its name."""
    if file is None:
        problem = message("checker.too-large", file=name, limit=UPLOAD.bytes >> 20)
        (folder / f"{number}.json").write_bytes(reading.to_bytes({"problem": problem}))
        return name
    suffix = Path(name).suffix.lower()
    with (folder / f"{number}.raw{suffix if _SUFFIX.fullmatch(suffix) else ''}").open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return name


def sweep(root: Path) -> None:
    """Delete what is older than an hour, by the clock of the machine."""
    with suppress(OSError):
        for folder in root.iterdir():
            with suppress(OSError):
                since = folder / _INDEX
                if time.time() - (since if since.exists() else folder).stat().st_mtime > HOUR:
                    rmtree(folder, ignore_errors=True)


def _size(path: Path) -> int:
    """Its bytes; none where another page has deleted it meanwhile."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _visitor(folder: Path) -> str:
    """Whose files these are; nothing where another page has deleted them meanwhile."""
    try:
        return (folder / _VISITOR).read_text(encoding="utf-8")
    except OSError:
        return ""
