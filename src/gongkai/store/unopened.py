"""What lies sealed in the database and opens no more: damaged, or sealed with another key."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import BinaryField

from gongkai.store.sealing import Sealer


def unopened(sealer: Sealer) -> Iterator[tuple[str, int]]:
    """Every table with values that the key does not open, and how many: all that are binary are sealed."""
    for model in apps.get_app_config("gongkai").get_models():
        columns = [field.attname for field in model._meta.fields if isinstance(field, BinaryField)]
        rows = model._base_manager.values_list(*columns).iterator() if columns else ()
        if count := sum(not sealer.opens(bytes(each)) for row in rows for each in row if each is not None):
            yield model._meta.db_table, count
