"""The reply to a request (D14 to D28) by its answer, with all that the answer must contain and its remedy notice.

Source: Regulation (Order 711) Arts. 14 to 16, 30, 35 to 39, 42; Administrative Reconsideration Law Arts. 20, 22, 23.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from gongkai.core.law.outcomes import Answer
from gongkai.core.law.remedies import Organ, remedy
from gongkai.core.law.values import Values
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.documents.letters.letter import Letter, RequestFacts, check, ended, facts, numbered
from gongkai.documents.write.prose import one_line, paragraphs
from gongkai.rulebook.load.letters import letters
from gongkai.rulebook.load.messages import render
from gongkai.rulebook.load.outcomes import outcomes

Said = Mapping[str, str]
"""The clerk's words for each thing that an answer must contain, by the element's code (``reason``, ``search`` …)."""
NOTHING: Said = MappingProxyType({})
_WITHHELD = "reason_each"
"""The element that the parts withheld fill."""
_PERIOD = re.compile(r" (\d+) (日内|个月内)")
"""Periods as messages write them; print has no spaces about numbers."""


class Withheld(NamedTuple):
    """A part that a partial answer (Art. 37) does not disclose: its ``ground`` (``R3.1`` …), which part, and why."""

    ground: str
    part: str
    said: Said


def reply(
    answer: str,
    request: RequestFacts,
    *,
    organ: Organ,
    number: str,
    on: date,
    values: Values,
    said: Said = NOTHING,
    withheld: Sequence[Withheld] = (),
    history: Sequence[str] = (),
    remarks: Sequence[str] = (),
    basis: str = "",
    attachments: Sequence[str] = (),
    online: str = "",
    note: str = "",
    contact: str = "",
) -> Letter:
    """The reply of one answer (``R1`` … ``RP``): facts, basis, decision and reason, remedy notice.

    Args:
        answer: the answer's code, see ``core/law/outcomes``.
        organ: who answers, with the bodies that may review it.
        number: the document number (文号).
        on: the day of signing; the remedies in force on it are told.
        values: the law for the place of the organ.
        said: the clerk's words for each element that the answer must contain, none missing.
        withheld: for ``RP`` alone, the parts that are not disclosed, each with its ground.
        history: what happened since the receipt (correction, consultation, extension), with dates.
        remarks: paragraphs after the decision.
        basis: further provisions that the answer rests on, in full.
        online: where reconsideration may be applied for over the internet; needed where the reply is served so
            (Administrative Reconsideration Law Art. 22).

    Raises ``Refused`` for an unknown answer, for what is missing or contradicts the answer.
    """
    check(request, organ.name, on, number)
    found = outcomes().answer(answer)
    words = letters().answers[found.code]
    grounds = tuple(dict.fromkeys(part.ground for part in withheld))
    if grounds and found.grounds != "several":
        raise Refused(message("law.ground-not-allowed", answer=answer, grounds=grounds))
    if found.grounds == "own":
        grounds = (answer,)
    outcomes().outcome_of(answer, grounds)
    body = [
        facts(request),
        *map(ended, history),
        letters().reply("answered", basis=_basis(answer, words.basis, one_line(basis))),
        words.decision.format(you=request.you),
        *_elements(found, said, withheld),
        *remarks,
    ]
    notice = remedy(answer, organ=organ, on=on, values=values, outcomes=outcomes(), grounds=grounds)
    told = [_PERIOD.sub(r"\1\2", render(each)) for each in notice.messages]
    if one_line(online):
        told.append(letters().reply("online", address=one_line(online)))
    return Letter(
        kind="reply",
        document=words.document,
        organ=organ.name,
        title=words.title.format(organ=organ.name),
        addressee=request.applicant,
        paragraphs=tuple(body),
        date=on,
        number=number,
        attachments=tuple(attachments),
        remedy=tuple(told),
        note=note,
        contact=contact,
    )


def _basis(answer: str, own: str | None, further: str) -> str:
    if own and further:
        return letters().reply("both", basis=own, further=further)
    if not own and not further:
        raise Refused(message("letters.basis-missing", answer=answer))
    return own or further


def _elements(answer: Answer, said: Said, withheld: Sequence[Withheld] = ()) -> Iterator[str]:
    """A sentence for each thing that the answer must contain."""
    wanted = {element.code: element for element in answer.must_contain if element.code != _WITHHELD}
    for code in said:
        if code not in wanted:
            raise Refused(message("letters.element-unknown", answer=answer.code, found=code, known=tuple(wanted)))
    words = letters().answers[answer.code].elements
    for element in answer.must_contain:
        if element.code == _WITHHELD:
            yield words[element.code]
            yield from _parts(withheld)
            continue
        text = "\n".join(paragraphs(said.get(element.code, "")))
        if not text:
            raise Refused(message("letters.element-missing", answer=answer.code, zh=element.zh, en=element.en))
        yield words[element.code].format(said=ended(text))


def _parts(withheld: Sequence[Withheld]) -> Iterator[str]:
    """Each part with its ground, basis and reason."""
    heads = []
    for each in withheld:
        part, ground = one_line(each.part), letters().answers[each.ground].part
        if not part:
            raise Refused(message("letters.part-missing", ground=each.ground))
        heads.append(letters().reply("withheld", part=part, ground=ground))
    for each, head in zip(withheld, numbered(tuple(heads)), strict=True):
        yield head
        yield from _elements(outcomes().answer(each.ground), each.said)
