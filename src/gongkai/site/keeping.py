"""Backup and restoration of an installation, as one archive, the same for SQLite and PostgreSQL.

The database is dumped as of one moment, whatever is written meanwhile, and can be laid into either engine. The key that
opens names, subjects and files is left out unless it is asked for: an archive without it holds no name.
"""

import gzip
import json
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from gongkai.cli.terminal import Refused
from gongkai.core.message import message
from gongkai.documents.write import replaceable, replacing
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.fields import RulebookError
from gongkai.store.dump import Manifest, dump, loading
from gongkai.store.files import FOLDER as FILES

KEYS, CALENDAR, DEMO = "keys", "calendar", "demo"
_FOLDERS = (FILES, CALENDAR, KEYS)
_MANIFEST, _TABLES = "manifest.json", "tables"
_CHUNK = 1 << 20
_READING = (OSError, EOFError, zlib.error, tarfile.TarError)
_DAMAGE = (*_READING, LookupError, TypeError, ValueError, RecursionError)
"""What a file that is no archive of ours makes of the reading of it."""


def backup(folder: Path, target: Path, *, keys: bool) -> None:
    """Write an archive of an installation, whole or not at all."""
    file = replaceable(target)
    if file.is_relative_to(folder.resolve()):
        raise Refused(message("terminal.ledger.into-installation", file=str(target)))
    try:
        with TemporaryDirectory(dir=file.parent) as scratch, replacing(file) as draft:
            _dump(Path(scratch))
            draft.touch(0o600)
            with tarfile.open(draft, "w:gz", compresslevel=6, dereference=True) as archive:
                archive.add(Path(scratch) / _MANIFEST, _MANIFEST)
                archive.add(Path(scratch) / _TABLES, _TABLES)
                # Files are kept before the act that names them: copied after the tables, all that these name are there.
                for name in (FILES, CALENDAR, DEMO, *((KEYS,) if keys else ())):
                    if (folder / name).exists():
                        archive.add(folder / name, name)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.ledger.cannot-write", file=str(target), reason=reason)) from error


def _dump(scratch: Path) -> None:
    (scratch / _TABLES).mkdir()

    def write(table: str, lines: Iterator[bytes]) -> None:
        with (scratch / _TABLES / f"{table}.jsonl").open("wb") as file:
            file.writelines(lines)

    (scratch / _MANIFEST).write_text(json.dumps(dump(write), indent=1), "utf-8")


def read_archive(source: Path) -> Manifest:
    """What an archive holds, every member judged. Raises ``Refused`` for what is none, or is damaged."""
    try:
        with gzip.open(source) as whole:
            while whole.read(_CHUNK):
                pass
        with tarfile.open(source, "r:gz") as archive:
            manifest: Manifest = json.load(_file(archive, _MANIFEST))
            tables = {f"{_TABLES}/{table}.jsonl" for table in manifest["tables"]}
            members = archive.getmembers()
        if tables - {each.name for each in members} or not isinstance(manifest["migrations"], dict):
            raise ValueError(source)
    except _DAMAGE as error:
        raise Refused(message("terminal.restore.no-archive", file=str(source))) from error
    for each in _strange(members, tables | {_MANIFEST, DEMO}):
        raise Refused(message("terminal.restore.strange", file=str(source), name=each.name))
    return manifest


def _strange(members: list[tarfile.TarInfo], files: set[str]) -> Iterator[tarfile.TarInfo]:
    """Members that ``backup`` never writes: ``files`` have one place each, all others lie in folders that it knows."""
    seen: set[str] = set()
    for each in members:
        top, *below = each.name.split("/")
        plain = all(part not in ("", ".", "..") and "\0" not in part for part in below)
        if each.isreg():
            placed = each.name in files or (top in _FOLDERS and bool(below))
        else:
            placed = each.isdir() and (each.name == _TABLES or top in _FOLDERS)
        if each.name in seen or not plain or not placed:
            yield each
        seen.add(each.name)


def restore(folder: Path, source: Path, manifest: Manifest) -> None:
    """Lay an archive that was read into an empty installation, whole or not at all. Raises ``Refused``, and ``Unfit``
    where something is in its database.

    Keys that lie in the folder already, put back by hand, stay where the archive has none.
    """
    try:
        with TemporaryDirectory(dir=folder) as scratch, tarfile.open(source, "r:gz") as archive:
            others = [each for each in archive if each.name == DEMO or each.name.split("/")[0] in _FOLDERS]
            archive.extractall(scratch, others, filter=_private)
            _judge(Path(scratch) / CALENDAR, source)
            with loading(manifest, lambda table: _file(archive, f"{_TABLES}/{table}.jsonl")):
                _move(Path(scratch), folder)
    except (tarfile.TarError, RecursionError) as error:
        raise Refused(message("terminal.restore.no-archive", file=str(source))) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.restore.cannot-write", folder=str(folder), reason=reason)) from error


def _judge(calendars: Path, source: Path) -> None:
    """Raises ``Refused`` for calendars with which no page would open."""
    try:
        calendar(None, calendars)
    except RulebookError as error:
        raise Refused(message("terminal.restore.calendar", file=str(source), reason=str(error))) from error


def _private(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo:
    """Whatever its modes were: for its owner alone."""
    return tarfile.data_filter(member, path).replace(mode=0o700 if member.isdir() else 0o600)


def _move(scratch: Path, folder: Path) -> None:
    for each in sorted(scratch.rglob("*")):
        target = folder / each.relative_to(scratch)
        if each.is_dir():
            target.mkdir(mode=0o700, exist_ok=True)
        else:
            shutil.move(each, target)  # a folder of the installation may lie on a disk of its own
    if (folder / KEYS).exists():
        (folder / KEYS).chmod(0o700)


def _file(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    found = archive.extractfile(name)
    if found is None:
        raise ValueError(name)
    return found
