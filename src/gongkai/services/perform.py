"""The one door to every act: whether this person may do it, on what they saw, once; then the step."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, Relation, refusal
from gongkai.services.ports import Actor, Agency, Ledgers, Rules, Stale, Unit
from gongkai.services.request import correction, extend, receive, reply
from gongkai.services.request.case import of

Answer = Mapping[str, str] | None
Step = Callable[[Unit, Agency, Actor, Any, Rules, datetime], Answer]


class _Door(NamedTuple):
    """A step, and whether its command's ``version`` counts the entries of the request."""

    step: Step
    versioned: bool


STEPS: dict[Act, _Door] = {
    "file_request": _Door(receive.file_request, False),
    "register_request": _Door(receive.register_request, False),
    "ask_correction": _Door(correction.ask_correction, True),
    "note_correction": _Door(correction.note_correction, True),
    "extend": _Door(extend.extend, True),
    "draft_reply": _Door(reply.draft_reply, False),
    "submit_reply": _Door(reply.submit_reply, True),
    "review_section": _Door(partial(reply.judge_reply, "section"), True),
    "review_legal": _Door(partial(reply.judge_reply, "legal"), True),
    "review_secrecy": _Door(partial(reply.judge_reply, "secrecy"), True),
    "review_leader": _Door(partial(reply.judge_reply, "leader"), True),
    "release_reply": _Door(reply.release_reply, True),
    "note_service": _Door(reply.note_service, True),
}
"""Every act with its step. A draft has a version of its own, which its step asks."""


def perform(ledgers: Ledgers, actor: Actor, act: Act, command: Any, *, rules: Rules, now: datetime) -> Answer:
    """Do an act, whole or not at all.

    The same ``key`` again gives the answer of the first time and does nothing.

    Raises:
        Refused: the actor may not, the law does not admit it, or something is missing.
        Stale: the request went on since the actor saw it.
    """
    door = STEPS[act]
    with ledgers.unit() as unit:
        agency = unit.own(command.agency)
        if said := refusal(act, actor.roles, _relation(unit, actor, agency)):
            raise Refused(said)
        key = f"{actor.person} {act} {agency.id} {command.key}" if command.key else None
        if key is not None and (before := unit.answered(key)) is not None:
            return before
        if door.versioned:
            found = len(unit.history(agency, of(command.number)))
            if found != command.version:
                raise Stale(found, command.version)
        answer = door.step(unit, agency, actor, command, rules, now)
        if key is not None:
            unit.answer(key, answer or {})
        return answer


def _relation(unit: Unit, actor: Actor, agency: Agency) -> Relation:
    if actor.agency == agency.id:
        return "own"
    return "below" if actor.agency and unit.parent(agency) == actor.agency else "other"
