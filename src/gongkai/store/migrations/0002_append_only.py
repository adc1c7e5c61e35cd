"""The database itself refuses to change or delete an entry, whoever asks."""

from typing import Any

from django.db import migrations

_SQLITE = [
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE ON gongkai_entry
       BEGIN SELECT RAISE(ABORT, 'append-only: an entry of the ledger is never changed'); END""",
    """CREATE TRIGGER entry_never_goes BEFORE DELETE ON gongkai_entry
       BEGIN SELECT RAISE(ABORT, 'append-only: an entry of the ledger is never deleted'); END""",
]
_POSTGRESQL = [
    """CREATE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'append-only: an entry of the ledger is never changed or deleted'; END $$""",
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE OR DELETE ON gongkai_entry
       FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()""",
    """CREATE TRIGGER entry_never_goes BEFORE TRUNCATE ON gongkai_entry
       FOR EACH STATEMENT EXECUTE FUNCTION gongkai_append_only()""",
]


def _refuse(apps: Any, schema: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema.connection.vendor]:
        schema.execute(statement)


class Migration(migrations.Migration):
    """Triggers on SQLite and PostgreSQL."""

    dependencies = [("gongkai", "0001_initial")]
    operations = [migrations.RunPython(_refuse, migrations.RunPython.noop)]
