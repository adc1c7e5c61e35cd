"""The letters of a request from what its acts said: 登记回执、补正告知书、延期答复告知书、答复书."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import get_args

from gongkai.core.law.clock import Reckoning
from gongkai.core.law.outcomes import Outcomes
from gongkai.core.law.remedies import Organ
from gongkai.core.ledger.events import Channel, Received
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message
from gongkai.documents.letters import (
    Letter,
    RequestFacts,
    Withheld,
    correction_notice,
    extension_notice,
    receipt,
    reply,
)
from gongkai.documents.letters.letter import Deadline, day
from gongkai.rulebook.load.messages import render
from gongkai.services.ports import Outside, Rules

Content = Mapping[str, str]
"""What a letter says, as its act put it into the outbox."""

ANSWER, GROUNDS = "answer", "grounds"
"""Keys of a drafted reply beside the clerk's words for each element."""
PART = "part."
_SPACES = re.compile(r"(?<=[^!-~]) (?=\d)|(?<=[\d日]) (?=[^!-~])")
"""Sentences for screens part figures from Chinese; print does not."""
_CHANNELS: dict[str, Channel] = {channel: channel for channel in get_args(Channel)}


def elements(answer: str, grounds: Sequence[str], outcomes: Outcomes) -> dict[str, tuple[str, str]]:
    """What the clerk must say for an answer, by key: each with its words in Chinese and English.

    A partial answer (Art. 37) names for each ground the part that is withheld, and what that ground asks for. Raises
    ``Refused`` for an answer, or a ground, that there is not.
    """
    found = outcomes.answer(answer)
    outcomes.outcome_of(answer, tuple(grounds) or ((answer,) if found.grounds == "own" else ()))
    if found.grounds != "several":
        return {element.code: (element.zh, element.en) for element in found.must_contain}
    wanted = {each.code: (each.zh, each.en) for each in found.must_contain if each.code != "reason_each"}
    for ground in grounds:
        own = outcomes.answer(ground)
        wanted[f"{PART}{ground}"] = (f"{own.zh}：不予公开的部分", f"{own.en}: the part withheld")
        wanted |= {
            f"{ground}.{each.code}": (f"{own.zh}：{each.zh}", f"{own.en}: {each.en}") for each in own.must_contain
        }
    return wanted


def reply_letter(
    content: Mapping[str, str],
    facts: RequestFacts,
    organ: Organ,
    *,
    number: str,
    on: date,
    rules: Rules,
) -> Letter:
    """The reply as it leaves. Raises ``Refused`` where something that the answer must contain is missing."""
    answer, grounds = content[ANSWER], tuple(content[GROUNDS].split())
    outcomes = rules.outcomes
    several = outcomes.answer(answer).grounds == "several"
    withheld = [
        Withheld(ground, content.get(f"{PART}{ground}", ""), _said(content, outcomes, ground, f"{ground}."))
        for ground in (grounds if several else ())
    ]
    return reply(
        answer,
        facts,
        organ=organ,
        number=number,
        on=on,
        values=rules.values,
        said=_said(content, outcomes, answer, ""),
        withheld=withheld,
    )


def _said(content: Mapping[str, str], outcomes: Outcomes, answer: str, prefix: str) -> dict[str, str]:
    codes = [element.code for element in outcomes.answer(answer).must_contain if element.code != "reason_each"]
    return {code: content.get(f"{prefix}{code}", "") for code in codes}


def dates(reckoning: Reckoning) -> dict[str, str]:
    """``due_on`` and ``provisional_on`` as a letter keeps them: one is empty."""
    return {
        "due_on": reckoning.due_on.isoformat() if reckoning.due_on else "",
        "provisional_on": reckoning.provisional_on.isoformat() if reckoning.provisional_on else "",
    }


def sentences(reckoning: Reckoning) -> str:
    """The reckoning as it is told in a letter, a sentence a line, its dates written as letters write them."""
    return "\n".join(_printed(step.message) for step in reckoning.steps)


def _printed(said: Message) -> str:
    params = {name: day(value) if isinstance(value, date) else value for name, value in said.params.items()}
    return _SPACES.sub("", render(Message(said.id, params)))


def _receipt(content: Content, facts: RequestFacts, organ: Organ, rules: Rules) -> Letter:
    return receipt(
        facts,
        organ=organ.name,
        channel=_CHANNELS[content["channel"]],
        due=_deadline(content),
        reckoning=content["reckoning"].splitlines(),
        code=content["code"],
        on=date.fromisoformat(content["on"]),
        contact="",
    )


def _correction(content: Content, facts: RequestFacts, organ: Organ, rules: Rules) -> Letter:
    return correction_notice(
        facts,
        organ=organ.name,
        number=content["document"],
        items=[line for line in map(str.strip, content["items"].splitlines()) if line],
        until=date.fromisoformat(content["until"]),
        on=date.fromisoformat(content["on"]),
    )


def _extension(content: Content, facts: RequestFacts, organ: Organ, rules: Rules) -> Letter:
    return extension_notice(
        facts,
        organ=organ.name,
        number=content["document"],
        old=_deadline(content, "old_"),
        new=_deadline(content),
        working_days=int(content["working_days"]),
        reason=content["reason"],
        on=date.fromisoformat(content["on"]),
    )


def _reply(content: Content, facts: RequestFacts, organ: Organ, rules: Rules) -> Letter:
    on = date.fromisoformat(content["on"])
    return reply_letter(content, facts, organ, number=content["document"], on=on, rules=rules)


def _deadline(content: Content, prefix: str = "") -> Deadline:
    """The last day that a letter names, provisional where it was when the letter was made."""
    due, provisional = content[f"{prefix}due_on"], content[f"{prefix}provisional_on"]
    if not due and not provisional:
        raise Refused(message("act.no-date"))
    return Deadline(date.fromisoformat(due or provisional), provisional=not due)


LETTERS: dict[str, Callable[[Content, RequestFacts, Organ, Rules], Letter]] = {
    "receipt": _receipt,
    "correction": _correction,
    "extension": _extension,
    "reply": _reply,
}
"""Every letter of the outbox, made from what its act said: the same for ever, whatever happens to the request later."""


def facts_of(number: str, received: Received, outside: Outside | None) -> RequestFacts:
    """What letters say of a request. Raises ``Refused`` where it has been erased."""
    if outside is None or not outside.name or not outside.subject:
        raise Refused(message("act.erased"))
    return RequestFacts(number, received.on, outside.subject, outside.name, received.applicant != "natural_person")


def organ_of(name: str, above: str) -> Organ:
    """Who answers, by name, with the government whose office stands ``above`` (``""``: nobody does), which reviews
    (Administrative Reconsideration Law Art. 24).

    Until the end of 2023 an applicant might also turn to the department one level up (that law of 1999, Art. 12),
    which the ledger does not know: it is called as the law calls it.
    """
    government = (above or name).removesuffix("办公室")
    higher = render(message("letters.higher-department"))
    return Organ(name, "department", own_government=government, higher_department=higher)
