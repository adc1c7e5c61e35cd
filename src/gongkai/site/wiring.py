"""Puts the store under the steps. Imported only by commands that need a database: the others start without Django."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from gongkai.cli.installation import Installation, added_calendars
from gongkai.core.message import Message, Told, message

if TYPE_CHECKING:
    from gongkai.services.ports import Ledgers as Port
    from gongkai.store.ledgers import Ledgers

_MIGRATING = 20_190_515
"""The number by which PostgreSQL knows the lock of migrations: the day on which the Regulation took effect."""


_SAMPLES = 8
"""So many sealed rows judge a key: one that was damaged must not condemn it."""


def open_installation() -> Installation:
    """This machine's installation; an empty folder gets its database, an older one its missing tables.

    The database is opened when it is first asked for something: whoever verifies a file needs none.
    """
    from gongkai.site.now import now

    return Installation(cast("Port", _Late()), now, added_calendars())


class _Late:
    """Ledgers that are opened at their first use."""

    @cached_property
    def _ledgers(self) -> "Ledgers":
        return _open()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a failure within ``_ledgers`` is no reason to look for it again
            raise AttributeError(name)
        return getattr(self._ledgers, name)


def _open() -> "Ledgers":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    from gongkai.cli.terminal import Refused
    from gongkai.core.ledger.chain import digest

    try:
        digest("", settings.CHAIN_HASH)
    except Told as told:
        raise Refused(told.message) from told
    django.setup()
    from django.db import Error

    try:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(settings.DATA):
            call_command("migrate", verbosity=0, interactive=False)
            return _ledgers(settings.DATA, settings.CHAIN_HASH)
    except (OSError, Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
        raise Refused(message("terminal.site.no-database", reason=reason)) from error


def trouble(error: Exception) -> Message | None:
    """What to say where the database failed under a command: a table that is gone, a lock that stayed, a full disk."""
    from django.db import Error

    if isinstance(error, Error):
        return message("terminal.site.database-failed", reason=str(error).strip() or type(error).__name__)
    return None


def _ledgers(folder: Path, algorithm: str) -> "Ledgers":
    from gongkai.store.ledgers import Ledgers
    from gongkai.store.models import Outside
    from gongkai.store.sealing import Sealer

    def sealed() -> list[bytes]:
        return [bytes(each) for each in Outside.objects.order_by("-id").values_list("sealed", flat=True)[:_SAMPLES]]

    return Ledgers(Sealer(folder, sealed), algorithm)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time makes the tables: of this folder, and of a PostgreSQL that several machines share."""
    import fcntl

    from django.db import connection

    with (folder / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # falls with the file
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
