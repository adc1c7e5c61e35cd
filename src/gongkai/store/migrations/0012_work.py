import json

from django.db import migrations, models

from gongkai.core.ledger.entry import amended
from gongkai.core.review.review import pending
from gongkai.rulebook.load.review import chains
from gongkai.store.rows import entry_of

WAITING = {"awaiting_correction": "correction", "awaiting_fee": "fee"}


def told_of_requests(apps, schema_editor):
    """What each open request awaits follows from its row; a reply that left from here awaits its service."""
    standings = apps.get_model("gongkai", "Standing").objects
    entries = apps.get_model("gongkai", "Entry").objects
    open = standings.exclude(state="closed")
    open.update(awaits="reply")
    open.filter(due_on=None, provisional_on=None).update(awaits="opinion")
    for state, awaits in WAITING.items():
        open.filter(state=state).update(awaits=awaits)
    left = apps.get_model("gongkai", "Outgoing").objects.filter(kind="request", letter="reply")
    for agency, number in left.values_list("agency_id", "number").distinct():
        told = entries.filter(agency_id=agency, kind="request", number=number).order_by("-sequence")
        types = [json.loads(text)["event"]["type"] for text in told.values_list("text", flat=True)]
        if next((each for each in types if each in ("replied", "served")), "") == "replied":
            standings.filter(agency_id=agency, number=number, state="closed").update(awaits="service")


def told_of_reviews(apps, schema_editor):
    """Where the review of each thing stands that was ever submitted."""
    entries = apps.get_model("gongkai", "Entry").objects
    rows = apps.get_model("gongkai", "Pending").objects
    frozen = apps.get_model("gongkai", "Frozen").objects.values_list("agency_id", "kind", "number").distinct()
    for agency, kind, number in frozen:
        told = entries.filter(agency_id=agency, kind=kind, number=number).order_by("sequence")
        history = [entry_of(text) for text in told.values_list("text", flat=True)]
        chain = chains()["reply" if kind == "request" else kind]
        if (found := pending((entry.event for entry in amended(history)), chain)) is not None:
            rows.create(
                agency_id=agency,
                kind=kind,
                number=number,
                state=found.state,
                grade=found.next or "",
                content=found.content,
                authors=sorted(found.authors),
            )


class Migration(migrations.Migration):
    """What a request awaits, and whose turn it is in a review, for the first page of the desk."""

    dependencies = [("gongkai", "0011_remarks")]

    operations = [
        migrations.AddField(
            "standing", "awaits", models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.AddIndex("standing", models.Index(fields=["agency", "awaits"], name="standing_awaits")),
        migrations.CreateModel(
            name="Pending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("number", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=20)),
                ("grade", models.CharField(blank=True, max_length=20)),
                ("content", models.CharField(max_length=64)),
                ("authors", models.JSONField(default=list)),
                (
                    "agency",
                    models.ForeignKey(on_delete=models.deletion.PROTECT, related_name="+", to="gongkai.agency"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["agency", "kind", "number"], name="pending_once"),
                ],
            },
        ),
        migrations.RunPython(told_of_requests, migrations.RunPython.noop),
        migrations.RunPython(told_of_reviews, migrations.RunPython.noop),
    ]
