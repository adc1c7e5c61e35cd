"""Reads ``rulebook/cn/outcomes.toml``: the answers to a request and the report row of each.

A fault names the file, the key and what is wrong with it.
"""

from functools import cache
from pathlib import Path
from typing import cast, get_args

from gongkai.core.law.outcomes import Answer, Element, Grounds, Outcomes, RemedyClass
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields
from gongkai.rulebook.load.toml import read_toml

FILE = Path(__file__).parent.parent / "cn" / "outcomes.toml"


@cache
def outcomes() -> Outcomes:
    """The answers of the rulebook. Raises ``RulebookError`` for a broken file."""
    return compiled("outcomes", [Path(__file__), FILE], lambda: load(FILE))


def load(file: Path) -> Outcomes:
    """Read one file of answers. Codes stand once; answers of one row have the same remedy."""
    top = Fields(file.name, read_toml(file))
    elements = _elements(top.table("elements"))
    answers: list[Answer] = []
    for fields in top.tables("answers"):
        answer = _answer(fields, elements)
        for other in answers:
            if other.code == answer.code:
                fields.fail("code", f"{answer.code!r} stands twice")
            if other.outcome == answer.outcome and other.remedy != answer.remedy:
                fields.fail("remedy", f"must be {other.remedy!r} as for {other.code}, which has the same row")
        answers.append(answer)
    top.done()
    return Outcomes(tuple(answers))


def _elements(fields: Fields) -> dict[str, Element]:
    elements = {}
    for code in fields.names():
        words = fields.table(code)
        elements[code] = Element(code, words.text("zh"), words.text("en"))
        words.done()
    return elements


def _answer(fields: Fields, elements: dict[str, Element]) -> Answer:
    must = fields.texts("must_contain", ())
    for code in must:
        if code not in elements:
            fields.fail("must_contain", f"no element {code!r}; known: {', '.join(elements)}")
    answer = Answer(
        fields.text("code"),
        fields.text("article"),
        fields.text("zh"),
        fields.text("en"),
        fields.text("outcome"),
        tuple(elements[code] for code in must),
        cast(RemedyClass, fields.choice("remedy", get_args(RemedyClass))),
        cast(Grounds, fields.choice("grounds", get_args(Grounds), "none")),
    )
    fields.done()
    return answer
