"""Whoever drafts, reviews or releases is warned of numbers of persons, masked; nobody is held up."""

import pytest
from tests.desk.pages import Opened
from tests.site.conftest import FIRST

from gongkai.services.publish.draft import DraftItem
from gongkai.services.request.reply import DraftReply

SAID = ("像是个人号码", "身份证号码 110105********002X", "手机号码 138****8000")
TEXT = "周某某（身份证号11010519491231002X），电话13800138000"
GRADES = (("head", "section"), ("secrecy", "secrecy"), ("leader", "leader"))


def warned(county, person, address):
    page = county.client(person).get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert (SAID[0] in text) is all(said in text for said in SAID)
    return SAID[0] in text


@pytest.mark.parametrize("text", [TEXT, "咨询电话：0871-63912345"], ids=["numbers", "none"])
def test_of_an_item(county, text):
    command = DraftItem(county.ids[FIRST], "", 0, "plans", "救助名单", text)
    number = county.do("clerk", "draft_item", command)["number"]
    expected = text == TEXT
    assert warned(county, "clerk", f"/desk/items/{number}/") is expected
    acts = [("clerk", "submit_item"), *((who, f"review_item_{grade}") for who, grade in GRADES)]
    for person, act in (*acts, ("publisher", "publish_item")):
        page = Opened(county, person, "item-act", number, act)
        assert warned(county, person, page.address) is expected, act
        page.send(**({"verdict": "approved"} if act.startswith("review") else {}))


@pytest.mark.parametrize("text", [TEXT, "已查档案室"], ids=["numbers", "none"])
def test_of_a_reply(county, text):
    number = county.file()["number"]
    county.do("clerk", "draft_reply", DraftReply(county.ids[FIRST], number, 0, "R4.1", (), {"search": text}))
    expected = text == TEXT
    assert warned(county, "clerk", f"/desk/cases/{number}/") is expected
    acts = [("clerk", "submit_reply"), *((who, f"review_{grade}") for who, grade in GRADES if grade != "legal")]
    for person, act in (*acts, ("clerk", "release_reply")):
        page = Opened(county, person, "act", number, act)
        assert warned(county, person, page.address) is expected, act
        page.send(**({"verdict": "approved"} if act.startswith("review") else {}))
