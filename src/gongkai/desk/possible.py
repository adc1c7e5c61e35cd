"""Which acts a person may do on a request now, which is the next one, and why the others are not possible."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, get_args

from gongkai.core.law.acts import admitted
from gongkai.core.law.clock import Awaited
from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.review.review import Grade, Review, State, why_not_judged
from gongkai.core.review.turn import GRADES, judging
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


AT_THE_DESK = {
    "clock.extension-too-late": "act.extend.too-late",
    "clock.former.extension-too-late": "act.extend.too-late",
    "clock.extension-of-fixed": "act.extend.fixed",
    "clock.former.extension-of-fixed": "act.extend.fixed",
    "ledger.no-period": "act.extend.no-period",
}
"""Sentences that tell whoever keeps a register how to mend it; at the desk nothing has been written yet."""


class Stage(NamedTuple):
    """How far a request has come. ``unchanged``: its draft is still what was submitted last."""

    awaits: Awaited | None
    drafted: bool
    review: State
    grade: Grade | None
    unchanged: bool


def next_act(stage: Stage) -> Act | None:
    """The one act that brings a request further, whoever may do it; ``None`` where nothing is left to do."""
    if stage.awaits is None:
        return None
    if stage.awaits == "service":
        return "note_service"
    if stage.awaits == "correction":
        return "note_correction"
    if stage.grade is not None:
        return judging("request", stage.grade)
    if not stage.drafted or (stage.review == "returned" and stage.unchanged):
        return "draft_reply"
    return "release_reply" if stage.review == "complete" and stage.unchanged else "submit_reply"


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
        return said._replace(id=AT_THE_DESK.get(said.id, said.id))
    if (grade := GRADES.get(act)) is not None:
        return why_not_judged(case.review, grade, actor.person)
    if act == "submit_reply" and case.draft is None:
        return message("act.no-draft")
    if act == "submit_reply" and case.review.state in ("under_review", "complete") and _unchanged(case):
        return message("review.submitted-already")
    return why_not_covered(case.review, _unchanged(case)) if act == "release_reply" else None


def why_not_covered(review: Review, unchanged: bool) -> Message | None:
    """Why what stands in the draft may not go out yet."""
    if review.state == "complete":
        return None if unchanged else message("review.not-covered")
    if review.next is not None:
        return message("review.still", next=review.next)
    return message(f"review.nothing-under-review.{review.state}")


def listed(case: Case, acts: Sequence[Possible]) -> list[Possible]:
    """The acts that a page tells of: not those that, as the request stands, nobody would look for."""
    state = case.reckoning.state
    never: set[Act] = {judging("request", grade) for grade in get_args(Grade) if grade not in case.review.chain}
    if state != "awaiting_correction":
        never.add("note_correction")
    if state == "closed":
        never = {each.act for each in acts}
    else:
        never |= {"note_service", "note_return"}
    return [each for each in acts if each.why_not is None or each.act not in never]


def _unchanged(case: Case) -> bool:
    """Whether the draft is what was submitted last."""
    return case.draft is not None and case.under_review is not None and dict(case.draft.content) == case.under_review


def _order(case: Case) -> tuple[Act | None, ...]:
    """What comes first: the next act; for whoever does not do that, to submit what was changed meanwhile."""
    review = case.review
    stage = Stage(case.reckoning.awaits, case.draft is not None, review.state, review.next, _unchanged(case))
    return (next_act(stage), "submit_reply", "note_service")
