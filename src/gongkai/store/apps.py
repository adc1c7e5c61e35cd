"""The store as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class StoreConfig(AppConfig):
    """Agencies, their ledgers, and what stands outside them."""

    name = "gongkai.store"
    label = "gongkai"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """SQLite gives out bytes that are no text as such that can be seen: the chain then tells where they are."""
        connection_created.connect(_read_anything)


def _read_anything(connection: Any, **_: object) -> None:
    if connection.vendor == "sqlite":
        connection.connection.text_factory = lambda raw: raw.decode(errors="replace")
