"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Agencies, their ledgers, and what stands outside them."""

    name = "gongkai.store"
    label = "gongkai"
    default_auto_field = "django.db.models.BigAutoField"
