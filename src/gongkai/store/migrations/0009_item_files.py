from django.db import migrations, models
from django.db.models import F


def told_as_before(apps, schema_editor):
    """What was public before had its own number for its index number, and was in force."""
    items = apps.get_model("gongkai", "Item").objects
    items.update(index_number=F("number"))
    items.filter(withdrawn_on=None).update(validity="valid")


class Migration(migrations.Migration):
    dependencies = [
        ("gongkai", "0008_draft_versions"),
    ]

    operations = [
        *(
            migrations.AddField("item", name, field, preserve_default=False)
            for name, field in (
                ("attachments", models.TextField(default="")),
                ("index_number", models.CharField(default="", max_length=200)),
                ("validity", models.CharField(default="", max_length=20)),
            )
        ),
        migrations.RunPython(told_as_before, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="+", to="gongkai.agency"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=models.deletion.PROTECT, related_name="+", to="gongkai.person"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["agency", "closed_at", "at"], name="error_open")]},
        ),
    ]
