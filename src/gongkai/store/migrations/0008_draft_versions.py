import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a draft said before it was changed is kept."""

    dependencies = [("gongkai", "0007_outbox")]

    operations = [
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="gongkai.draft"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "version"), name="draft_version_once")],
            },
        ),
    ]
