"""Every table as lines of JSON, all of one moment, and back into an empty database of either engine.

Rows are written as the tables stand at the migrations of that moment and laid back into the same tables, which are then
brought up to date: an archive of an older version is restored by a newer one, and SQLite's by PostgreSQL.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    connection,
    transaction,
)
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from gongkai.core.message import Told, message

_BATCH = 1000
_LEFT_OUT = {"django_session"}
"""Who is signed in is nothing to keep."""
_BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}

_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, ValidationError)
_REFUSALS = (DataError, IntegrityError, InterfaceError, ProgrammingError)
"""What lines that nobody dumped make of the reading of them, and of the database."""

Manifest = dict[str, Any]
"""``migrations``: the last one of each application; ``tables``: of each its ``columns`` and how many ``rows``."""


class Unfit(Told):
    """The archive and the database do not go together; nothing was restored."""


def dump(write: Callable[[str, Iterator[bytes]], None]) -> Manifest:
    """Hand every table with its lines to ``write``, and say what they are. No act waits for it."""
    with _one_moment():
        migrations: dict[str, str] = {}
        for app, name in MigrationLoader(connection).applied_migrations:
            migrations[app] = max(name, migrations.get(app, ""))
        tables: dict[str, dict[str, Any]] = {}
        for model in _models(migrations):
            tables[model._meta.db_table] = told = {"columns": [field.column for field in _fields(model)], "rows": 0}
            write(model._meta.db_table, _lines(model, told))
        return {"migrations": migrations, "tables": tables}


@contextmanager
def loading(manifest: Manifest, read: Callable[[str], IO[bytes]]) -> Iterator[None]:
    """Lay what was dumped into an empty database: it stays there when the block ends well, else the database is empty
    as before, tables and all.

    Raises ``Unfit``: the database is not empty, a newer version wrote the archive, or the lines are not those that the
    manifest tells of.
    """
    if connection.introspection.table_names():
        raise Unfit(message("restore.not-empty"))
    executor = MigrationExecutor(connection)
    targets = list(manifest["migrations"].items())
    if any(target not in executor.loader.graph.nodes for target in targets):
        raise Unfit(message("restore.newer"))
    # SQLite makes tables within a transaction only while it leaves references alone: they are checked at the end.
    with connection.constraint_checks_disabled(), transaction.atomic():
        executor.migrate(targets)
        try:
            _fill_all(manifest, read)
        except (*_FAULTS, *_REFUSALS) as error:
            raise Unfit(message("restore.damaged")) from error
        yield


def _fill_all(manifest: Manifest, read: Callable[[str], IO[bytes]]) -> None:
    models = _models(manifest["migrations"])
    if manifest["tables"].keys() != {model._meta.db_table for model in models}:
        raise ValueError("tables that the migrations do not make, or lack")
    with connection.cursor() as cursor:
        for model in models:
            _fill(cursor, model, manifest["tables"][model._meta.db_table], read)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()


@contextmanager
def _one_moment() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _models(migrations: dict[str, str]) -> list[Any]:
    """The tables as they stand after these migrations."""
    state = MigrationLoader(connection).project_state(list(migrations.items()))
    found = state.apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and model._meta.db_table not in _LEFT_OUT]


def _fields(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _lines(model: Any, told: dict[str, Any]) -> Iterator[bytes]:
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in _fields(model)))
    for row in rows.iterator(_BATCH):
        told["rows"] += 1
        yield json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    """Days, instants and bytes, as Django's fields read them again."""
    return base64.b64encode(value).decode() if isinstance(value, bytes | memoryview) else str(value)


def _fill(cursor: Any, model: Any, told: dict[str, Any], read: Callable[[str], IO[bytes]]) -> None:
    table, fields = model._meta.db_table, _fields(model)
    if told["columns"] != [field.column for field in fields]:
        raise ValueError(table)
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    count = 0
    with read(table) as file:
        stream = io.TextIOWrapper(file, "utf-8")
        while rows := [_values(fields, json.loads(line)) for line in islice(stream, _BATCH)]:
            cursor.executemany(statement, rows)
            count += len(rows)
    if count != told["rows"]:
        raise ValueError(table)


def _values(fields: list[Any], row: list[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(None if value is None else field.to_python(value), connection)
        for field, value in zip(fields, row, strict=True)
    ]
