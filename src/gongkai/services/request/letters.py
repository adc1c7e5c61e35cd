"""The letters of a request from what is known of it: the receipt (登记回执) and the reply (答复书)."""

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.core.law.clock import Reckoning
from gongkai.core.law.outcomes import Outcomes
from gongkai.core.law.remedies import Organ
from gongkai.core.law.values import Values
from gongkai.core.ledger.events import Received
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message
from gongkai.documents.letters import Letter, RequestFacts, Withheld, day, receipt, reply
from gongkai.documents.letters.letter import Deadline
from gongkai.rulebook.load.messages import render
from gongkai.services.ports import Agency, Outside

ANSWER, GROUNDS = "answer", "grounds"
"""Keys of a drafted reply beside the clerk's words for each element."""
PART = "part."


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
    values: Values,
    outcomes: Outcomes,
) -> Letter:
    """The reply as it leaves. Raises ``Refused`` where something that the answer must contain is missing."""
    answer, grounds = content[ANSWER], tuple(content[GROUNDS].split())
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
        values=values,
        said=_said(content, outcomes, answer, ""),
        withheld=withheld,
    )


def _said(content: Mapping[str, str], outcomes: Outcomes, answer: str, prefix: str) -> dict[str, str]:
    codes = [element.code for element in outcomes.answer(answer).must_contain if element.code != "reason_each"]
    return {code: content.get(f"{prefix}{code}", "") for code in codes}


def receipt_letter(facts: RequestFacts, agency: Agency, reckoning: Reckoning, code: str) -> Letter:
    """The receipt: number, day of receipt, date promised with its reckoning, query code (Art. 31)."""
    due = reckoning.due_on or reckoning.provisional_on
    if due is None:
        raise Refused(message("act.no-date"))
    received = reckoning.request.received
    return receipt(
        facts,
        organ=agency.name,
        channel=received.channel,
        due=Deadline(due, provisional=reckoning.due_on is None),
        reckoning=[_written(step.message) for step in reckoning.steps],
        code=code,
        on=received.on,
        contact="",
    )


def _written(said: Message) -> str:
    """A sentence of the reckoning with its dates as letters write them, which leave no space after them."""
    dated = {name: day(value) if isinstance(value, date) else value for name, value in said.params.items()}
    return render(Message(said.id, dated)).replace("日 ", "日")


def facts_of(number: str, received: Received, outside: Outside | None) -> RequestFacts:
    """What letters say of a request. Raises ``Refused`` where it has been erased."""
    if outside is None or not outside.name or not outside.subject:
        raise Refused(message("act.erased"))
    return RequestFacts(number, received.on, outside.subject, outside.name, received.applicant != "natural_person")


def organ_of(agency: Agency, above: Agency | None) -> Organ:
    """Who answers, with the government above it, which reviews (Administrative Reconsideration Law Art. 24).

    Until the end of 2023 an applicant might also turn to the department one level up (that law of 1999, Art. 12),
    which the ledger does not know: it is called as the law calls it.
    """
    government = (above or agency).name.removesuffix("办公室")
    higher = render(message("letters.higher-department"))
    return Organ(agency.name, "department", own_government=government, higher_department=higher)
