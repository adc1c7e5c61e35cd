"""All that one act changes, in one transaction: it stands as a whole, or not at all."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError

from gongkai.core.law.clock import Reckoning
from gongkai.core.ledger.chain import GENESIS, canonical, link, text_of
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import (
    AgencyPlaced,
    Amended,
    ReportPublished,
    ReportSubmitted,
    Reviewed,
    Submitted,
)
from gongkai.core.ledger.naming import namings
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.permissions import Role
from gongkai.core.review.review import ENDING
from gongkai.rulebook.load.review import chains
from gongkai.services import ports
from gongkai.services.ports import Commitments, Draft, Member, New, Outside, StaleDraft
from gongkai.store import models, people
from gongkai.store.files import Files
from gongkai.store.outbox import Outbox
from gongkai.store.prepared import ABOUT, Given, Prepared
from gongkai.store.projecting import REVIEWED, Row, pending_row, place_row, project, standing_row
from gongkai.store.rows import agency_of, entries_of, entry_of, entry_row, history_of
from gongkai.store.sealing import Sealer, commitment, new_salt

_BATCH = 1000
_REVIEWING = (Submitted, Reviewed, Amended, ReportPublished, ReportSubmitted)
"""What moves a review, or a report on; what ends the others needs no history (``core.review.review.ENDING``)."""


class Unit:
    """Keeps ``ports.Unit`` within one transaction."""

    def __init__(self, sealer: Sealer, algorithm: str, files: Files) -> None:
        self._sealer = sealer
        self._files = files
        self._algorithm = algorithm
        self._outbox = Outbox(sealer)
        self._locked: dict[str, models.Agency] = {}

    def agency(self, name: str) -> ports.Agency:
        """The agency of this name, made where there is none, and locked.

        It is locked before anything else is done about it: who inserts rows of it first and locks it then can lock out
        another who does the same. All agencies of an installation have the hash of the first.
        """
        if not (row := models.Agency.objects.filter(name=name).first()):
            first = models.Agency.objects.values_list("algorithm", flat=True).first()
            made = {"id": secrets.token_hex(8), "algorithm": first or self._algorithm}
            row, _ = models.Agency.objects.get_or_create(name=name, defaults=made)
        return agency_of(self._lock(row.id))

    def own(self, agency: str) -> ports.Agency:
        """The agency of this id, locked."""
        return agency_of(self._lock(agency))

    def parent(self, agency: ports.Agency) -> str | None:
        """The id of the agency above."""
        return models.Place.objects.filter(agency_id=agency.id).values_list("parent_id", flat=True).first()

    def member(self, agency: ports.Agency, person: str) -> Member:
        """Somebody of the agency."""
        if (found := people.member(id=person, agency_id=agency.id)) is None:
            raise Refused(message("act.no-person"))
        return found

    def admit(self, agency: ports.Agency, name: str, login: str) -> Member:
        """Somebody new, without a role."""
        return people.admit(agency, name, login)

    def assign(self, member: Member, roles: Collection[Role]) -> None:
        """Let somebody hold these roles and no others."""
        people.assign(member, roles)

    def enrol(self, member: Member) -> str:
        """A token by which somebody enrols, once."""
        return people.enrol(self._sealer, member)

    def end(self, member: Member, at: datetime) -> None:
        """End somebody's access."""
        people.end(member, at)

    def last_recorded(self, agency: ports.Agency) -> datetime | None:
        """When the last entry was recorded."""
        last = entries_of(agency).order_by("-sequence").first()
        return entry_of(last.text).recorded if last else None

    def history(self, agency: ports.Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        return history_of(agency, thing)

    def entries(self, agency: ports.Agency) -> Iterator[Entry]:
        """All entries of the agency, in order."""
        texts = entries_of(agency).order_by("sequence").values_list("text", flat=True)
        return (entry_of(text) for text in texts.iterator(_BATCH))

    def keep(self, agency: ports.Agency, thing: Thing, outside: Outside) -> Commitments:
        """Store what stands outside, encrypted."""
        self._lock(agency.id)
        sealed, commitments = self._sealer.seal(outside)
        try:
            models.Outside.objects.create(agency_id=agency.id, kind=thing.kind, number=thing.number, sealed=sealed)
        except IntegrityError as error:
            raise Refused(message("ledger.kept-already", agency=agency.name, number=thing.number)) from error
        return commitments

    def append(self, agency: ports.Agency, new: Sequence[New]) -> list[Entry]:
        """Append events to the agency's chain. Two acts at once follow each other: the agency's row is locked."""
        algorithm = self._lock(agency.id).algorithm
        last = entries_of(agency).order_by("-sequence").first()
        sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
        newest = entry_of(last.text).recorded if last else None
        entries: list[Entry] = []
        rows: list[models.Entry] = []
        for each in new:
            newest = each.recorded if newest is None else max(newest, each.recorded)
            sequence += 1
            entry = Entry(agency.id, sequence, each.thing, each.event, newest, each.claimed)
            text = text_of(entry)
            previous = link(previous, text, algorithm)
            rows.append(entry_row(entry, text, previous))
            entries.append(entry)
        models.Entry.objects.bulk_create(rows, batch_size=_BATCH)
        for entry in entries:
            if isinstance(entry.event, AgencyPlaced):
                self._place(agency, entry.event)
        if named := namings(entries):
            self._call(agency, named[-1].event.called)
        for number in dict.fromkeys(entry.thing.number for entry in entries if entry.thing.kind == "item"):
            project(agency, number, history_of(agency, Thing("item", number)), partial(self.frozen, agency))
        self._pend(agency, entries)
        return entries

    def stand(self, agency: ports.Agency, number: str, reckoning: Reckoning) -> None:
        """Note where a request stands."""
        _put(models.Standing, {"agency_id": agency.id, "number": number}, standing_row(reckoning))

    def serial(self, agency: ports.Agency, series: str, year: int) -> int:
        """The next number of a series; the agency is locked, so none is given twice or left out."""
        self._lock(agency.id)
        row, made = models.Serial.objects.get_or_create(
            agency_id=agency.id, series=series, year=year, defaults={"last": 1}
        )
        if not made:
            row.last += 1
            row.save(update_fields=["last"])
        return row.last

    def draft(self, agency: ports.Agency, thing: Thing) -> Draft | None:
        """What is being written about a thing."""
        return drafted(self._sealer, agency, thing)

    def write(
        self, agency: ports.Agency, thing: Thing, content: Mapping[str, str], expected: int, writer: str
    ) -> Draft:
        """Put another content in the place of the draft of version ``expected``, which is kept beside it."""
        self._lock(agency.id)
        before = models.Draft.objects.filter(agency_id=agency.id, kind=thing.kind, number=thing.number).first()
        found = before.version if before else 0
        if found != expected:
            raise StaleDraft(found, expected)
        if before:
            models.DraftVersion.objects.create(draft=before, version=before.version, sealed=before.sealed)
        row = before or models.Draft(agency_id=agency.id, kind=thing.kind, number=thing.number)
        row.version, row.sealed = found + 1, self._sealer.pack(dict(content))
        row.writers = sorted({*row.writers, writer})
        row.save()
        return Draft(dict(content), row.version, tuple(row.writers))

    def freeze(self, agency: ports.Agency, thing: Thing, content: Mapping[str, str]) -> str:
        """Keep a content for ever, sealed, by its salted hash."""
        self._lock(agency.id)
        plain = dict(content)
        for row in models.Frozen.objects.filter(agency_id=agency.id, kind=thing.kind, number=thing.number):
            if self._sealer.unpack(bytes(row.sealed))[1] == plain:
                return row.hash
        salt = new_salt()
        hash = commitment(salt, canonical(plain))
        assert hash is not None
        models.Frozen.objects.create(
            agency_id=agency.id,
            kind=thing.kind,
            number=thing.number,
            hash=hash,
            sealed=self._sealer.pack([salt, plain]),
        )
        return hash

    def frozen(self, agency: ports.Agency, hash: str) -> Mapping[str, str]:
        """The content of a hash; it is held against it again."""
        return thawed(self._sealer, agency, hash)

    def kept(self, hash: str) -> bool:
        """Whether a file of this hash was kept."""
        return self._files.holds(hash)

    def take_error(self, agency: ports.Agency, thing: Thing, told: Mapping[str, str], at: datetime) -> None:
        """Keep what a reader reports, sealed."""
        models.ErrorReport.objects.create(
            agency_id=agency.id, number=thing.number, at=at, sealed=self._sealer.pack(dict(told))
        )

    def open_error(self, agency: ports.Agency, report: int) -> Mapping[str, str]:
        """What a report says that is not closed."""
        self._lock(agency.id)
        row = models.ErrorReport.objects.filter(agency_id=agency.id, id=report, closed_at=None).first()
        if row is None:
            raise Refused(message("error.not-open"))
        found: dict[str, str] = self._sealer.unpack(bytes(row.sealed))
        return found

    def close_error(
        self, agency: ports.Agency, report: int, told: Mapping[str, str], person: str, at: datetime
    ) -> None:
        """Close a report."""
        closed = {"sealed": self._sealer.pack(dict(told)), "closed_at": at, "closed_by_id": person}
        models.ErrorReport.objects.filter(agency_id=agency.id, id=report).update(**closed)

    def open_by_code(self, agency: ports.Agency, number: str, code: str) -> None:
        """Let whoever knows the code follow a request."""
        models.Code.objects.create(
            agency_id=agency.id, number=number, hash=code_hash(self._sealer, agency.id, number, code)
        )

    def answered(self, key: str) -> Mapping[str, str] | None:
        """What was answered when this key was used before."""
        row = models.Answer.objects.filter(key=_key_hash(key)).first()
        return self._sealer.unpack(bytes(row.sealed)) if row else None

    def answer(self, key: str, answer: Mapping[str, str]) -> None:
        """Remember an answer by its key."""
        models.Answer.objects.create(key=_key_hash(key), sealed=self._sealer.pack(dict(answer)))

    def remark(self, agency: ports.Agency, thing: Thing, person: str, text: str, at: datetime) -> None:
        """Keep what a reviewer wrote, sealed."""
        models.Remark.objects.create(
            agency_id=agency.id,
            kind=thing.kind,
            number=thing.number,
            person_id=person,
            at=at,
            sealed=self._sealer.pack(text),
        )

    def send(self, agency: ports.Agency, thing: Thing, letter: str, content: Mapping[str, str]) -> None:
        """Put a letter into the outbox."""
        self._outbox.put(agency, thing, letter, content)

    def posted(self, agency: ports.Agency, letter: int, person: str, at: datetime) -> None:
        """Note who posted a letter."""
        self._outbox.posted(agency, letter, person, at)

    def served(self, agency: ports.Agency, thing: Thing, person: str, at: datetime, mailed: bool) -> None:
        """The reply about a thing need not be posted."""
        self._outbox.served(agency, thing, person, at, mailed)

    def returned(self, agency: ports.Agency, thing: Thing) -> None:
        """The reply about a thing is to be posted again."""
        self._outbox.returned(agency, thing)

    def _pend(self, agency: ports.Agency, entries: Sequence[Entry]) -> None:
        """Note where the reviews stand that these entries move."""
        rows = models.Pending.objects.filter(agency_id=agency.id)
        moved = (entry.thing for entry in entries if isinstance(entry.event, _REVIEWING))
        for thing in dict.fromkeys(thing for thing in moved if thing.kind in REVIEWED):
            row = pending_row(history_of(agency, thing), chains()[REVIEWED[thing.kind]])
            if row is None:
                rows.filter(kind=thing.kind, number=thing.number).delete()
            else:
                _put(models.Pending, {"agency_id": agency.id, "kind": thing.kind, "number": thing.number}, row)
        ended: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries:
            if isinstance(entry.event, ENDING) and not isinstance(entry.event, _REVIEWING):
                ended[entry.thing.kind].append(entry.thing.number)
        for kind, numbers in ended.items():
            for first in range(0, len(numbers), _BATCH):
                rows.filter(kind=kind, number__in=numbers[first : first + _BATCH]).delete()

    def _place(self, agency: ports.Agency, event: AgencyPlaced) -> None:
        models.Place.objects.update_or_create(agency_id=agency.id, defaults=place_row(event))

    def _call(self, agency: ports.Agency, name: str) -> None:
        try:
            models.Agency.objects.filter(id=agency.id).exclude(name=name).update(name=name)
        except IntegrityError as error:
            raise Refused(message("act.name-taken", name=name)) from error
        self._lock(agency.id).name = name

    def _lock(self, id: str) -> models.Agency:
        if id not in self._locked:
            row = models.Agency.objects.select_for_update().filter(id=id).first()
            if row is None:
                raise Refused(message("act.no-agency"))
            self._locked[id] = row
        return self._locked[id]


def _put(model: Any, own: Mapping[str, str], row: Row) -> None:
    """Let the row of a projection that is found by ``own`` say this, in one query."""
    model.objects.bulk_create([model(**own, **row)], update_conflicts=True, unique_fields=own, update_fields=row)


_DRAFT = Prepared(models.Draft.objects.filter(**ABOUT).values_list("sealed", "version", "writers"))
_FROZEN = Prepared(models.Frozen.objects.filter(agency_id=Given("agency"), hash=Given("hash")).values_list("sealed"))


def drafted(sealer: Sealer, agency: ports.Agency, thing: Thing) -> Draft | None:
    """The draft about a thing."""
    for sealed, version, writers in _DRAFT(agency=agency.id, kind=thing.kind, number=thing.number):
        return draft_of(sealer, sealed, version, writers)
    return None


def draft_of(sealer: Sealer, sealed: bytes, version: int, writers: Iterable[str]) -> Draft:
    """The draft of a row."""
    return Draft(sealer.unpack(bytes(sealed)), version, tuple(writers))


def thawed(sealer: Sealer, agency: ports.Agency, hash: str) -> Mapping[str, str]:
    """The frozen content of a hash, held against it again. Raises ``Refused``."""
    for (sealed,) in _FROZEN(agency=agency.id, hash=hash):
        return content_of(sealer, hash, sealed)
    raise Refused(message("act.not-frozen"))


def content_of(sealer: Sealer, hash: str, sealed: bytes) -> Mapping[str, str]:
    """What was sealed under a hash, held against it. Raises ``Refused``."""
    salt, plain = sealer.unpack(bytes(sealed))
    if commitment(salt, canonical(plain)) != hash:
        raise Refused(message("act.not-frozen"))
    found: dict[str, str] = plain
    return found


def code_hash(sealer: Sealer, agency: str, number: str, code: str) -> str:
    """The hash by which the code of a request is known (查询码); it stands for that one only."""
    return sealer.code_hash("query code", agency, number, code)


def _key_hash(key: str) -> str:
    """A bare hash will do: a key opens nothing without the command that it came with, whose answer is sealed."""
    return hashlib.sha256(key.encode()).hexdigest()
