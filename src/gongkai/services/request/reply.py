"""The reply: drafted, submitted, judged grade by grade, released, served (起草、送审、审核、发出、送达)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from gongkai.core.law.acts import cannot_follow
from gongkai.core.ledger.entry import amended
from gongkai.core.ledger.events import Replied, Served, ServiceFailed
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.review import Grade
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.numbering import document_number
from gongkai.services.outgoing.paste import clean
from gongkai.services.outgoing.review import judgement, refuse_unreviewed, standing, submitted
from gongkai.services.ports import Actor, Agency, Rules, Unit
from gongkai.services.request.case import carry_on, known, of
from gongkai.services.request.letters import ANSWER, GROUNDS, elements


@dataclass(frozen=True)
class DraftReply:
    """What the reply will say: the answer (R1 … RP of Art. 36), the grounds of what is withheld, and the clerk's words
    for each thing that the answer must contain (``letters.elements``).

    ``version`` is that of the draft: 0 where there is none yet.
    """

    agency: str
    number: str
    version: int
    answer: str
    grounds: tuple[str, ...]
    said: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True)
class SubmitReply:
    """The draft as it stands is put to review."""

    agency: str
    number: str
    version: int
    key: str | None = None


@dataclass(frozen=True)
class JudgeReply:
    """One grade approves or returns; ``content`` is the hash of what was read."""

    agency: str
    number: str
    version: int
    content: str
    approved: bool
    remark: str
    key: str | None = None


@dataclass(frozen=True)
class ReleaseReply:
    """The reply goes out today."""

    agency: str
    number: str
    version: int
    key: str | None = None


@dataclass(frozen=True)
class NoteService:
    """The applicant has the reply."""

    agency: str
    number: str
    version: int
    method: Literal["direct", "entrusted", "post", "electronic"]
    on: date
    key: str | None = None


@dataclass(frozen=True)
class NoteReturn:
    """What was noted as served came back (退回)."""

    agency: str
    number: str
    version: int
    on: date
    key: str | None = None


def draft_reply(unit: Unit, agency: Agency, actor: Actor, command: DraftReply, rules: Rules, now: datetime) -> None:
    """Write the draft.

    Raises:
        Refused: an answer or a ground that there is not, or a request that is answered already.
        Stale: somebody else wrote meanwhile.
    """
    told = [entry.event for entry in amended(known(unit, agency, command.number))]
    if forbidden := cannot_follow("replied", told, today(now), rules.calendar, rules.values):
        raise Refused(forbidden)
    wanted = elements(command.answer, command.grounds, rules.outcomes)
    said = {key: clean(command.said.get(key, "")) for key in wanted}
    content = {ANSWER: command.answer, GROUNDS: " ".join(command.grounds), **said}
    unit.write(agency, of(command.number), content, command.version, actor.person)


def submit_reply(unit: Unit, agency: Agency, actor: Actor, command: SubmitReply, rules: Rules, now: datetime) -> None:
    """Freeze the draft and put it to review. Raises ``Refused`` where something that the answer must say is missing."""
    history = known(unit, agency, command.number)
    content = _drafted(unit, agency, command.number)
    wanted = elements(content[ANSWER], content[GROUNDS].split(), rules.outcomes)
    for key, (zh, en) in wanted.items():
        if not content.get(key):
            raise Refused(message("letters.element-missing", answer=content[ANSWER], zh=zh, en=en))
    before = standing(history, rules.chains["reply"])
    event = submitted(unit, agency, of(command.number), actor, content, before, today(now))
    carry_on(unit, agency, command.number, history, [event], rules, now)


def judge_reply(
    grade: Grade, unit: Unit, agency: Agency, actor: Actor, command: JudgeReply, rules: Rules, now: datetime
) -> None:
    """Approve or return what is under review; a return says why."""
    history = known(unit, agency, command.number)
    if not command.approved and not command.remark.strip():
        raise Refused(message("act.missing", field="remark"))
    chain = rules.chains["reply"]
    event = judgement(history, chain, actor, grade, command.content, command.approved, today(now))
    carry_on(unit, agency, command.number, history, [event], rules, now)
    if command.remark.strip():
        unit.remark(agency, of(command.number), actor.person, command.remark.strip(), now)


def release_reply(
    unit: Unit, agency: Agency, actor: Actor, command: ReleaseReply, rules: Rules, now: datetime
) -> Mapping[str, str]:
    """The reply goes out, if exactly what stands in the draft passed the review; ``document`` is its number."""
    history = known(unit, agency, command.number)
    content = _drafted(unit, agency, command.number)
    hash = refuse_unreviewed(unit, agency, of(command.number), history, rules.chains["reply"], content)
    on, grounds = today(now), tuple(content[GROUNDS].split())
    own = rules.outcomes.by_code[content[ANSWER]]
    outcome = rules.outcomes.outcome_of(content[ANSWER], grounds or ((own.code,) if own.grounds == "own" else ()))
    document = document_number(unit, agency, "reply", on)
    event = Replied(on, outcome, content[ANSWER], grounds, content=hash, document=document)
    carry_on(unit, agency, command.number, history, [event], rules, now)
    unit.send(agency, of(command.number), "reply", {"content": hash, "document": document, "on": on.isoformat()})
    return {"document": document}


def note_service(unit: Unit, agency: Agency, actor: Actor, command: NoteService, rules: Rules, now: datetime) -> None:
    """Note when and how the reply was served (送达). Nobody has to post it any more: its letter leaves the outbox; only
    the mail about a reply that was served electronically still goes out by itself.

    Raises:
        Refused: there is no reply yet, or it was noted as served already.
    """
    history = known(unit, agency, command.number)
    told = [entry.event for entry in amended(history)]
    if forbidden := cannot_follow("served", told, today(now), rules.calendar, rules.values):
        raise Refused(forbidden)
    carry_on(unit, agency, command.number, history, [Served(command.on, command.method)], rules, now)
    unit.served(agency, of(command.number), actor.person, now, mailed=command.method == "electronic")


def note_return(unit: Unit, agency: Agency, actor: Actor, command: NoteReturn, rules: Rules, now: datetime) -> None:
    """Note when the reply came back: its letter is to be posted again, and can be noted as served anew. Neither its day
    nor what was due changes.

    Raises ``Refused`` where nothing was noted as served.
    """
    history = known(unit, agency, command.number)
    carry_on(unit, agency, command.number, history, [ServiceFailed(command.on)], rules, now)
    unit.returned(agency, of(command.number))


def _drafted(unit: Unit, agency: Agency, number: str) -> Mapping[str, str]:
    draft = unit.draft(agency, of(number))
    if draft is None:
        raise Refused(message("act.no-draft"))
    return draft.content
