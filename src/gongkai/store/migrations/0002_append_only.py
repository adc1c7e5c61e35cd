"""The database itself refuses to change or delete an entry or an agency, whoever asks.

SQLite's REPLACE deletes without firing triggers of deletion unless ``recursive_triggers`` is on, which any other program
can leave off: so what is there already is not inserted again either.
"""

from typing import Any

from django.db import migrations

_SQLITE = [
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE ON gongkai_entry
       BEGIN SELECT RAISE(ABORT, 'append-only: an entry of the ledger is never changed'); END""",
    """CREATE TRIGGER entry_never_goes BEFORE DELETE ON gongkai_entry
       BEGIN SELECT RAISE(ABORT, 'append-only: an entry of the ledger is never deleted'); END""",
    """CREATE TRIGGER entry_never_replaced BEFORE INSERT ON gongkai_entry
       WHEN EXISTS (SELECT 1 FROM gongkai_entry WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM gongkai_entry WHERE agency_id = NEW.agency_id AND sequence = NEW.sequence)
       BEGIN SELECT RAISE(ABORT, 'append-only: an entry of the ledger is never replaced'); END""",
    """CREATE TRIGGER agency_never_changes BEFORE UPDATE ON gongkai_agency
       BEGIN SELECT RAISE(ABORT, 'append-only: an agency is never changed'); END""",
    """CREATE TRIGGER agency_never_goes BEFORE DELETE ON gongkai_agency
       BEGIN SELECT RAISE(ABORT, 'append-only: an agency is never deleted'); END""",
    """CREATE TRIGGER agency_never_replaced BEFORE INSERT ON gongkai_agency
       WHEN EXISTS (SELECT 1 FROM gongkai_agency WHERE id = NEW.id OR name = NEW.name)
       BEGIN SELECT RAISE(ABORT, 'append-only: an agency is never replaced'); END""",
]
_POSTGRESQL = [
    """CREATE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'append-only: what stands in the ledger is never changed or deleted'; END $$""",
    """CREATE TRIGGER entry_never_changes BEFORE UPDATE OR DELETE ON gongkai_entry
       FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()""",
    """CREATE TRIGGER entry_never_goes BEFORE TRUNCATE ON gongkai_entry
       FOR EACH STATEMENT EXECUTE FUNCTION gongkai_append_only()""",
    """CREATE TRIGGER agency_never_changes BEFORE UPDATE OR DELETE ON gongkai_agency
       FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()""",
    """CREATE TRIGGER agency_never_goes BEFORE TRUNCATE ON gongkai_agency
       FOR EACH STATEMENT EXECUTE FUNCTION gongkai_append_only()""",
]


def _refuse(apps: Any, schema: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema.connection.vendor]:
        schema.execute(statement)


class Migration(migrations.Migration):
    """Triggers on SQLite and PostgreSQL."""

    dependencies = [("gongkai", "0001_initial")]
    operations = [migrations.RunPython(_refuse, migrations.RunPython.noop)]
