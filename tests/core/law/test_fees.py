"""The information processing fee: the tariffs of the measures, step by step, and what must hold of every count."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.law.fees import MOST, Fee, FeeStep, by_item, by_page, item_fee
from gongkai.core.law.values import MissingValue
from gongkai.core.ledger.refusal import Refused
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import render

DAY = date(2024, 3, 15)
FEES = {"item": by_item, "page": by_page}

COUNTS = st.integers(min_value=0, max_value=3000)


def test_the_fees_of_the_examples(shared):
    lines = (shared / "examples/law/fees.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    assert len(cases) > 20
    for case in cases:
        assert FEES[case["by"]](case["count"], law(), DAY).amount == case["expect"], case


# Counted by hand from the measures: the upper end of each step and the unit after it.
@pytest.mark.parametrize(
    ("by", "count", "amount"),
    [
        *[("item", count, amount) for count, amount in [(0, 0), (10, 0), (11, 100), (30, 2_000), (31, 2_200)]],
        *[("item", count, amount) for count, amount in [(40, 4_000), (41, 4_300), (45, 5_500), (50, 7_000)]],
        *[("item", count, amount) for count, amount in [(60, 11_000), (70, 16_000), (80, 22_000), (90, 29_000)]],
        *[("item", count, amount) for count, amount in [(100, 37_000), (101, 37_900)]],
        *[("page", count, amount) for count, amount in [(0, 0), (30, 0), (31, 10), (100, 700), (101, 720)]],
        *[("page", count, amount) for count, amount in [(200, 2_700), (201, 2_740), (250, 4_700)]],
    ],
)
def test_the_fee(by, count, amount):
    assert FEES[by](count, law(), DAY).amount == amount


def test_every_step_is_explained():
    fee = by_item(45, law(), DAY)
    assert fee.steps == (
        FeeStep(1, 10, 10, 0, 0),
        FeeStep(11, 30, 20, 100, 2_000),
        FeeStep(31, 40, 10, 200, 2_000),
        FeeStep(41, 45, 5, 300, 1_500),
    )
    said = [render(message) for message in fee.messages]
    assert len(said) == 5
    assert said[0] == "第 1 件至第 10 件，共 10 件：不收费。"
    assert said[3] == "第 41 件至第 45 件，共 5 件，每件 300 元：1500 元。"
    assert "合计 5500 元" in said[4] and "国办函〔2020〕109号" in said[4]
    pages = [render(message, "en") for message in by_page(35, law(), DAY).messages]
    assert pages[1] == "Pages 31 to 35 (5) at 10 yuan each: 50 yuan."
    assert [message.id for message in by_page(0, law(), DAY).messages] == ["law.fee-sum"]


@given(count=COUNTS, by=st.sampled_from(sorted(FEES)))
def test_the_fee_is_the_sum_of_its_steps_and_they_cover_the_count(count, by):
    fee: Fee = FEES[by](count, law(), DAY)
    assert fee.amount == sum(step.amount for step in fee.steps)
    assert all(step.amount == step.count * step.rate and step.count > 0 for step in fee.steps)
    assert [unit for step in fee.steps for unit in range(step.first, step.last + 1)] == list(range(1, count + 1))
    rates = [step.rate for step in fee.steps]
    assert rates == sorted(set(rates))


@given(count=COUNTS, more=st.integers(min_value=0, max_value=200), by=st.sampled_from(sorted(FEES)))
def test_more_never_costs_less(count, more, by):
    assert FEES[by](count, law(), DAY).amount <= FEES[by](count + more, law(), DAY).amount


@given(count=st.integers(min_value=0, max_value=400))
def test_the_fee_of_a_month_is_what_each_request_added(count):
    assert by_item(count, law(), DAY).amount == sum(item_fee(nth, law(), DAY) for nth in range(1, count + 1))


@given(nth=st.integers(min_value=31, max_value=5000))
def test_from_the_31st_each_ten_costs_a_hundred_more(nth):
    assert item_fee(nth, law(), DAY) == 100 * (2 + (nth - 31) // 10)


@pytest.mark.parametrize("ask", [by_item, by_page, item_fee])
def test_before_the_measures_there_was_no_fee(ask):
    with pytest.raises(MissingValue) as caught:
        ask(40, law(), date(2020, 12, 31))
    assert "2020-12-31 尚无" in render(caught.value.message)
    assert ask(40, law(), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("ask", "count", "said"),
    [
        (by_item, -1, "law.fee-negative"),
        (by_page, -5, "law.fee-negative"),
        (item_fee, 0, "law.fee-no-such-request"),
        (by_item, MOST + 1, "law.fee-too-many"),
        (item_fee, MOST + 1, "law.fee-too-many"),
    ],
)
def test_what_cannot_be_counted_is_refused(ask, count, said):
    with pytest.raises(Refused) as caught:
        ask(count, law(), DAY)
    assert caught.value.message.id == said
    assert str(count) in render(caught.value.message, "en")
