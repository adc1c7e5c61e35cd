"""The tables. An entry is never changed or deleted: the database itself refuses it (``migrations/``)."""

from django.db import models


class Agency(models.Model):
    """An agency (机关); its chain keeps the hash with which it began. The database refuses to change or delete it: only
    its name follows its ledger.
    """

    id = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=200, unique=True)
    algorithm = models.CharField(max_length=16, default="sha256")


def _of_agency() -> "models.ForeignKey[Agency]":
    """Whose a row is. The table has an index that begins with it: another for it alone would only be taken by mistake,
    to read all that an agency has for one thing.
    """
    return models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)


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

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "number"], name="outside_once")]


class Standing(models.Model):
    """Where a request stands: a projection for lists, rebuilt from the ledger and tested equal to it.

    ``awaits``: what has to come next (``core.law.clock.Awaited``), empty where nothing more has.
    """

    agency = _of_agency()
    number = models.CharField(max_length=200)
    applicant = models.CharField(max_length=20)
    received_on = models.DateField()
    state = models.CharField(max_length=20)
    due_on = models.DateField(null=True)
    provisional_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=40, null=True)
    awaits = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="standing_once")]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="standing_due"),
            models.Index(fields=["agency", "awaits"], name="standing_awaits"),
        ]


class Pending(models.Model):
    """The review of what has not left yet, and reports that are published and not submitted above: a projection for
    lists, rebuilt from the ledger and tested equal to it.

    ``grade``: whose turn it is, empty where it is nobody's; ``authors``: the ids of those who may not judge it.
    """

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    grade = models.CharField(max_length=20, blank=True)
    content = models.CharField(max_length=64)
    authors = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "number"], name="pending_once")]


class Place(models.Model):
    """Where an agency stands in the tree: a projection of its own events, newest first wins."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="place", primary_key=True)
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="below", null=True)
    region = models.CharField(max_length=12, null=True)
    line = models.CharField(max_length=40, null=True)
    competent = models.BooleanField(default=False)


class Person(models.Model):
    """Somebody who works in an agency. ``password`` is a hash of Argon2; none can sign in without one.

    ``secret``: that of their one-time codes, sealed; ``counter``: the step of the code that was accepted last, so that
    none is accepted twice. Sessions of an earlier ``epoch`` are over. ``token``: the hash of a link not yet used.
    """

    id = models.CharField(primary_key=True, max_length=32)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    name = models.CharField(max_length=100)
    login = models.CharField(max_length=100, unique=True)
    password = models.CharField(max_length=200, blank=True)
    secret = models.BinaryField(null=True)
    counter = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=64, unique=True, null=True)
    token_until = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """The hash of a code that stands in, once, for the telephone that is not at hand (恢复码)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "hash"], name="recovery_once")]


class Throttle(models.Model):
    """How many tries somebody has spent: all are there again at ``free``. ``key`` hides who it is."""

    key = models.CharField(primary_key=True, max_length=64)
    free = models.DateTimeField(db_index=True)


class Holding(models.Model):
    """A role that a person holds (岗位); one person may hold several."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="holdings")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="holding_once")]


class Serial(models.Model):
    """The last number that a series of a year gave (登记编号、文号)."""

    agency = _of_agency()
    series = models.CharField(max_length=20)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "series", "year"], name="serial_once")]


class Draft(models.Model):
    """What is being written about a thing, sealed; a change raises its version. ``writers``: the ids of all who did."""

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    writers = models.JSONField(default=list)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "number"], name="draft_once")]


class DraftVersion(models.Model):
    """What a draft said before it was changed, sealed: whoever had that version open is shown what changed since."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "version"], name="draft_version_once")]


class Frozen(models.Model):
    """A content that was submitted for review, sealed with the salt of its hash."""

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "hash"], name="frozen_once")]
        indexes = [models.Index(fields=["agency", "kind", "number"], name="frozen_thing")]


class Remark(models.Model):
    """What a reviewer wrote (审核意见), sealed."""

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="remarks")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["agency", "kind", "number"], name="remark_thing")]


class Code(models.Model):
    """The hash of the code by which an applicant follows a request (查询码)."""

    agency = _of_agency()
    number = models.CharField(max_length=200)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="code_once")]


class Answer(models.Model):
    """What was answered to a key, sealed: the same form sent twice files once."""

    key = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()
    made = models.DateTimeField(auto_now_add=True)


class Outgoing(models.Model):
    """A letter that must leave because of an act (发件箱); committed with it.

    ``sequence`` is the entry it belongs to, ``way`` mail or paper. No attempt to mail it is made before ``again``; what
    the mail server said last stands in ``fault``, sealed, for it may name the address. ``posted_by``: who posted it.
    """

    agency = _of_agency()
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=200)
    letter = models.CharField(max_length=40)
    sealed = models.BinaryField()
    sequence = models.PositiveBigIntegerField()
    made = models.DateTimeField()
    way = models.CharField(max_length=8)
    tries = models.PositiveIntegerField(default=0)
    again = models.DateTimeField()
    fault = models.BinaryField(null=True)
    sent = models.DateTimeField(null=True)
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "kind", "number"], name="outgoing_thing"),
            models.Index(fields=["agency", "id"], condition=models.Q(sent=None), name="outgoing_waiting"),
            models.Index(fields=["again"], condition=models.Q(sent=None, way="mail"), name="outgoing_due"),
        ]


class Item(models.Model):
    """An item that is or was public (主动公开): a projection, rebuilt from ledger and frozen contents and tested equal.

    It is public information and stands in plain; of a withdrawn one nothing is left here but its number and dates.
    """

    agency = _of_agency()
    number = models.CharField(max_length=200)
    column = models.CharField(max_length=200)
    index_number = models.CharField(max_length=200)
    title = models.TextField()
    document = models.TextField()
    validity = models.CharField(max_length=20)
    text = models.TextField()
    attachments = models.TextField()
    made_on = models.DateField(null=True)
    published_on = models.DateField()
    corrected_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="item_once")]
        indexes = [
            models.Index(fields=["agency", "column", "published_on", "number"], name="item_column"),
            models.Index(fields=["published_on", "number", "agency"], name="item_newest"),
        ]


class ErrorReport(models.Model):
    """What a reader reported of an item (纠错), sealed; closed by somebody at the desk."""

    agency = _of_agency()
    number = models.CharField(max_length=200)
    at = models.DateTimeField()
    sealed = models.BinaryField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "closed_at", "at"], name="error_open")]
