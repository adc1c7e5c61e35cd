"""What readers reported of items (纠错), as the desk reads it."""

from datetime import datetime
from typing import NamedTuple

from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import refusal
from gongkai.services.ports import Actor
from gongkai.store import models
from gongkai.store.ledgers import Ledgers

LIMIT = 25


class Reported(NamedTuple):
    """A report of an error: what is wrong in the item of a number; ``note`` is how it was closed."""

    id: int
    number: str
    title: str
    at: datetime
    text: str
    contact: str
    closed_at: datetime | None
    closed_by: str
    note: str


class Listed(NamedTuple):
    """Reports, the oldest first among those that are open; ``after``: where the list goes on, if it does."""

    rows: tuple[Reported, ...]
    after: int | None


def may_read(actor: Actor) -> bool:
    """Whether this person reads and closes reports."""
    return refusal("close_error", actor.roles, "own") is None


def open_count(actor: Actor) -> int:
    """How many reports of the actor's agency are open."""
    _refuse(actor)
    return models.ErrorReport.objects.filter(agency_id=actor.agency, closed_at=None).count()


def listed(actor: Actor, ledgers: Ledgers, closed: bool, after: int | None = None, limit: int = LIMIT) -> Listed:
    """The reports of the actor's agency: those open, the oldest first, or those closed, the newest first."""
    _refuse(actor)
    rows = models.ErrorReport.objects.filter(agency_id=actor.agency, closed_at__isnull=not closed)
    if after is not None:
        rows = rows.filter(id__lt=after) if closed else rows.filter(id__gt=after)
    found = list(rows.select_related("closed_by").order_by("-id" if closed else "id")[: limit + 1])
    shown = _reported(actor, ledgers, found[:limit])
    return Listed(shown, shown[-1].id if len(found) > limit else None)


def report(actor: Actor, ledgers: Ledgers, id: int) -> Reported | None:
    """A report of the actor's agency; ``None`` where there is none."""
    _refuse(actor)
    rows = models.ErrorReport.objects.filter(agency_id=actor.agency, id=id).select_related("closed_by")
    return next(iter(_reported(actor, ledgers, list(rows))), None)


def _reported(actor: Actor, ledgers: Ledgers, rows: list[models.ErrorReport]) -> tuple[Reported, ...]:
    numbers = [row.number for row in rows]
    drafts = models.Draft.objects.filter(agency_id=actor.agency, kind="item", number__in=numbers)
    titles = {number: content["title"] for number, content in ledgers.opened(list(drafts)).items()}
    return tuple(_one(row, ledgers.told(row), titles.get(row.number, "")) for row in rows)


def _one(row: models.ErrorReport, told: dict[str, str], title: str) -> Reported:
    closer = row.closed_by.name if row.closed_by else ""
    said = (told["text"], told["contact"], row.closed_at, closer, told.get("note", ""))
    return Reported(row.id, row.number, title, row.at, *said)


def _refuse(actor: Actor) -> None:
    if said := refusal("close_error", actor.roles, "own"):
        raise Refused(said)
