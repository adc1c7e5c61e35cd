"""A request filed through its pages: once however often it is sent, and its code nowhere in the database."""

from django.contrib.sessions.models import Session
from django.urls import reverse
from tests.site.conftest import FIRST

from gongkai.store import models

FILLED = {
    "kind": "natural_person",
    "name": "申请人甲",
    "identity": "虚构证件",
    "contact": "yi@example.org",
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
