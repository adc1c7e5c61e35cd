"""What an agency has for one thing is found by the index of that thing: those of the agency alone go.

PostgreSQL took them by mistake where it did not know yet how much an agency has, and read all of it for one thing.
"""

from django.db import migrations, models

_OF_AGENCY = (
    *("code", "draft", "errorreport", "frozen", "item", "outgoing", "outside", "pending", "remark", "serial"),
    "standing",
)


class Migration(migrations.Migration):
    """Indexes alone."""

    dependencies = [("gongkai", "0012_work")]
    operations = [
        migrations.AlterField(
            model,
            "agency",
            models.ForeignKey(db_index=False, on_delete=models.deletion.PROTECT, related_name="+", to="gongkai.agency"),
        )
        for model in _OF_AGENCY
    ]
