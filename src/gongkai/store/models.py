"""The tables. An entry is never changed or deleted: the database itself refuses it (``migrations/``)."""

from django.db import models


class Agency(models.Model):
    """An agency (机关). The database refuses to change or delete it; its chain keeps the hash with which it began."""

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200, unique=True)
    algorithm = models.CharField(max_length=16, default="sha256")


class Entry(models.Model):
    """One entry of an agency's ledger: ``text`` is the canonical form that ``hash`` covers, the rest finds it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    recorded = models.DateTimeField()
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "sequence"], name="entry_once")]
        indexes = [models.Index(fields=["agency", "kind", "number", "sequence"], name="entry_thing")]


class Outside(models.Model):
    """A person and a subject, encrypted, outside the ledger: a row that may be erased."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "number"], name="outside_once")]


class Standing(models.Model):
    """Where a request stands: a projection for lists, rebuilt from the ledger and tested equal to it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=200)
    applicant = models.CharField(max_length=20)
    received_on = models.DateField()
    state = models.CharField(max_length=20)
    due_on = models.DateField(null=True)
    provisional_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=40, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="standing_once")]
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="standing_due")]
