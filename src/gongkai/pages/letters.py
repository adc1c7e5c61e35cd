"""The letters of a request, for the desk and for the applicant alike: where they stand, and as they left."""

from typing import Any

from gongkai.core.law.steps import Step
from gongkai.documents.letters import Letter
from gongkai.pages.language import short_day, words
from gongkai.pages.shapes import OwnLetter
from gongkai.services.outgoing.day import today
from gongkai.services.request.letters import LETTERS, facts_of, organ_of
from gongkai.store.outbox import ABOVE, ORGAN, Sent
from gongkai.store.queries import Case, Tracked


def steps(seen: Case | Tracked) -> list[tuple[Step, list[OwnLetter]]]:
    """What happened, each with the letters that left because of it."""
    left: dict[int, list[OwnLetter]] = {}
    for each in seen.letters:
        left.setdefault(each.sequence, []).append(OwnLetter(each.id, words(f"letter.{each.letter}"), _way(each)))
    entries = {id(entry.event): entry.sequence for entry in seen.history}
    return [(step, left.pop(entries.get(id(step.event), 0), [])) for step in seen.reckoning.steps]


def _way(sent: Sent) -> str:
    """How a letter left, or how it will."""
    if sent.left is None:
        return words(f"letter.way.{sent.way}.waiting")
    return words(f"letter.way.{sent.way}", on=short_day(today(sent.left)))


def as_it_left(seen: Case | Tracked, id: int, gongkai: Any) -> Letter | None:
    """The letter of an id; ``None`` where this reader sees none. Raises ``Refused`` where its facts were erased."""
    sent = next((each for each in seen.letters if each.id == id), None)
    if sent is None:
        return None
    facts = facts_of(seen.number, seen.reckoning.request.received, seen.outside)
    at_hand = {seen.review.content: seen.under_review} if isinstance(seen, Case) else {}
    content = gongkai.ledgers.letter(seen.agency, sent, at_hand)
    return LETTERS[sent.letter](content, facts, organ_of(content[ORGAN], content[ABOVE]), gongkai.rules)


def last_reply(seen: Case | Tracked) -> int | None:
    """The id of the reply that left last."""
    return next((each.id for each in reversed(seen.letters) if each.letter == "reply"), None)
