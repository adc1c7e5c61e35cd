"""The answers to a request (R1 … RP) and the row of the annual report that each belongs to.

Source: Regulation (Order 711) Arts. 14 to 16, 30, 35 to 39, 42; the report's form, 国办公开办函〔2021〕30号, table 3.
The answers are ``rulebook/cn/outcomes.toml``, read by ``rulebook/load/outcomes.py``. One request has one row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

RemedyClass = Literal["prior_reconsideration", "free_choice"]
"""prior_reconsideration: refused under Arts. 14 to 16, so that reconsideration may come first · free_choice: others."""

Grounds = Literal["none", "own", "several"]
"""none: rests on no ground of refusal · own: is one itself · several: a part is withheld, each with its ground."""


class Element(NamedTuple):
    """Something that an answer must contain, such as the reason."""

    code: str
    zh: str
    en: str


class Answer(NamedTuple):
    """One kind of answer: its ``article``, meaning, report row (``outcome``) and what it must contain."""

    code: str
    article: str
    zh: str
    en: str
    outcome: str
    must_contain: tuple[Element, ...]
    remedy: RemedyClass
    grounds: Grounds = "none"


@dataclass(frozen=True, eq=False)
class Outcomes:
    """All answers, in the order of the report's rows."""

    answers: tuple[Answer, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Answer]:
        """The answers by their code."""
        return {answer.code: answer for answer in self.answers}

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The row ids, each once, in printing order."""
        return tuple(dict.fromkeys(answer.outcome for answer in self.answers))

    def answer(self, code: str) -> Answer:
        """The answer of a code. Raises ``Refused`` naming the codes that exist."""
        if code not in self.by_code:
            raise Refused(message("law.unknown-answer", answer=code, known=tuple(self.by_code)))
        return self.by_code[code]

    def answers_of(self, outcome: str) -> tuple[Answer, ...]:
        """The answers that are counted in a row. Raises ``Refused`` naming the rows that exist."""
        found = tuple(answer for answer in self.answers if answer.outcome == outcome)
        if not found:
            raise Refused(message("law.unknown-outcome", outcome=outcome, known=self.rows))
        return found

    def outcome_of(self, answer: str, grounds: Iterable[str] = ()) -> str:
        """The row id of an answer with the grounds on which something was withheld.

        RP has at least one ground (R3.1 …), a refusal exactly its own, all others none. Raises ``Refused`` for what
        contradicts this, for a ground given twice and for unknown codes.
        """
        given, found = tuple(grounds), self.answer(answer)
        known = tuple(each.code for each in self.answers if each.grounds == "own")
        for place, ground in enumerate(given):
            if ground not in known:
                raise Refused(message("law.unknown-ground", answer=answer, ground=ground, known=known))
            if ground in given[:place]:
                raise Refused(message("law.ground-twice", answer=answer, ground=ground))
        if found.grounds == "several" and not given:
            raise Refused(message("law.ground-missing", answer=answer, known=known))
        if found.grounds == "own" and given != (answer,):
            raise Refused(message("law.ground-not-own", answer=answer, grounds=given))
        if found.grounds == "none" and given:
            raise Refused(message("law.ground-not-allowed", answer=answer, grounds=given))
        return found.outcome

    def remedy_of(self, named: str, grounds: Iterable[str] = ()) -> RemedyClass:
        """The remedy class of an answer's code or a row id.

        A partial answer has that of the grounds it rests on; without grounds it is taken to rest on Arts. 14 to 16.
        Raises ``Refused`` for what is neither, and for grounds that contradict the answer.
        """
        given = tuple(grounds)
        found = self.answer(named) if named in self.by_code else self.answers_of(named)[0]
        if given:
            self.outcome_of(found.code, given)
            found = max((self.answer(ground) for ground in given), key=lambda each: each.remedy == PRIOR)
        return found.remedy


PRIOR: RemedyClass = "prior_reconsideration"
