import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def _left_by_hand(apps, schema_editor):
    """Nothing sent letters before: whoever had any saw to them."""
    apps.get_model("gongkai", "Outgoing").objects.filter(sent=None).update(sent=django.utils.timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("gongkai", "0006_identity"),
    ]

    operations = [
        migrations.RunPython(_left_by_hand, migrations.RunPython.noop),
        migrations.AddField("outgoing", "sequence", models.PositiveBigIntegerField(default=0), preserve_default=False),
        migrations.AddField(
            "outgoing", "made", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False
        ),
        migrations.AddField("outgoing", "way", models.CharField(default="paper", max_length=8), preserve_default=False),
        migrations.AddField("outgoing", "tries", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "outgoing", "again", models.DateTimeField(default=django.utils.timezone.now), preserve_default=False
        ),
        migrations.AddField("outgoing", "fault", models.BinaryField(null=True)),
        migrations.AddField(
            "outgoing",
            "posted_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gongkai.person"
            ),
        ),
        migrations.AddIndex("outgoing", models.Index(fields=["agency", "kind", "number"], name="outgoing_thing")),
        migrations.AddIndex(
            "outgoing",
            models.Index(condition=models.Q(("sent", None)), fields=["agency", "id"], name="outgoing_waiting"),
        ),
        migrations.AddIndex(
            "outgoing",
            models.Index(condition=models.Q(("sent", None), ("way", "mail")), fields=["again"], name="outgoing_due"),
        ),
    ]
