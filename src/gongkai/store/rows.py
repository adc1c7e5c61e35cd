"""Rows of the tables to what they mean, and back."""

import json
from datetime import datetime

from django.db.models import QuerySet

from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.core.message import message
from gongkai.services import ports
from gongkai.store import models
from gongkai.store.prepared import ABOUT, Prepared


def entries_of(agency: ports.Agency) -> QuerySet[models.Entry]:
    """The rows of an agency's chain."""
    return models.Entry.objects.filter(agency_id=agency.id)


def agency_of(row: models.Agency) -> ports.Agency:
    """The agency of a row."""
    return ports.Agency(row.id, row.name, row.algorithm)


def history_of(agency: ports.Agency, thing: Thing) -> list[Entry]:
    """The entries about one thing, in order."""
    return [entry_of(text) for (text,) in _HISTORY(agency=agency.id, kind=thing.kind, number=thing.number)]


_HISTORY = Prepared(models.Entry.objects.filter(**ABOUT).order_by("sequence").values_list("text"))


def entry_row(entry: Entry, text: str, hash: str) -> models.Entry:
    """The row of an entry, with the canonical text that its hash covers."""
    return models.Entry(
        agency_id=entry.agency,
        sequence=entry.sequence,
        kind=entry.thing.kind,
        number=entry.thing.number,
        recorded=entry.recorded,
        text=text,
        hash=hash,
    )


def entry_of(text: str) -> Entry:
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
