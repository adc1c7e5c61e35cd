"""Invented requests, an invented organ, and one letter of every kind and of every answer."""

from datetime import date

import pytest

from gongkai.core.law.remedies import Organ
from gongkai.documents.letters import (
    Deadline,
    Letter,
    RequestFacts,
    Withheld,
    correction_notice,
    extension_notice,
    receipt,
    reply,
)
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes

ORGAN = Organ("青川市云岭县文化和旅游局", "department", own_government="云岭县人民政府", court="青川铁路运输法院")
REQUEST = RequestFacts("云文旅申〔2026〕7号", date(2026, 3, 2), "2025年乡村旅游专项资金的分配方案", "李某某")
CONTACT = "王某，0123-1234567"
ON = date(2026, 3, 25)


def answered(answer: str, request: RequestFacts = REQUEST, **more) -> Letter:
    """A reply with a word for everything that its answer must contain."""
    found = outcomes().answer(answer)
    given = {
        "organ": ORGAN,
        "number": "云文旅公复〔2026〕12号",
        "on": ON,
        "values": law(),
        "said": {each.code: f"经办人所写的{each.zh}" for each in found.must_contain if each.code != "reason_each"},
        "contact": CONTACT,
    }
    if answer == "RP":
        given["withheld"] = [
            Withheld("R3.4", "收款账号", {"reason": "属于个人隐私", "consultation": "第三方不同意公开"}),
            Withheld("R3.6", "讨论记录", {"reason": "属于讨论过程中形成的记录"}),
        ]
        given["attachments"] = ["2025年乡村旅游专项资金的分配方案（节选）", "收款单位名单"]
        given["note"] = "此件公开发布"
    if answer == "R6.3":
        given["basis"] = "《中华人民共和国政府信息公开条例》第二条"
    return reply(answer, request, **(given | more))


def acknowledged(request: RequestFacts = REQUEST, **more) -> Letter:
    """A receipt."""
    given = {
        "organ": ORGAN.name,
        "channel": "online",
        "due": Deadline(date(2026, 3, 30)),
        "reckoning": ["3月2日收到，当日不计", "数满20个工作日：3月30日为最后一天。"],
        "code": "7QK4-M2XD",
        "on": date(2026, 3, 2),
        "contact": CONTACT,
    }
    return receipt(request, **(given | more))


def to_correct(request: RequestFacts = REQUEST, **more) -> Letter:
    """A correction notice."""
    given = {
        "organ": ORGAN.name,
        "number": "云文旅公补〔2026〕3号",
        "items": ["指明专项资金的名称", "指明所需的年度"],
        "until": date(2026, 3, 20),
        "on": date(2026, 3, 5),
    }
    return correction_notice(request, **(given | more))


def extended(request: RequestFacts = REQUEST, **more) -> Letter:
    """An extension notice."""
    given = {
        "organ": ORGAN.name,
        "number": "云文旅公延〔2026〕2号",
        "old": Deadline(date(2026, 3, 30)),
        "new": Deadline(date(2026, 4, 28)),
        "working_days": 20,
        "reason": "资料分散在六个乡镇，需要逐一核对",
        "on": ON,
    }
    return extension_notice(request, **(given | more))


CODES = [each.code for each in outcomes().answers]
LETTERS = {
    "receipt": acknowledged,
    "correction_notice": to_correct,
    "extension_notice": extended,
    **{code: (lambda code=code, **more: answered(code, **more)) for code in CODES},
}


@pytest.fixture
def make():
    """How each letter is made: ``make["R4.1"](...)``."""
    return LETTERS


@pytest.fixture(params=LETTERS)
def letter(request) -> Letter:
    """Each letter in turn."""
    return LETTERS[request.param]()
