"""Filling an empty database quickly."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def filling() -> Iterator[None]:
    """SQLite waits for no disk within it: only for what can be made anew as a whole, should the machine fall."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
