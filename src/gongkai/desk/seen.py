"""A request as the pages of the desk see it: found by its number, its reply as a letter."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest

from gongkai.core.ledger.events import Replied
from gongkai.documents.letters import Letter
from gongkai.services.request.letters import facts_of, organ_of, reply_letter
from gongkai.store import queries
from gongkai.store.queries import Case


def found(request: HttpRequest, number: str) -> queries.Case:
    """The request of an address. Raises ``Http404``: another agency's is none."""
    gongkai = request.gongkai
    seen = queries.case(request.actor, gongkai.ledgers, number, gongkai.rules, gongkai.today)
    if seen is None:
        raise Http404
    return seen


def reply_of(seen: Case, gongkai: Any, content: Mapping[str, str] | None = None) -> Letter | None:
    """The letter of what went out, of a content, or of the draft; ``None`` where nothing is drafted."""
    told = [entry.event for entry in seen.history]
    replied = next((event for event in told if isinstance(event, Replied)), None)
    content = content or (dict(seen.draft.content) if seen.draft else None)
    if content is None:
        return None
    rules, today = gongkai.rules, gongkai.today
    return reply_letter(
        content,
        facts_of(seen.number, seen.reckoning.request.received, seen.outside),
        organ_of(seen.agency, seen.above),
        number=(replied and replied.document) or UNNUMBERED,
        on=replied.on if replied else today,
        values=rules.values,
        outcomes=rules.outcomes,
    )


UNNUMBERED = "公复〔0000〕1号"
"""Stands where a reply that has not gone out yet will have its number."""
