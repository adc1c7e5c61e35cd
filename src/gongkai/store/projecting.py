"""The projections: what lists, pages and searches read. Each row is a pure function of the ledger and the law."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gongkai.core.law.clock import Reckoning
from gongkai.core.ledger.entry import Entry, Kind, amended
from gongkai.core.ledger.events import AgencyPlaced, ReportPublished, ReportSubmitted
from gongkai.core.ledger.item import item
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.review import Chain, pending
from gongkai.services import ports
from gongkai.store import models

Frozen = Callable[[str], Mapping[str, str]]
"""The content of a hash. Raises ``Refused`` where it was never kept or has been erased."""
Row = Mapping[str, object]
"""The values of a row by the names of its columns, without those by which it is found."""


def project(agency: ports.Agency, number: str, history: Sequence[Entry], frozen: Frozen) -> None:
    """Write where an item stands; nothing is shown of one whose history or content does not hold."""
    values = item_row(history, frozen)
    if values is None:
        models.Item.objects.filter(agency_id=agency.id, number=number).delete()
    else:
        models.Item.objects.update_or_create(agency_id=agency.id, number=number, defaults=values)


def standing_row(reckoning: Reckoning) -> Row:
    """Where a request stands."""
    request = reckoning.request
    return {
        "applicant": request.received.applicant,
        "received_on": request.received.on,
        "state": reckoning.state,
        "due_on": reckoning.due_on,
        "provisional_on": reckoning.provisional_on,
        "closed_on": request.closed_on,
        "outcome": request.outcome,
        "awaits": reckoning.awaits or "",
    }


_PUBLISHED: Row = {"state": "published", "grade": "", "content": "", "authors": []}

REVIEWED: dict[Kind, str] = {"request": "reply", "item": "item", "report": "report"}
"""What of each kind of thing is reviewed, as chains of grades call it."""


def pending_row(history: Sequence[Entry], chain: Chain) -> Row | None:
    """Where the review of a thing stands, or that a report was published and not submitted above; ``None`` where
    nothing of it is submitted, or all has left.
    """
    told = [entry.event for entry in amended(history)]
    try:
        found = pending(told, chain)
    except Refused:
        return None
    if found is None:
        kinds = set(map(type, told))
        return _PUBLISHED if ReportPublished in kinds and ReportSubmitted not in kinds else None
    return {
        "state": found.state,
        "grade": found.next or "",
        "content": found.content,
        "authors": sorted(found.authors),
    }


def place_row(event: AgencyPlaced) -> Row:
    """Where an agency stands in the tree."""
    return {"parent_id": event.parent, "region": event.region, "line": event.line, "competent": event.competent}


def item_row(history: Sequence[Entry], frozen: Frozen) -> Row | None:
    """What the public reads of an item; ``None`` where it is nothing."""
    try:
        found = item(entry.event for entry in amended(history))
        if not found.versions:
            return None
        content = dict(frozen(found.content)) if found.content is not None else _NOTHING
    except Refused:
        return None
    if content is _NOTHING and found.state == "public":
        return None
    made_on = content["made_on"]
    return {
        "column": found.column,
        "index_number": found.index_number or history[0].thing.number,
        "title": content["title"],
        "document": content["document"],
        "validity": content.get("validity", "valid"),
        "text": content["text"],
        "attachments": content.get("attachments", ""),
        "made_on": date.fromisoformat(made_on) if made_on else None,
        "published_on": found.versions[0].on,
        "corrected_on": found.versions[-1].on if len(found.versions) > 1 else None,
        "withdrawn_on": found.withdrawn_on,
    }


_NOTHING = {"title": "", "document": "", "validity": "", "text": "", "attachments": "", "made_on": ""}
"""What is left of an item that was withdrawn."""
