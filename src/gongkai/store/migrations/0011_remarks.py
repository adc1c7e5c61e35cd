"""What somebody wrote is found from them: names and remarks of a thing are one query."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """No table changes."""

    dependencies = [("gongkai", "0010_agency_renamed")]
    operations = [
        migrations.AlterField(
            "remark",
            "person",
            models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="remarks", to="gongkai.person"),
        ),
    ]
