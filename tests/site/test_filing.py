"""A request filed through its pages: once however often it is sent, and its code nowhere in the database."""

import json
import re
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from tests.site.conftest import FIRST

from gongkai.api.schemas import EXAMPLE
from gongkai.core.ledger.refusal import Refused
from gongkai.services.request.receive import FileRequest
from gongkai.store import models

FILLED = {
    "kind": "natural_person",
    "name": "申请人甲",
    "identity": "虚构证件",
    "contact": "云岭县虚构路 12 号",
    "subject": "低保名单",
    "form": "paper",
    "route": "post",
}


def test_a_request_is_filed_once_and_its_receipt_can_be_seen_again(county):
    client = county.client(None)
    address = reverse("filing", args=[county.ids[FIRST]])
    sent = {**FILLED, "step": "check", "key": "k-0001"}
    answer = client.post(address, sent)
    assert answer.status_code == 302 and client.post(address, sent).status_code == 302
    assert models.Standing.objects.count() == 1
    receipt = reverse("filed", args=[county.ids[FIRST]])
    shown = client.get(receipt).content.decode()
    assert "no-store" in client.get(receipt)["Cache-Control"]
    assert client.get(receipt).content.decode().count("2026-0001") == shown.count("2026-0001") > 0
    assert county.client(None).get(receipt).status_code == 302
    code = shown.partition('name="code" value="')[2].partition('"')[0]
    assert len(code) == 10 and code in shown
    for session in Session.objects.all():
        assert code not in str(session.get_decoded())


def test_what_was_typed_stays_when_something_is_missing(county):
    client = county.client(None)
    address = reverse("filing", args=[county.ids[FIRST]])
    answer = client.post(address, {**FILLED, "contact": "", "step": "who"})
    shown = answer.content.decode()
    assert "申请人甲" in shown and 'role="alert"' in shown and not models.Standing.objects.exists()


def test_what_was_sent_gone_back_to_and_changed_is_another_request(county):
    client, address = county.client(None), reverse("filing", args=[county.ids[FIRST]])
    sent = {**FILLED, "step": "check", "key": "k-0001"}
    assert client.post(address, sent).status_code == 302
    refused = client.post(address, {**sent, "subject": "另一名单"})
    key = re.search(r'name="key" value="([^"]+)"', refused.content.decode())[1]
    assert refused.status_code == 422 and "另一名单" in refused.content.decode() and key != "k-0001"
    assert client.post(address, {**sent, "subject": "另一名单", "key": key}).status_code == 302
    assert models.Standing.objects.count() == 2


@pytest.mark.parametrize(
    ("route", "contact", "lacks"),
    [
        ("email", "13800138000", "没有电子邮箱"),
        ("email", "yi@example.org", ""),
        ("post", "yi@example.org", "没有通信地址"),
        ("post", "电话 13800138000", "没有通信地址"),
        ("post", "云岭县虚构路 12 号 13800138000", ""),
        ("collect", "13800138000", ""),
    ],
)
def test_the_way_that_is_wished_must_reach_the_applicant(county, route, contact, lacks):
    client, address = county.client(None), reverse("filing", args=[county.ids[FIRST]])
    for step in ("what", "check"):  # whatever somebody sends
        answer = client.post(address, {**FILLED, "route": route, "contact": contact, "step": step})
        shown = answer.content.decode()
        assert (
            (lacks in shown and 'role="alert"' in shown and contact in shown) if lacks else 'role="alert"' not in shown
        )
    assert models.Standing.objects.exists() is not bool(lacks)
    if lacks:
        with pytest.raises(Refused, match="route-without"):
            told = {"contact": contact, "route": route}
            command = FileRequest(county.ids[FIRST], "natural_person", "申请人甲", "低保名单", told)
            county.do(None, "file_request", command)
        changed = client.post(address, {**FILLED, "route": route, "contact": contact, "step": "what", "change": "who"})
        assert 'name="step" value="who"' in changed.content.decode() and contact in changed.content.decode()


@pytest.mark.parametrize(
    ("kind", "identity", "taken"),
    [
        ("natural_person", "123", False),
        ("natural_person", "110105194912310021", False),
        ("natural_person", "440524188001010014", False),
        ("natural_person", "11010519491231002X", True),
        ("natural_person", "110105 19491231 002x", True),
        ("natural_person", "台胞证 12345678", True),
        ("business", "123", True),
    ],
)
def test_a_number_that_is_no_identity_card_is_told_where_it_is_typed(county, kind, identity, taken):
    client, address = county.client(None), reverse("filing", args=[county.ids[FIRST]])
    shown = client.post(address, {**FILLED, "kind": kind, "identity": identity, "step": "who"}).content.decode()
    assert ("18 位" not in shown) is taken and f'name="step" value="{"what" if taken else "who"}"' in shown
    applicant = {**EXAMPLE["applicant"], "kind": kind, "identity": identity}
    body = json.dumps({**EXAMPLE, "agency": FIRST, "applicant": applicant})
    sent = client.post(
        "/api/v1/requests", body, content_type="application/json", headers={"Idempotency-Key": "key-00000001"}
    )
    assert sent.status_code == (201 if taken else 422)
    if not taken:
        assert sent.json()["detail"][0]["loc"][-1] == "identity"
        with pytest.raises(Refused, match="misread-identity"):
            command = FileRequest(county.ids[FIRST], kind, "申请人甲", "低保名单", {"identity": identity})
            county.do(None, "file_request", command)


@pytest.mark.parametrize("contact", ["", "yi@example.org"])
def test_a_letter_without_contact_is_registered_and_the_clerk_is_told(county, contact):
    told = {"channel": "post_ordinary", "received_on": "2026-03-02", "kind": "natural_person", "name": "申请人甲"}
    clerk = county.client("clerk")
    answer = clerk.post(reverse("register"), {**told, "subject": "低保名单", "contact": contact})
    assert answer.status_code == 302
    assert ("没有登记联系方式" in clerk.get(answer.url).content.decode()) is not bool(contact)


@pytest.mark.parametrize("left", ["channel", "kind"])
def test_what_is_counted_and_moves_the_clock_is_chosen_and_never_guessed(county, left):
    told = {"channel": "post_ordinary", "received_on": "2026-03-02", "kind": "natural_person", "name": "申请人甲"}
    clerk = county.client("clerk")
    answer = clerk.post(reverse("register"), {**told, "subject": "低保名单", left: ""})
    assert answer.status_code == 422 and f'href="#id_{left}"' in answer.content.decode()
    assert clerk.get(reverse("register")).content.decode().count('<option value="" selected>请选择') == 2


def test_what_a_letter_says_beside_is_kept_and_what_it_does_not_say_is_nothing(county):
    told = {"channel": "post_ordinary", "received_on": "2026-03-02", "kind": "natural_person", "name": "申请人甲"}
    clerk = county.client("clerk")
    said = {"subject": "低保名单", "identity": "虚构证件", "form": "paper", "route": "collect"}
    shown = clerk.get(clerk.post(reverse("register"), {**told, **said}).url).content.decode()
    assert "虚构证件" in shown and "自行领取" in shown
    silent = clerk.get(clerk.post(reverse("register"), {**told, "subject": "规划", "form": "", "route": ""}).url)
    assert "获取途径" not in silent.content.decode()


SWITCHES = {"large": "1", "contrast": "1", "lang": "en"}
LOOK = {"large": 'class="large', "contrast": " contrast", "lang": 'lang="en"'}


def test_a_switch_of_the_look_stays_at_its_step_and_loses_nothing(county):
    client, address = county.client(None), reverse("filing", args=[county.ids[FIRST]])
    for step, (switch, choice) in product(("who", "what", "check"), SWITCHES.items()):
        answer = client.post(address, {**FILLED, "step": step, "key": "k-0001", switch: choice})
        shown = answer.content.decode()
        assert answer.status_code == 200 and answer.cookies[switch].value == choice
        assert f'name="step" value="{step}"' in shown and 'role="alert"' not in shown
        assert not [typed for typed in (*FILLED.values(), "k-0001") if typed not in shown]
        assert (
            shown.count('form="typed" name=') == 3
            and 'id="typed"' in shown
            and LOOK[switch] in shown.split("<head>")[0]
        )
    assert not models.Standing.objects.exists()


def test_what_is_typed_and_not_yet_complete_stays_without_complaint(county):
    client = county.client(None)
    sent = {"step": "who", "name": "申请人甲", "contact": "", "lang": "en"}
    shown = client.post(reverse("filing", args=[county.ids[FIRST]]), sent).content.decode()
    assert "申请人甲" in shown and 'role="alert"' not in shown


def test_a_switch_shows_the_followed_request_again(county):
    filed, client = county.file(), county.client(None)
    asked = {"agency": county.ids[FIRST], "number": filed["number"], "code": filed["code"]}
    shown = client.post(reverse("track"), asked).content.decode()
    form = shown.split('<form id="typed"')[1].split("</form>")[0]
    again = dict(re.findall(r'name="(agency|number|code)" value="([^"]*)"', form))
    answer = client.post(reverse("track"), {**again, "lang": "en"})
    assert again == asked and answer.cookies["lang"].value == "en"
    assert f"<h2>{filed['number']}" in answer.content.decode()
    assert not Session.objects.exists()


def test_no_agency_is_chosen_before_somebody_chooses(county):
    client = county.client(None)
    chosen = lambda address: re.findall(r'value="([^"]*)" selected', client.get(address).content.decode())  # noqa: E731
    assert chosen(reverse("track")) == [""]
    links = client.get(reverse("agency", args=[county.ids[FIRST]])).content.decode()
    (address,) = set(re.findall(r'href="(/track/[^"]*)"', links))
    assert chosen(address) == [county.ids[FIRST]]
    partly = client.post(reverse("track"), {"agency": "", "number": "2026-0001", "code": "", "large": "1"})
    assert partly.status_code == 200 and 'value="2026-0001"' in partly.content.decode()
