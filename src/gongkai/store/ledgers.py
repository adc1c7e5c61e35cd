"""The ledgers in the database."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from gongkai.core.law.clock import Reckoning
from gongkai.core.ledger.chain import GENESIS, Columns, Link, link, text_of
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.entry import known_by as _known_by
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.core.message import message
from gongkai.services import ports
from gongkai.services.ports import Commitments, New, Outside
from gongkai.store import models
from gongkai.store.sealing import Sealer

_BATCH = 1000


class Ledgers:
    """Keeps ``ports.Ledgers``."""

    def __init__(self, sealer: Sealer, algorithm: str = "sha256") -> None:
        self.algorithm = algorithm
        self._sealer = sealer

    def agencies(self) -> list[ports.Agency]:
        """All agencies, by name."""
        return [_agency(row) for row in models.Agency.objects.order_by("name")]

    def agency(self, name: str) -> ports.Agency | None:
        """The agency of exactly this name."""
        row = models.Agency.objects.filter(name=name).first()
        return _agency(row) if row else None

    def last_recorded(self, agency: ports.Agency) -> datetime | None:
        """When the last entry was recorded."""
        last = _of(agency).order_by("-sequence").first()
        return _entry(last.text).recorded if last else None

    def entries(self, agency: ports.Agency, known_by: date | None = None) -> Iterator[Entry]:
        """The agency's entries in order. What was known is judged by their texts, never by a column."""
        texts = _of(agency).order_by("sequence").values_list("text", flat=True)
        found = (_entry(text) for text in texts.iterator(_BATCH))
        return found if known_by is None else _known_by(found, known_by)

    def history(self, agency: ports.Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        return _history(agency, thing)

    def outside(self, agency: ports.Agency, thing: Thing) -> Outside | None:
        """What stands outside the ledger about a thing."""
        row = models.Outside.objects.filter(agency_id=agency.id, kind=thing.kind, number=thing.number).first()
        return self._sealer.open(bytes(row.sealed)) if row else None

    def erase(self, agency: ports.Agency, thing: Thing) -> None:
        """Erase what stands outside about a thing."""
        models.Outside.objects.filter(agency_id=agency.id, kind=thing.kind, number=thing.number).delete()

    def links(self, agency: ports.Agency) -> Iterator[Link]:
        """The agency's chain as it is stored."""
        names = ("sequence", "text", "hash", "agency_id", "kind", "number", "recorded")
        rows = _of(agency).order_by("sequence", "id").values_list(*names).iterator(_BATCH)
        return (Link(sequence, text, hash, Columns(*columns)) for sequence, text, hash, *columns in rows)

    def orphans(self) -> list[str]:
        """The ids of agencies that entries name and that are not there."""
        named = models.Entry.objects.order_by("agency_id").values_list("agency_id", flat=True).distinct()
        return list(named.exclude(agency_id__in=models.Agency.objects.values("id")))

    @contextmanager
    def unit(self) -> Iterator["Unit"]:
        """Begin an act."""
        with transaction.atomic():
            yield Unit(self._sealer, self.algorithm)


class Unit:
    """Keeps ``ports.Unit`` within one transaction."""

    def __init__(self, sealer: Sealer, algorithm: str) -> None:
        self._sealer = sealer
        self._algorithm = algorithm
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
        return _agency(self._lock(row.id))

    def last_recorded(self, agency: ports.Agency) -> datetime | None:
        """When the last entry was recorded."""
        last = _of(agency).order_by("-sequence").first()
        return _entry(last.text).recorded if last else None

    def history(self, agency: ports.Agency, thing: Thing) -> list[Entry]:
        """The entries about one thing, in order."""
        return _history(agency, thing)

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
        last = _of(agency).order_by("-sequence").first()
        sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
        newest = _entry(last.text).recorded if last else None
        entries: list[Entry] = []
        rows: list[models.Entry] = []
        for each in new:
            newest = each.recorded if newest is None else max(newest, each.recorded)
            sequence += 1
            entry = Entry(agency.id, sequence, each.thing, each.event, newest, each.claimed)
            text = text_of(entry)
            previous = link(previous, text, algorithm)
            rows.append(_row(entry, text, previous))
            entries.append(entry)
        models.Entry.objects.bulk_create(rows, batch_size=_BATCH)
        return entries

    def _lock(self, id: str) -> models.Agency:
        if id not in self._locked:
            self._locked[id] = models.Agency.objects.select_for_update().get(id=id)
        return self._locked[id]

    def stand(self, agency: ports.Agency, number: str, reckoning: Reckoning) -> None:
        """Note where a request stands."""
        request = reckoning.request
        models.Standing.objects.update_or_create(
            agency_id=agency.id,
            number=number,
            defaults={
                "applicant": request.received.applicant,
                "received_on": request.received.on,
                "state": reckoning.state,
                "due_on": reckoning.due_on,
                "provisional_on": reckoning.provisional_on,
                "closed_on": request.closed_on,
                "outcome": request.outcome,
            },
        )


def _of(agency: ports.Agency) -> QuerySet[models.Entry]:
    return models.Entry.objects.filter(agency_id=agency.id)


def _agency(row: models.Agency) -> ports.Agency:
    return ports.Agency(row.id, row.name, row.algorithm)


def _history(agency: ports.Agency, thing: Thing) -> list[Entry]:
    rows = _of(agency).filter(kind=thing.kind, number=thing.number).order_by("sequence")
    return [_entry(text) for text in rows.values_list("text", flat=True)]


def _row(entry: Entry, text: str, hash: str) -> models.Entry:
    return models.Entry(
        agency_id=entry.agency,
        sequence=entry.sequence,
        kind=entry.thing.kind,
        number=entry.thing.number,
        recorded=entry.recorded,
        text=text,
        hash=hash,
    )


def _entry(text: str) -> Entry:
    """The entry of its canonical text. Raises ``Refused`` for what is none: it was tampered with."""
    try:
        data = json.loads(text)
        claimed = data.get("claimed_recorded")
        return Entry(
            data["agency"],
            data["sequence"],
            Thing(data["kind"], data["number"]),
            to_event(data["event"]),
            datetime.fromisoformat(data["recorded"]),
            datetime.fromisoformat(claimed) if claimed else None,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(message("ledger.unreadable-entry")) from error
