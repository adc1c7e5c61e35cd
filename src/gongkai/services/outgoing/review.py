"""Submission and judgement of what goes out, bound to the hash of exactly that content."""

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import Event, Reviewed, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.review import Chain, Grade, Review, judged, review
from gongkai.services.ports import Actor, Agency, Unit


def submitted(
    unit: Unit, agency: Agency, thing: Thing, actor: Actor, content: Mapping[str, str], before: Review, on: date
) -> Submitted:
    """The event by which a content is put to review; it is frozen, and its hash stands for it from here on.

    Raises ``Refused`` where exactly this is under review, or approved, already.
    """
    draft, hash = unit.draft(agency, thing), unit.freeze(agency, thing, content)
    if before.content == hash and before.state in ("under_review", "complete"):
        raise Refused(message("review.submitted-already"))
    return Submitted(on, hash, actor.person, draft.writers if draft else ())


def judgement(
    history: Sequence[Entry],
    chain: Chain,
    actor: Actor,
    grade: Grade,
    content: str,
    approved: bool,
    on: date,
) -> Reviewed:
    """The event by which a grade approves or returns. Raises ``Refused`` as ``core.review`` does."""
    event = Reviewed(on, content, grade, "approved" if approved else "returned", actor.person)
    judged(standing(history, chain), event)
    return event


def standing(history: Sequence[Entry], chain: Chain) -> Review:
    """Where the review of a thing stands."""
    events: list[Event] = [entry.event for entry in amended(history)]
    return review(events, chain)


def refuse_unreviewed(
    unit: Unit, agency: Agency, thing: Thing, history: Sequence[Entry], chain: Chain, content: Mapping[str, str]
) -> str:
    """The hash of a content that may go out. Raises ``Refused`` where its review is not complete, or was of another."""
    hash = unit.freeze(agency, thing, content)
    if not standing(history, chain).covers(hash):
        raise Refused(message("review.not-covered"))
    return hash
