"""The review of what goes out (先审查、后公开): a pure function of its events.

A content is submitted by its author and judged grade by grade. It is complete when every grade of its chain approved
exactly this content, none of them by who wrote on it or submitted it; whoever submits anything else, a changed comma
too, begins anew.
One person may hold several grades: two distinct persons suffice. Source: Secrecy Law (2024) Art. 35, Implementing
Regulation (2024) Art. 42; Regulation (Order 711) Art. 17.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.core.ledger import events
from gongkai.core.ledger.events import Event, Reviewed, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message

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


def pending(history: Iterable[Event], chain: Chain) -> Review | None:
    """The review of what was submitted last, for as long as that has neither left nor been given up; ``None`` else.
    Raises ``Refused`` as ``review`` does.
    """
    since: list[Event] = []
    for event in history:
        if isinstance(event, ENDING):
            since.clear()
        else:
            since.append(event)
    found = review(since, chain)
    return None if found.state == "none" else found


ENDING = (
    *(events.Replied, events.Lapsed, events.Withdrawn, events.Split),
    *(events.ItemPublished, events.ItemCorrected, events.ItemWithdrawn, events.ReportPublished),
)
"""With these a content leaves, or nothing is to leave any more."""


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
    if before.next is not None and event.content != before.content:
        raise Refused(message("review.other-content"))
    if said := why_not_judged(before, event.grade, event.by):
        raise Refused(said)
    if event.verdict == "returned":
        return Review(before.chain, before.content, before.authors, before.given, event)
    return Review(before.chain, before.content, before.authors, (*before.given, event))


def why_not_judged(before: Review, grade: Grade, person: str) -> Message | None:
    """Why this person may not judge at this grade now."""
    if before.next is None:
        return message(f"review.nothing-under-review.{before.state}")
    if grade in before.chain[: len(before.given)]:
        return message("review.judged-already", grade=grade, next=before.next)
    if grade != before.next:
        return message("review.other-grade", grade=grade, next=before.next)
    if is_own(before.authors, person):
        return message("review.own-content", grade=grade)
    return None


def is_own(authors: Collection[str], person: str) -> bool:
    """Whether a content is one's own: nobody judges that."""
    return person in authors
