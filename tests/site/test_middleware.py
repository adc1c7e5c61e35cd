"""What nobody foresaw is told on a page, in the words of whoever reads it."""

import json

import pytest
from django.urls import reverse
from tests.site.conftest import FIRST
from tests.site.publishing import FIELDS
from tests.site.test_filing import FILLED

from gongkai.api.schemas import EXAMPLE
from gongkai.site import wiring


@pytest.fixture
def keyless(county, monkeypatch, tmp_path):
    """The county with a request, whose key is gone; its pages began anew."""
    county.filed = county.file()
    county.draft(county.filed["number"])
    county.item_number = county.item()["number"]
    (tmp_path / "keys" / "outside.key").unlink()
    web = county.web._replace(ledgers=wiring._ledgers(tmp_path, "sha256"))
    monkeypatch.setattr(wiring, "web", lambda: web)
    return county


def answers(county):
    """What every face answers to what asks for the key: read, filed, drafted, judged, by page and by program."""
    citizen, clerk = county.client(None), county.client("clerk")
    agency, number = county.ids[FIRST], county.filed["number"]
    asked = {"agency": agency, "number": number, "code": county.filed["code"]}
    yield citizen.post(reverse("track"), asked)
    yield citizen.post(reverse("filing", args=[agency]), {**FILLED, "step": "check", "key": "k-0001"})
    told = {"channel": "post_ordinary", "received_on": "2026-03-02", "kind": "natural_person", "name": "申请人甲"}
    yield clerk.post(reverse("register"), {**told, "subject": "低保名单"})
    yield clerk.post(reverse("item-new"), {**FIELDS, "version": "0"})
    yield clerk.get(reverse("case", args=[number]))
    yield clerk.post(reverse("log"), {"kind": "meeting", "on": "2026-03-02", "text": "会议", "note": "会议"})
    yield citizen.get(f"/api/v1/requests/{number}", headers={"X-Query-Code": county.filed["code"]})
    headers = {"Idempotency-Key": "key-00000001"}
    body = json.dumps({**EXAMPLE, "agency": FIRST})
    yield citizen.post("/api/v1/requests", body, content_type="application/json", headers=headers)


def test_without_the_key_nobody_reads_of_the_server_on_any_face(keyless):
    for answer in answers(keyless):
        said = str(answer.json()) if "json" in answer["Content-Type"] else answer.content.decode()
        assert (answer.status_code, "系统暂时读不出" in said) == (503, True), answer.request["PATH_INFO"]
        assert str(keyless.folder) not in said and "outside.key" not in said and "GONGKAI_DATA" not in said
    assert not (keyless.folder / "keys" / "outside.key").exists()


def test_without_the_key_no_error_is_reported(pages, monkeypatch, tmp_path):
    number = pages.published()
    (tmp_path / "keys" / "outside.key").unlink()
    web = pages.county.web._replace(ledgers=wiring._ledgers(tmp_path, "sha256"))
    monkeypatch.setattr(wiring, "web", lambda: web)
    answer = pages.visitor.post(reverse("item-error", args=[pages.id, number]), {"text": "电话有误", "key": "k-0001"})
    assert answer.status_code == 503 and "系统暂时读不出" in answer.content.decode()
