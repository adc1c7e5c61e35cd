"""A request as the pages of the desk see it: found by its number, its draft as a letter."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest

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


def drafted_reply(seen: Case, gongkai: Any, content: Mapping[str, str] | None = None) -> Letter | None:
    """The letter of a content, or of the draft, before it leaves; ``None`` where nothing is drafted."""
    content = content or (dict(seen.draft.content) if seen.draft else None)
    if content is None:
        return None
    return reply_letter(
        content,
        facts_of(seen.number, seen.reckoning.request.received, seen.outside),
        organ_of(seen.agency.name, seen.above.name if seen.above else ""),
        number=UNNUMBERED,
        on=gongkai.today,
        rules=gongkai.rules,
    )


UNNUMBERED = "公复〔0000〕1号"
"""Stands where the reply will have its number."""
