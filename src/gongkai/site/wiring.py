"""Puts the store under the steps. Imported only by commands that need a database: the others start without Django."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from gongkai.cli.installation import Installation, added_calendars
from gongkai.core.message import Message, Told, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from gongkai.cli.installation import Complaint
    from gongkai.core.review.permissions import Act
    from gongkai.services.perform import Answer
    from gongkai.services.ports import Actor, Rules
    from gongkai.services.ports import Ledgers as Port
    from gongkai.store.ledgers import Ledgers

_MIGRATING = 20_190_515
"""The number by which PostgreSQL knows the lock of migrations: the day on which the Regulation took effect."""


_SAMPLES = 8
"""So many sealed rows judge a key: one that was damaged must not condemn it."""


class Web(NamedTuple):
    """What the pages work on: the ledgers, the law as it stands here, and the clock."""

    ledgers: "Ledgers"
    rules: "Rules"
    now: "Callable[[], datetime]"
    demo: bool

    @property
    def today(self) -> "date":
        """The civil day in China."""
        from gongkai.core.ledger.entry import SHANGHAI

        return self.now().astimezone(SHANGHAI).date()

    def perform(self, actor: "Actor", act: "Act", command: Any) -> "Answer":
        """Do an act through the one door."""
        from gongkai.services.perform import perform

        return perform(self.ledgers, actor, act, command, rules=self.rules, now=self.now())

    def answered(self, actor: "Actor", act: "Act", agency: str, key: str) -> "Answer":
        """What an act with this key gave."""
        from gongkai.services.perform import answered

        return answered(self.ledgers, actor, act, agency, key)


@cache
def web() -> Web:
    """The installation behind the pages: opened once a process; the database is there already."""
    from django.conf import settings

    from gongkai.rulebook.load.calendar import calendar
    from gongkai.rulebook.load.law import law
    from gongkai.rulebook.load.outcomes import outcomes
    from gongkai.rulebook.load.review import chains
    from gongkai.services.ports import Rules
    from gongkai.site.now import now

    rules = Rules(calendar(None, added_calendars()), law(), outcomes(), chains())
    return Web(_ledgers(settings.DATA, settings.CHAIN_HASH), rules, now, (settings.DATA / DEMO).exists())


DEMO = "demo"
"""A file of this name marks an installation as a demonstration: roles are entered by one click."""


def open_installation() -> Installation:
    """This machine's installation; an empty folder gets its database, an older one its missing tables.

    The database is opened when it is first asked for something: whoever verifies a file needs none.
    """
    from gongkai.site.now import now

    ledgers = cast("Port", _Late())
    return Installation(ledgers, now, added_calendars(), _demo, _serve, _backup, _restore, lambda: _examine(ledgers))


def _backup(target: Path, keys: bool) -> None:
    from django.conf import settings

    from gongkai.site.keeping import backup

    backup(settings.DATA, target, keys=keys)


def _restore(source: Path) -> None:
    from gongkai.cli.installation import data_folder
    from gongkai.site.keeping import restore

    restore(data_folder(), source)


def _examine(ledgers: "Port") -> "Iterable[Complaint]":
    ledgers.agencies()  # opens the database
    from django.conf import settings

    from gongkai.site.health import examine

    return examine(ledgers, settings.DATA, web().rules.calendar, web().today)


def _demo(cases: int) -> int:
    from django.conf import settings

    from gongkai.site.demo.county import make

    (settings.DATA / DEMO).touch()
    return make(web(), cases)


def _serve(host: str, port: int) -> None:
    """Workers of their own processes serve; a demonstration is served to this machine alone."""
    from django.conf import settings

    from gongkai.cli.terminal import Refused
    from gongkai.site.keys import session_key
    from gongkai.site.server import serve

    if (settings.DATA / DEMO).exists() and host not in ("127.0.0.1", "localhost", "::1"):
        raise Refused(message("terminal.serve.loopback", host=host))
    session_key(settings.DATA, make=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings"
    serve("gongkai.site.wsgi:application", host, port)


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
