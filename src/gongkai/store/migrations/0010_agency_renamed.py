"""The database lets an agency be called otherwise, and only as the newest naming of its own ledger says.

On SQLite a name that is taken is refused here too: ``UPDATE OR REPLACE`` would delete the agency that bears it.
"""

from typing import Any

from django.db import migrations

_SAID = "append-only: an agency is called as its ledger says, and nothing else of it changes"
_SQLITE = [
    "DROP TRIGGER agency_never_changes",
    f"""CREATE TRIGGER agency_never_changes BEFORE UPDATE ON gongkai_agency
       WHEN NEW.id IS NOT OLD.id OR NEW.algorithm IS NOT OLD.algorithm OR NEW.rowid IS NOT OLD.rowid
         OR EXISTS (SELECT 1 FROM gongkai_agency WHERE name = NEW.name)
         OR NEW.name IS NOT (
           SELECT json_extract(text, '$.event.called') FROM gongkai_entry
           WHERE agency_id = OLD.id AND kind = 'agency' AND number = OLD.id
             AND json_extract(text, '$.event.type') = 'agency_named'
           ORDER BY sequence DESC LIMIT 1)
       BEGIN SELECT RAISE(ABORT, '{_SAID}'); END""",
]
_POSTGRESQL = [
    f"""CREATE FUNCTION gongkai_agency_named() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.algorithm = OLD.algorithm AND NEW.name <> OLD.name
           AND NEW.name = (
             SELECT text::json #>> '{{event,called}}' FROM gongkai_entry
             WHERE agency_id = OLD.id AND kind = 'agency' AND number = OLD.id
               AND text::json #>> '{{event,type}}' = 'agency_named'
             ORDER BY sequence DESC LIMIT 1)
         THEN RETURN NEW; END IF;
         RAISE EXCEPTION '{_SAID}';
       END $$""",
    "DROP TRIGGER agency_never_changes ON gongkai_agency",
    """CREATE TRIGGER agency_never_changes BEFORE UPDATE OR DELETE ON gongkai_agency
       FOR EACH ROW EXECUTE FUNCTION gongkai_agency_named()""",
]


def _let_be_renamed(apps: Any, schema: Any) -> None:
    for statement in {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[schema.connection.vendor]:
        schema.execute(statement)


class Migration(migrations.Migration):
    """Triggers on SQLite and PostgreSQL."""

    dependencies = [("gongkai", "0009_item_files")]
    operations = [migrations.RunPython(_let_be_renamed, migrations.RunPython.noop)]
