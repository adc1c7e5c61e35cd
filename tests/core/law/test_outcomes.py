"""Answers and rows: each answer one row, partial disclosure with its grounds, contradictions refused."""

import pytest

from gongkai.core.law.outcomes import PRIOR
from gongkai.core.ledger.refusal import Refused
from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.forms import form
from gongkai.rulebook.load.messages import render
from gongkai.rulebook.load.outcomes import FILE, load, outcomes

REFUSALS = ("R3.1", "R3.2", "R3.3", "R3.4", "R3.5", "R3.6", "R3.7", "R3.8")

ROWS = {
    "R1": "granted",
    "R2": "granted",
    "RP": "partial",
    "R3.1": "refused.state_secret",
    "R3.2": "refused.law",
    "R3.3": "refused.three_securities",
    "R3.4": "refused.third_party",
    "R3.5": "refused.internal_affairs",
    "R3.6": "refused.process",
    "R3.7": "refused.enforcement_file",
    "R3.8": "refused.admin_query",
    "R4.1": "unable.not_held",
    "R4.1b": "unable.not_held",
    "R4.2": "unable.needs_creation",
    "R4.3": "unable.unclear",
    "R5.1": "unprocessed.petition",
    "R5.2": "unprocessed.duplicate",
    "R5.3": "unprocessed.publication",
    "R5.4": "unprocessed.abusive",
    "R5.5": "unprocessed.confirm",
    "R6.1": "other.no_correction",
    "R6.2": "other.unpaid",
    "R6.3": "other.other",
}


def grounds_of(code):
    return {"RP": ("R3.4", "R3.6")}.get(code, (code,) if code in REFUSALS else ())


def test_there_are_these_answers_and_no_others():
    assert tuple(outcomes().by_code) == tuple(ROWS)


@pytest.mark.parametrize("code", ROWS)
def test_the_row_of_an_answer(code):
    assert outcomes().outcome_of(code, grounds_of(code)) == ROWS[code]
    assert code in [answer.code for answer in outcomes().answers_of(ROWS[code])]


def test_the_rows_are_those_of_the_form_in_its_order():
    block = form("annual-2021").by_table["requests"].blocks[0]
    results = [row.id for row in block.rows if row.under and row.id not in ("total", "other.all")]
    assert list(outcomes().rows) == results


def test_what_an_answer_must_contain_has_words():
    answers = outcomes().by_code
    assert [element.code for element in answers["R3.2"].must_contain] == ["reason", "provision"]
    assert answers["R6.1"].must_contain == ()
    for answer in answers.values():
        assert answer.article and answer.zh and answer.en
        assert all(element.zh and element.en for element in answer.must_contain)


@pytest.mark.parametrize(
    ("answer", "grounds", "said"),
    [
        ("RP", (), "law.ground-missing"),
        ("RP", ("R4.1",), "law.unknown-ground"),
        ("RP", ("RP",), "law.unknown-ground"),
        ("RP", ("R3.1", "R3.1"), "law.ground-twice"),
        ("R3.1", (), "law.ground-not-own"),
        ("R3.1", ("R3.2",), "law.ground-not-own"),
        ("R3.1", ("R3.1", "R3.2"), "law.ground-not-own"),
        ("R2", ("R3.1",), "law.ground-not-allowed"),
        ("R6.3", ("R3.8",), "law.ground-not-allowed"),
        ("R9", (), "law.unknown-answer"),
    ],
)
def test_contradictions_are_refused(answer, grounds, said):
    with pytest.raises(Refused) as caught:
        outcomes().outcome_of(answer, grounds)
    assert caught.value.message.id == said
    for lang in ("zh", "en"):
        assert answer in render(caught.value.message, lang)
        assert said not in render(caught.value.message, lang)


def test_an_unknown_row_is_refused():
    with pytest.raises(Refused) as caught:
        outcomes().answers_of("refused.other")
    assert "refused.state_secret" in render(caught.value.message)


def test_refusals_under_three_articles_are_the_ones_that_may_need_reconsideration_first():
    prior = [answer.code for answer in outcomes().answers if answer.remedy == "prior_reconsideration"]
    assert prior == ["RP", *REFUSALS[:-1]]
    assert outcomes().remedy_of("refused.process") == "prior_reconsideration"
    assert outcomes().remedy_of("unable.not_held") == "free_choice"
    assert outcomes().remedy_of("partial") == "prior_reconsideration"
    assert outcomes().remedy_of("RP", ["R3.8", "R3.6"]) == "prior_reconsideration"
    assert outcomes().remedy_of("RP", ["R3.8"]) == "free_choice"
    with pytest.raises(Refused):
        outcomes().remedy_of("RP", ["R4.1"])


ANSWER = (
    'code = "R1"\narticle = "第一条"\nzh = "甲"\nen = "a"\noutcome = "granted"\n'
    'must_contain = ["reason"]\nremedy = "free_choice"\n'
)
ELEMENTS = '[elements]\nreason = { zh = "理由", en = "reason" }\n[[answers]]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ELEMENTS + ANSWER.replace("free_choice", "none"), r"answers\[1\]\.remedy: must be one of"),
        (ELEMENTS + ANSWER.replace('"reason"', '"reasons"'), r"answers\[1\]\.must_contain: no element 'reasons'"),
        (ELEMENTS + ANSWER + "more = 1", r"answers\[1\]\.more: unknown key"),
        (ELEMENTS + ANSWER + 'grounds = "two"', r"answers\[1\]\.grounds: must be one of none, own, several"),
        (ELEMENTS + ANSWER + "[[answers]]\n" + ANSWER, r"answers\[2\]\.code: 'R1' stands twice"),
        (
            ELEMENTS + ANSWER + "[[answers]]\n" + ANSWER.replace("R1", "R2").replace("free_choice", PRIOR),
            r"answers\[2\]\.remedy: must be 'free_choice' as for R1",
        ),
        (ELEMENTS.replace('en = "reason"', 'de = "Grund"') + ANSWER, r"elements\.reason\.en: is missing"),
        ("[[answers]]\n" + ANSWER, r"elements: is missing"),
        ("[elements", "is not valid TOML"),
    ],
)
def test_a_broken_file_names_key_and_fault(tmp_path, text, said):
    file = tmp_path / "outcomes.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match=r"outcomes\.toml: " + said):
        load(file)


def test_a_file_that_is_absent_or_no_text_is_named(tmp_path):
    with pytest.raises(RulebookError, match="is missing"):
        load(tmp_path / FILE.name)
    (tmp_path / FILE.name).write_bytes("理由".encode("gb18030"))
    with pytest.raises(RulebookError, match="is not UTF-8"):
        load(tmp_path / FILE.name)
