"""The review of what goes out (先审查、后公开): a pure function of its events.

A content is submitted by its author and judged grade by grade. It is complete when every grade of its chain approved
exactly this content, none of them by who wrote on it or submitted it; whoever submits anything else, a changed comma
too, begins anew.
One person may hold several grades: two distinct persons suffice. Source: Secrecy Law (2024) Art. 35, Implementing
Regulation (2024) Art. 42; Regulation (Order 711) Art. 17.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.core.ledger.events import Event, Reviewed, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

Grade = Literal["section", "legal", "secrecy", "leader"]
"""科室审核、合法性审核、保密审查、领导签发."""

Chain = Sequence[Grade]
"""The grades through which a kind of content goes, in order; never none."""

State = Literal["none", "under_review", "returned", "complete"]
"""未送审、审核中、已退回、审核通过."""


@dataclass(frozen=True, slots=True)
class Review:
    """Where the review of the last submitted content stands; ``given`` are the approvals so far, grade by grade."""

    chain: tuple[Grade, ...]
    content: str | None = None
    authors: frozenset[str] = frozenset()
    given: tuple[Reviewed, ...] = ()
    returned: Reviewed | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.content is None:
            return "none"
        if self.returned is not None:
            return "returned"
        return "complete" if len(self.given) == len(self.chain) else "under_review"

    @property
    def next(self) -> Grade | None:
        """The grade whose turn it is."""
        return self.chain[len(self.given)] if self.state == "under_review" else None

    def covers(self, content: str) -> bool:
        """Whether exactly this content may go out."""
        return self.state == "complete" and self.content == content


def review(history: Iterable[Event], chain: Chain) -> Review:
    """The review as far as it came. Raises ``Refused`` for a judgement that could not be."""
    found = Review(tuple(chain))
    if not found.chain:
        raise ValueError("a chain of review has one grade at least")
    for event in history:
        if isinstance(event, Submitted):
            found = Review(found.chain, event.content, frozenset((event.author, *event.writers)))
        elif isinstance(event, Reviewed):
            found = judged(found, event)
    return found


def compared(history: Iterable[Event]) -> Submitted | None:
    """The earlier submission against which the last one is read: the last of another content that somebody judged, else
    the last of another content; ``None`` for the first.
    """
    submissions: list[Submitted] = []
    read: set[str] = set()
    for event in history:
        if isinstance(event, Submitted):
            submissions.append(event)
        elif isinstance(event, Reviewed):
            read.add(event.content)
    others = [each for each in submissions if each.content != submissions[-1].content]
    return next((each for each in reversed(others) if each.content in read), others[-1] if others else None)


def judged(before: Review, event: Reviewed) -> Review:
    """The review after one more judgement.

    Raises:
        Refused: nothing is under review, another grade's turn, another content, or an author judging their own.
    """
    if before.next is None:
        raise Refused(message("review.nothing-under-review", state=before.state))
    if event.content != before.content:
        raise Refused(message("review.other-content"))
    if event.grade != before.next:
        raise Refused(message("review.other-grade", grade=event.grade, next=before.next))
    if event.by in before.authors:
        raise Refused(message("review.own-content", grade=event.grade))
    if event.verdict == "returned":
        return Review(before.chain, before.content, before.authors, before.given, event)
    return Review(before.chain, before.content, before.authors, (*before.given, event))
