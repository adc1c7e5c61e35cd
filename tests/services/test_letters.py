"""The letters of a request: whom a reply names for reconsideration, and how a receipt writes dates."""

import re
from datetime import date

import pytest

from gongkai.core.law.clock import reckon
from gongkai.core.ledger.events import Received
from gongkai.documents.letters import RequestFacts
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.review import chains
from gongkai.services.ports import Rules
from gongkai.services.request.letters import organ_of, reply_letter, sentences

RULES = Rules(calendar(), law(), outcomes(), chains())
BUREAU, OFFICE = "云岭县政务服务局", "云岭县人民政府办公室"


@pytest.mark.parametrize(
    ("on", "choice"), [(date(2021, 6, 10), True), (date(2023, 12, 31), True), (date(2024, 1, 1), False)]
)
def test_until_2023_a_reply_names_the_department_one_level_up_too(on, choice):
    facts = RequestFacts(f"{on.year}-0001", on, "会议纪要", "申请人甲")
    content = {"answer": "R4.1", "grounds": "", "search": "已在档案室检索，没有此件"}
    number = f"公复〔{on.year}〕1号"
    letter = reply_letter(content, facts, organ_of(BUREAU, OFFICE), number=number, on=on, rules=RULES)
    told = "".join(letter.remedy)
    assert "云岭县人民政府" in told and "人民政府办公室" not in told
    assert ("上一级主管部门" in told) == choice


def test_a_receipt_writes_the_dates_of_its_reckoning_out():
    received = Received(date(2026, 12, 15), "natural_person", "online")
    reckoning = reckon([received], calendar=calendar(), values=law(), as_of=received.on, provisional=True)
    paper = sentences(reckoning)
    assert not re.search(r"\d{4}-\d\d-\d\d", paper)
    assert "2026年12月15日收到申请" in paper and "暂算" in paper
