"""Puts the store under the steps. Imported only by commands that need a database: the others start without Django."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from gongkai.cli.installation import Installation, added_calendars
from gongkai.cli.platform.serve import PORT
from gongkai.core.message import Message, Told, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from gongkai.cli.installation import Complaint, Mailed
    from gongkai.cli.terminal import Lang
    from gongkai.core.review.permissions import Act
    from gongkai.services.perform import Answer
    from gongkai.services.ports import Actor, Agency, Rules
    from gongkai.services.ports import Ledgers as Port
    from gongkai.site.mailing import Server
    from gongkai.store.ledgers import Ledgers
    from gongkai.store.sealing import Sealer

_MIGRATING = 20_190_515
"""The number by which PostgreSQL knows the lock of migrations: the day on which the Regulation took effect."""


_SAMPLES = 8
"""So many sealed rows of each kind judge a key: one that was damaged must not condemn it."""


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
    platform = (_demo, _serve, _backup, _restore, _rebuild, lambda: _examine(ledgers), _mail)
    return Installation(ledgers, now, added_calendars(), *platform, partial(_perform, ledgers), _link)


def _perform(ledgers: "Port", actor: "Actor", act: "Act", command: Any) -> "Answer":
    ledgers.agencies()  # opens the database
    return web().perform(actor, act, command)


def _link(token: str) -> str:
    """An address of this machine where the installation has no other."""
    from django.conf import settings
    from django.urls import reverse

    port = os.environ.get("PORT") or PORT
    return (settings.BASE_URL or f"http://127.0.0.1:{port}") + reverse("enrol-link", args=[token])


def _backup(target: Path, keys: bool) -> None:
    from django.conf import settings

    from gongkai.site.keeping import backup

    backup(settings.DATA, target, keys=keys)


def _restore(source: Path) -> None:
    _set_up()
    from django.conf import settings

    from gongkai.site.keeping import read_archive, restore

    manifest = read_archive(source)
    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    restore(settings.DATA, source, manifest)


def _rebuild() -> "Iterable[tuple[Agency, int]]":
    from gongkai.store.rebuilding import rebuild

    return rebuild(web().ledgers, web().rules)


def _examine(ledgers: "Port") -> "Iterable[Complaint]":
    ledgers.agencies()  # opens the database
    from django.conf import settings

    from gongkai.site.health import examine
    from gongkai.site.mailing import complaints, server

    yield from examine(ledgers, _sealer(settings.DATA), settings.DATA, web().rules.calendar, web().today)
    configured = server(settings.SMTP_URL, settings.BASE_URL) is not None
    yield from complaints(web().ledgers.outbox, configured, web().now())


def _mail() -> "Mailed":
    from django.conf import settings

    from gongkai.cli.terminal import Refused
    from gongkai.site.mailing import send_waiting, server

    to = server(settings.SMTP_URL, settings.BASE_URL)
    if web().demo or to is None:
        raise Refused(message("mail.no-mail-in-demo" if web().demo else "mail.not-configured"))
    return send_waiting(web().ledgers.outbox, to, web().now())


def _demo(cases: int, step: "Callable[[str], None]") -> int:
    from django.conf import settings

    from gongkai.site.demo.county import make

    (settings.DATA / DEMO).touch()
    return make(web(), cases, step)


def _serve(host: str, port: int, lang: "Lang", ready: "Callable[[str], None]") -> None:
    """Workers of their own processes serve, another mails. A demonstration is served to this machine alone, its board
    first, in the language of the command, and mails nothing.
    """
    from django.conf import settings
    from django.urls import reverse

    from gongkai.cli.platform.serve import listens
    from gongkai.cli.terminal import Refused
    from gongkai.site.keys import session_key
    from gongkai.site.mailing import server
    from gongkai.site.server import serve

    demo = (settings.DATA / DEMO).exists()
    if demo and host not in ("127.0.0.1", "localhost", "::1"):
        raise Refused(message("terminal.serve.loopback", host=host))
    if listens(host, port):
        raise Refused(message("terminal.serve.taken", port=port))
    _sealer(settings.DATA).judge()
    settings.SECRET_KEY = session_key(settings.DATA, make=True)  # the workers are forks of this process
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.site.settings"
    if (to := server(settings.SMTP_URL, settings.BASE_URL)) and not demo:
        _mail_beside(to)

    def tell() -> None:  # an address that is told before its workers listen would be opened in vain
        while not listens(host, port):
            time.sleep(0.1)
        ready(reverse("demonstration") + "?lang=en" * (lang == "en") if demo else reverse("home"))

    serve("gongkai.site.wsgi:application", host, port, threading.Thread(target=tell, daemon=True).start)


def _mail_beside(to: "Server") -> None:
    """A process that mails until this one ends: a thread would be copied half into the workers."""
    import multiprocessing
    import signal

    from django.db import connections

    from gongkai.site.mailing import keep_sending

    def run(parent: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends this one
        keep_sending(web(), to, parent)

    connections.close_all()  # none is shared by two processes
    multiprocessing.get_context("fork").Process(target=run, args=[os.getpid()], daemon=True).start()


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
    _set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import Error

    from gongkai.cli.terminal import Refused

    try:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _alone(settings.DATA):
            call_command("migrate", verbosity=0, interactive=False)
            return _ledgers(settings.DATA, settings.CHAIN_HASH)
    except (OSError, Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error) or type(error).__name__
        raise Refused(message("terminal.site.no-database", reason=reason)) from error


def _set_up() -> None:
    """Make Django ready, without touching the database. Raises ``Refused`` for a hash that there is not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
    import django
    from django.conf import settings

    from gongkai.cli.terminal import Refused
    from gongkai.core.ledger.chain import digest

    try:
        digest("", settings.CHAIN_HASH)
    except Told as told:
        raise Refused(told.message) from told
    django.setup()


def trouble(error: Exception) -> Message | None:
    """What to say where the database failed under a command: a table that is gone, a lock that stayed, a full disk; or
    where its key is not that of the data.
    """
    from django.db import Error

    from gongkai.store.sealing import WrongKey

    if isinstance(error, WrongKey):
        return error.message
    if isinstance(error, Error):
        return message("terminal.site.database-failed", reason=str(error).strip() or type(error).__name__)
    return None


def _ledgers(folder: Path, algorithm: str) -> "Ledgers":
    from gongkai.store.ledgers import Ledgers

    return Ledgers(_sealer(folder), algorithm)


def _sealer(folder: Path) -> "Sealer":
    """Its key is judged by every column of bytes: nothing else is kept there than what it sealed."""
    from django.apps import apps
    from django.db.models import BinaryField

    from gongkai.store.sealing import Sealer

    def sealed() -> "Iterator[bytes]":
        for model in apps.get_app_config("gongkai").get_models():
            for field in model._meta.get_fields():
                if isinstance(field, BinaryField):
                    kept = model._default_manager.exclude(**{field.name: None}).order_by("-pk")
                    yield from map(bytes, kept.values_list(field.name, flat=True)[:_SAMPLES])

    return Sealer(folder, sealed)


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
