"""What was before: the version that a reviewer compares with, and what went on since somebody opened a page."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.item import Version
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import refusal
from gongkai.core.review.review import compared
from gongkai.services import ports
from gongkai.services.ports import Actor
from gongkai.store import models
from gongkai.store.ledgers import Ledgers


class Earlier(NamedTuple):
    """A version to compare with, and its day; ``public``: it is what everybody can read now."""

    content: Mapping[str, str]
    on: date
    public: bool = False


class Since(NamedTuple):
    """The entries about a thing that somebody has not seen yet, and who is who."""

    entries: tuple[Entry, ...]
    people: Mapping[str, str]


def earlier(
    actor: Actor, ledgers: Ledgers, agency: ports.Agency, history: Iterable[Entry], public: Version | None = None
) -> Earlier | None:
    """The version against which what was submitted last is read: the public one, else the one submitted before
    (``core.review.compared``); ``None`` where there is none.
    """
    _refuse(actor)
    if public is not None and public.content is not None:
        return Earlier(ledgers.frozen(agency, public.content), public.on, public=True)
    found = compared(entry.event for entry in history)
    return None if found is None else Earlier(ledgers.frozen(agency, found.content), found.on)


def draft_at(actor: Actor, ledgers: Ledgers, agency: ports.Agency, thing: Thing, version: int) -> Mapping[str, str]:
    """What the draft about a thing said in one of its versions; nothing in one that it never had."""
    _refuse(actor)
    draft = ledgers.draft(agency, thing)
    if draft is not None and draft.version == version:
        return draft.content
    return ledgers.draft_before(agency, thing, version) or {}


def since(actor: Actor, ledgers: Ledgers, agency: ports.Agency, thing: Thing, version: int) -> Since:
    """What happened to a thing after its first ``version`` entries."""
    _refuse(actor)
    people = models.Person.objects.filter(agency_id=agency.id).values_list("id", "name")
    return Since(tuple(ledgers.history(agency, thing)[version:]), dict(people))


def _refuse(actor: Actor) -> None:
    if said := refusal("look", actor.roles, "own"):
        raise Refused(said)
