"""The ledgers in the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery

from gongkai.core.ledger.chain import Columns, Link
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.entry import known_by as _known_by
from gongkai.services import ports
from gongkai.services.ports import Outside
from gongkai.store import models, people
from gongkai.store.files import Files
from gongkai.store.naming import renamed
from gongkai.store.outbox import Outbox, Sent
from gongkai.store.prepared import ABOUT, Given, Prepared
from gongkai.store.rows import agency_of, entries_of, entry_of, history_of
from gongkai.store.sealing import Sealer
from gongkai.store.unit import Unit, content_of, draft_of, drafted, thawed

_BATCH = 1000

_OUTSIDE = Prepared(models.Outside.objects.filter(**ABOUT).values_list("sealed"))
_SAID = Prepared(
    models.Person.objects.filter(agency_id=Given("agency"))
    .annotate(said=FilteredRelation("remarks", condition=Q(**{f"remarks__{name}": of for name, of in ABOUT.items()})))
    .order_by(F("said__id").desc(nulls_last=True))
    .values_list("id", "name", "said__at", "said__sealed")
)
_ITS = {"agency_id": OuterRef("id"), "kind": Given("kind"), "number": Given("number")}
_ITS_DRAFT = models.Draft.objects.filter(**_ITS)
_FILED = Prepared(
    models.Agency.objects.filter(id=Given("agency"))
    .annotate(
        outside=Subquery(models.Outside.objects.filter(**_ITS).values("sealed")),
        **{name: Subquery(_ITS_DRAFT.values(name)) for name in ("sealed", "version", "writers")},
    )
    .values_list(
        *("name", "algorithm", "place__parent_id", "place__parent__name", "place__parent__algorithm"),
        *("outside", "sealed", "version", "writers"),
    )
)


class Remark(NamedTuple):
    """What a reviewer wrote."""

    person: str
    at: datetime
    text: str


class Said(NamedTuple):
    """The names of an agency's people by their ids, and what they wrote about a thing, the newest first."""

    people: dict[str, str]
    remarks: tuple[Remark, ...]


class Filed(NamedTuple):
    """What is kept about a thing beside its history: whose it is, who stands above, what stands outside the ledger,
    and what is being written.
    """

    agency: ports.Agency
    above: ports.Agency | None
    outside: Outside | None
    draft: ports.Draft | None


class Ledgers:
    """Keeps ``ports.Ledgers``."""

    def __init__(self, sealer: Sealer, algorithm: str = "sha256") -> None:
        self.algorithm = algorithm
        self.outbox = Outbox(sealer)
        self.sealer = sealer
        self.files = Files(sealer.folder, sealer)

    def agencies(self) -> list[ports.Agency]:
        """All agencies, by name."""
        return [agency_of(row) for row in models.Agency.objects.order_by("name")]

    def agency(self, name: str) -> ports.Agency | None:
        """The agency of exactly this name."""
        row = models.Agency.objects.filter(name=name).first()
        return agency_of(row) if row else None

    def renamed(self) -> dict[str, str]:
        """By each name that one agency bore, and none bears now, what that agency is called."""
        return renamed()

    def member(self, login: str) -> ports.Member | None:
        """Whoever has this login."""
        return people.member(login=login)

    def last_recorded(self, agency: ports.Agency) -> datetime | None:
        """When the last entry was recorded."""
        last = entries_of(agency).order_by("-sequence").first()
        return entry_of(last.text).recorded if last else None

    def entries(self, agency: ports.Agency, known_by: date | None = None) -> Iterator[Entry]:
        """The agency's entries in order. What was known is judged by their texts, never by a column."""
        texts = entries_of(agency).order_by("sequence").values_list("text", flat=True)
        found = (entry_of(text) for text in texts.iterator(_BATCH))
        return found if known_by is None else _known_by(found, known_by)

    def history(self, agency: ports.Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        return history_of(agency, thing)

    def outside(self, agency: ports.Agency, thing: Thing) -> Outside | None:
        """What stands outside the ledger about a thing."""
        for (sealed,) in _OUTSIDE(agency=agency.id, **_of(thing)):
            return self.sealer.open(bytes(sealed))
        return None

    def erase(self, agency: ports.Agency, thing: Thing) -> None:
        """Erase what stands outside about a thing."""
        models.Outside.objects.filter(agency_id=agency.id, kind=thing.kind, number=thing.number).delete()

    def links(self, agency: ports.Agency) -> Iterator[Link]:
        """The agency's chain as it is stored."""
        names = ("sequence", "text", "hash", "agency_id", "kind", "number", "recorded")
        rows = entries_of(agency).order_by("sequence", "id").values_list(*names).iterator(_BATCH)
        return (Link(sequence, text, hash, Columns(*columns)) for sequence, text, hash, *columns in rows)

    def filed(self, id: str, thing: Thing) -> Filed | None:
        """What is kept about a thing of the agency of an id; ``None`` where there is no such agency."""
        for name, algorithm, parent, above, above_algorithm, outside, draft, *more in _FILED(agency=id, **_of(thing)):
            return Filed(
                ports.Agency(id, name, algorithm),
                ports.Agency(parent, above, above_algorithm) if parent else None,
                None if outside is None else self.sealer.open(bytes(outside)),
                None if draft is None else draft_of(self.sealer, draft, *more),
            )
        return None

    def subjects(self, agency: str, numbers: Sequence[str], kind: str) -> dict[str, str | None]:
        """What stands of the things of these numbers, in one query."""
        rows = models.Outside.objects.filter(agency_id=agency, kind=kind, number__in=numbers)
        return {number: self.subject(sealed) for number, sealed in rows.values_list("number", "sealed")}

    def subject(self, sealed: bytes) -> str | None:
        """What is asked for, of the row of a thing."""
        return self.sealer.open(bytes(sealed)).subject

    def draft(self, agency: ports.Agency, thing: Thing) -> ports.Draft | None:
        """What is being written about a thing."""
        return drafted(self.sealer, agency, thing)

    def draft_before(self, agency: ports.Agency, thing: Thing, version: int) -> Mapping[str, str] | None:
        """What the draft about a thing said in an earlier version."""
        of = {"draft__agency_id": agency.id, "draft__kind": thing.kind, "draft__number": thing.number}
        row = models.DraftVersion.objects.filter(version=version, **of).first()
        return self.sealer.unpack(bytes(row.sealed)) if row else None

    def opened(self, drafts: Sequence[models.Draft]) -> dict[str, dict[str, str]]:
        """What the rows of drafts say, by the number of their thing."""
        return {row.number: self.sealer.unpack(bytes(row.sealed)) for row in drafts}

    def told(self, report: models.ErrorReport) -> dict[str, str]:
        """What the row of an error report says."""
        found: dict[str, str] = self.sealer.unpack(bytes(report.sealed))
        return found

    def frozen(self, agency: ports.Agency, hash: str) -> Mapping[str, str]:
        """The content of a hash; it is held against it again. Raises ``Refused``."""
        return thawed(self.sealer, agency, hash)

    def contents(self, hashes: Iterable[str]) -> dict[str, Mapping[str, str]]:
        """The contents of several hashes in one query, each held against its own. Raises ``Refused``."""
        rows = models.Frozen.objects.filter(hash__in=list(hashes))
        return {hash: content_of(self.sealer, hash, sealed) for hash, sealed in rows.values_list("hash", "sealed")}

    def letter(
        self, agency: ports.Agency, sent: Sent, at_hand: Mapping[str | None, Mapping[str, str] | None]
    ) -> dict[str, str]:
        """What a letter says that left or leaves: of a reply what was released, held against its hash again unless the
        content of that hash is ``at_hand``.
        """
        content = self.outbox.content(sent)
        if (hash := content.get("content")) is None:
            return content
        return {**(at_hand.get(hash) or self.frozen(agency, hash)), **content}

    def said(self, agency: ports.Agency, thing: Thing) -> Said:
        """Who may have said something about a thing, and what was said."""
        found = _SAID(agency=agency.id, **_of(thing))
        remarks = [Remark(name, at, self.sealer.unpack(bytes(text))) for _, name, at, text in found if text is not None]
        return Said({id: name for id, name, *_ in found}, tuple(remarks))

    def orphans(self) -> list[str]:
        """The ids of agencies that entries name and that are not there."""
        named = models.Entry.objects.order_by("agency_id").values_list("agency_id", flat=True).distinct()
        return list(named.exclude(agency_id__in=models.Agency.objects.values("id")))

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Begin an act."""
        with transaction.atomic():
            yield Unit(self.sealer, self.algorithm, self.files)


def _of(thing: Thing) -> dict[str, str]:
    return {"kind": thing.kind, "number": thing.number}
