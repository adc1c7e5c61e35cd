"""The one door to every act: whether this person may do it, on what they saw, once; then the step."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from gongkai.core.ledger.entry import Kind, Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.permissions import Act, Relation, refusal
from gongkai.services.agency import founding, people
from gongkai.services.outgoing import posting
from gongkai.services.ports import Actor, Agency, Ledgers, Rules, Stale, Unit
from gongkai.services.publish import attach, draft, errors, judge, release
from gongkai.services.report import annual, log
from gongkai.services.request import correction, extend, receive, reply

Answer = Mapping[str, str] | None
Step = Callable[[Unit, Agency, Actor, Any, Rules, datetime], Answer]


class _Door(NamedTuple):
    """A step, and of which kind of thing its command's ``version`` counts the entries."""

    step: Step
    counts: Kind | None


STEPS: dict[Act, _Door] = {
    "file_request": _Door(receive.file_request, None),
    "register_request": _Door(receive.register_request, None),
    "ask_correction": _Door(correction.ask_correction, "request"),
    "note_correction": _Door(correction.note_correction, "request"),
    "extend": _Door(extend.extend, "request"),
    "draft_reply": _Door(reply.draft_reply, None),
    "submit_reply": _Door(reply.submit_reply, "request"),
    "review_section": _Door(partial(reply.judge_reply, "section"), "request"),
    "review_legal": _Door(partial(reply.judge_reply, "legal"), "request"),
    "review_secrecy": _Door(partial(reply.judge_reply, "secrecy"), "request"),
    "review_leader": _Door(partial(reply.judge_reply, "leader"), "request"),
    "release_reply": _Door(reply.release_reply, "request"),
    "note_service": _Door(reply.note_service, "request"),
    "note_return": _Door(reply.note_return, "request"),
    "note_posting": _Door(posting.note_posting, None),
    "draft_item": _Door(draft.draft_item, None),
    "attach_files": _Door(attach.attach_files, None),
    "submit_item": _Door(draft.submit_item, "item"),
    "review_item_section": _Door(partial(judge.judge_item, "section"), "item"),
    "review_item_legal": _Door(partial(judge.judge_item, "legal"), "item"),
    "review_item_secrecy": _Door(partial(judge.judge_item, "secrecy"), "item"),
    "review_item_leader": _Door(partial(judge.judge_item, "leader"), "item"),
    "publish_item": _Door(release.publish_item, "item"),
    "correct_item": _Door(release.correct_item, "item"),
    "withdraw_item": _Door(release.withdraw_item, "item"),
    "report_error": _Door(errors.report_error, None),
    "close_error": _Door(errors.close_error, None),
    "log_work": _Door(log.log_work, None),
    "draft_report": _Door(annual.draft_report, None),
    "submit_report": _Door(annual.submit_report, "report"),
    "review_report_section": _Door(partial(annual.judge_report, "section"), "report"),
    "review_report_legal": _Door(partial(annual.judge_report, "legal"), "report"),
    "review_report_secrecy": _Door(partial(annual.judge_report, "secrecy"), "report"),
    "review_report_leader": _Door(partial(annual.judge_report, "leader"), "report"),
    "publish_report": _Door(annual.publish_report, "report"),
    "submit_above": _Door(annual.submit_above, "report"),
    "found_agency": _Door(founding.found_agency, None),
    "rename_agency": _Door(founding.rename_agency, "agency"),
    "invite_person": _Door(people.invite_person, None),
    "assign_roles": _Door(people.assign_roles, None),
    "reset_person": _Door(people.reset_person, None),
    "end_person": _Door(people.end_person, None),
}
"""Every act with its step. A draft has a version of its own, which its step asks."""


def perform(ledgers: Ledgers, actor: Actor, act: Act, command: Any, *, rules: Rules, now: datetime) -> Answer:
    """Do an act, whole or not at all.

    The same ``key`` again, with the same command, gives the answer of the first time and does nothing.

    Raises:
        Refused: the actor may not, the law does not admit it, something is missing, or the key was used for another.
        Stale: the thing went on since the actor saw it.
    """
    door = STEPS[act]
    with ledgers.unit() as unit:
        agency = unit.agency(command.name) if act == "found_agency" else unit.own(command.agency)
        if said := refusal(act, actor.roles, _relation(unit, actor, agency)):
            raise Refused(said)
        key = _once(actor, act, agency.id, command.key) if command.key else None
        if key is not None and (before := unit.answered(key)) is not None:
            if before.get(_WHAT) != _digest(command):
                raise Refused(message("act.key-reused"))
            return _without_what(before)
        if door.counts is not None:
            found = len(unit.history(agency, Thing(door.counts, command.number)))
            if found != command.version:
                raise Stale(found, command.version)
        answer = door.step(unit, agency, actor, command, rules, now)
        if key is not None:
            unit.answer(key, {**(answer or {}), _WHAT: _digest(command)})
        return answer


def answered(ledgers: Ledgers, actor: Actor, act: Act, agency: str, key: str) -> Answer:
    """What an act with this key gave; ``None`` where it was not done."""
    with ledgers.unit() as unit:
        return _without_what(unit.answered(_once(actor, act, agency, key)))


_WHAT = "#"
"""Under this name an answer keeps the digest of what was asked: a key alone, guessed by another, gives nothing."""


def _digest(command: Any) -> str:
    return hashlib.sha256(repr(replace(command, key=None)).encode()).hexdigest()


def _without_what(answer: Answer) -> Answer:
    return None if answer is None else {name: value for name, value in answer.items() if name != _WHAT}


def _once(actor: Actor, act: Act, agency: str, key: str) -> str:
    return f"{actor.person} {act} {agency} {key}"


def _relation(unit: Unit, actor: Actor, agency: Agency) -> Relation:
    if actor.agency == agency.id:
        return "own"
    return "below" if actor.agency and unit.parent(agency) == actor.agency else "other"
