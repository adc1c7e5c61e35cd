"""Backup and restoration of an installation on SQLite, as one archive.

The database is copied by SQLite's own backup, so that it is one moment's whole whatever is written meanwhile. The key
that opens names, subjects and files is left out unless it is asked for: an archive without it holds no name.
"""

import sqlite3
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.cli.terminal import Refused
from gongkai.core.message import message
from gongkai.store.files import FOLDER as FILES

DATABASE, KEYS, CALENDAR, DEMO = "gongkai.sqlite3", "keys", "calendar", "demo"
_PARTS = (DATABASE, FILES, CALENDAR, DEMO)


def backup(folder: Path, target: Path, *, keys: bool) -> None:
    """Write an archive of an installation, whole or not at all. Raises ``Refused`` on PostgreSQL, whose tools do it."""
    from django.db import connection

    if connection.vendor != "sqlite":
        raise Refused(message("terminal.backup.postgresql"))
    if target.resolve().is_relative_to(folder.resolve()):
        raise Refused(message("terminal.ledger.into-installation", file=str(target)))
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with TemporaryDirectory(dir=target.parent or None) as scratch, tarfile.open(unfinished, "w:gz") as archive:
            unfinished.chmod(0o600)
            copy = Path(scratch) / DATABASE
            with sqlite3.connect(folder / DATABASE) as source, sqlite3.connect(copy) as whole:
                source.backup(whole)
            source.close()
            whole.close()
            archive.add(copy, DATABASE)
            # Files are kept before the act that names them: copied after the database, all that it names are there.
            for name in (FILES, CALENDAR, DEMO, *((KEYS,) if keys else ())):
                if (folder / name).exists():
                    archive.add(folder / name, name)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.ledger.cannot-write", file=str(target), reason=reason)) from error


def restore(folder: Path, source: Path) -> None:
    """Lay an archive into an empty folder. Raises ``Refused`` where there is something, or for what is no archive.

    Keys that lie in the folder already, put back by hand, stay.
    """
    if (folder / DATABASE).exists():
        raise Refused(message("terminal.restore.not-empty", folder=str(folder)))
    try:
        with tarfile.open(source, "r:gz") as archive:
            names = archive.getnames()
            if DATABASE not in names or any(Path(name).parts[0] not in (*_PARTS, KEYS) for name in names):
                raise Refused(message("terminal.restore.no-archive", file=str(source)))
            database = archive.extractfile(DATABASE)
            if database is None or database.read(16) != b"SQLite format 3\0":
                raise Refused(message("terminal.restore.no-archive", file=str(source)))
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Refused(message("terminal.restore.no-archive", file=str(source))) from error
    if (folder / KEYS).exists():
        (folder / KEYS).chmod(0o700)
