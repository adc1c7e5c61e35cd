"""Whose turn it is in a review: the act by which each kind of thing is judged at a grade, and who may do it."""

from collections.abc import Collection
from typing import cast, get_args

from gongkai.core.ledger.entry import Kind
from gongkai.core.review.permissions import PERMISSIONS, Act, Role, refusal
from gongkai.core.review.review import Grade, is_own

REVIEWS: dict[Kind, str] = {"request": "review_", "item": "review_item_", "report": "review_report_"}
"""How the acts are called by which the reply to a request, an item, a report is judged; the grade follows."""


def judging(kind: Kind, grade: Grade) -> Act:
    """The act by which a kind of thing is judged at a grade."""
    return cast(Act, f"{REVIEWS[kind]}{grade}")


GRADES: dict[Act, Grade] = {judging(kind, grade): grade for kind in REVIEWS for grade in get_args(Grade)}
"""Every act by which something is judged, and at which grade."""


def reviews(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles judges anything."""
    return not _REVIEWERS.isdisjoint(roles)


_REVIEWERS = frozenset(role for act in GRADES for role in PERMISSIONS[act].roles)


def turn_of(person: str, roles: Collection[Role], kind: Kind, grade: Grade, authors: Collection[str]) -> bool:
    """Whether a thing of their own agency whose turn is at this grade waits for this person."""
    return not is_own(authors, person) and refusal(judging(kind, grade), roles, "own") is None
