"""Which acts a person may do on a request now, which is the next one, and why the others are not possible."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from gongkai.core.law.acts import admitted
from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.review.review import Review
from gongkai.desk.deeds import DEEDS
from gongkai.services.ports import Actor
from gongkai.store.queries import Case

LAW: dict[Act, str] = {
    "ask_correction": "correction_notice_sent",
    "note_correction": "correction_received",
    "extend": "extension_notified",
    "draft_reply": "replied",
    "submit_reply": "replied",
    "release_reply": "replied",
    "note_service": "served",
    "note_return": "service_failed",
}
"""Under which name the law knows an act of the desk (``core.law.acts``)."""


class Possible(NamedTuple):
    """An act of this person; ``why_not`` says why it is not possible now."""

    act: Act
    why_not: Message | None


def possible(actor: Actor, case: Case, today: date) -> tuple[Act | None, list[Possible]]:
    """The next act, and every act that the person's roles allow at all, with the reason where it is not possible."""
    own = [act for act in DEEDS if refusal(act, actor.roles, "own") is None]
    names = dict.fromkeys(LAW[act] for act in own if act in LAW)
    laws = {each.name: each.refusal for each in admitted(case.periods, today, names)}
    listed = [Possible(act, _why_not(act, actor, case, laws)) for act in own]
    able = {each.act for each in listed if each.why_not is None}
    return next((act for act in _order(case) if act in able), None), listed


def _why_not(act: Act, actor: Actor, case: Case, laws: Mapping[str, Message | None]) -> Message | None:
    if (said := laws.get(LAW.get(act, ""))) is not None:
        return said
    if act.startswith("review_"):
        return why_not_judged(act.removeprefix("review_"), actor, case.review)
    if act == "submit_reply" and case.draft is None:
        return message("act.no-draft")
    if act == "submit_reply" and case.review.state in ("under_review", "complete") and _unchanged(case):
        return message("review.submitted-already")
    if act == "release_reply" and not (case.review.state == "complete" and _unchanged(case)):
        return message("review.not-covered")
    return None


def why_not_judged(grade: str, actor: Actor, review: Review) -> Message | None:
    """Why this person may not judge at this grade now."""
    if review.next is None:
        return message("review.nothing-under-review")
    if review.next != grade:
        return message("review.other-grade", grade=grade, next=review.next)
    if actor.person in review.authors:
        return message("review.own-content", grade=grade)
    return None


def _unchanged(case: Case) -> bool:
    """Whether the draft is what was submitted last."""
    return case.draft is not None and case.under_review is not None and dict(case.draft.content) == case.under_review


def _order(case: Case) -> tuple[Act, ...]:
    """What comes first at each stage."""
    reviews: tuple[Act, ...] = ("review_section", "review_legal", "review_secrecy", "review_leader")
    if case.reckoning.state == "awaiting_correction":
        return ("note_correction",)
    if case.draft is None or (case.review.state == "returned" and _unchanged(case)):
        return (*reviews, "draft_reply")
    return (*reviews, "release_reply", "submit_reply", "note_service")
