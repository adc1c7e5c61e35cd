"""Codes of applicants cannot be guessed, on the portal, by its letters or by the API; nor is the office flooded."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from tests.site.conftest import FIRST
from tests.site.test_filing import FILLED

from gongkai.api.schemas import EXAMPLE
from gongkai.store import models, throttles


def browser(address="192.0.2.1"):
    return Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR=address)


def track(county, client, number, code):
    return client.post(reverse("track"), {"agency": county.ids[FIRST], "number": number, "code": code})


def letter(county, client, number, code):
    id = models.Outgoing.objects.get(number=number).id
    asked = {"agency": county.ids[FIRST], "number": number, "code": code, "letter": id, "format": "docx"}
    return client.post(reverse("own-letter"), asked)


def follow(county, client, number, code):
    return client.get(f"/api/v1/requests/{number}", headers={"X-Query-Code": code})


WAYS = (track, letter, follow)


@pytest.mark.parametrize("way", WAYS)
def test_wrong_codes_are_counted_for_the_address_by_whichever_way(county, way):
    filed = county.file()
    number, code = filed["number"], filed["code"]
    found = way(county, browser(), number, code)
    assert found.status_code == 200 and "no-store" in found["Cache-Control"]
    for _ in range(throttles.TRACK_ADDRESS.times):
        assert way(county, browser(), number, "WRONG").status_code in (404, 422)
    for other in WAYS:
        assert other(county, browser(), number, code).status_code == 429
    assert "分钟后再试" in track(county, browser(), number, code).content.decode()


def test_nobody_shuts_an_applicant_out_by_guessing(county):
    filed = county.file()
    for guess in range(2 * throttles.TRACK_ADDRESS.times):
        address = f"192.0.2.{guess}"
        assert follow(county, browser(address), filed["number"], "WRONG").status_code == 404
    assert follow(county, browser("198.51.100.1"), filed["number"], filed["code"]).status_code == 200


def test_wrong_codes_are_counted_for_the_address_whatever_the_number(county):
    filed = county.file()
    for guess in range(throttles.TRACK_ADDRESS.times):
        assert follow(county, browser(), f"2026-{guess:04}", "WRONG").status_code == 404
    refused = follow(county, browser(), filed["number"], filed["code"])
    assert refused.status_code == 429 and 0 < int(refused["Retry-After"]) <= 3600 / throttles.TRACK_ADDRESS.times
    assert follow(county, browser("192.0.2.2"), filed["number"], filed["code"]).status_code == 200


def test_who_has_the_code_looks_as_often_as_they_like(county):
    filed, client = county.file(), browser()
    for _ in range(throttles.TRACK_ADDRESS.times + 5):
        assert follow(county, client, filed["number"], filed["code"]).status_code == 200


def test_filing_is_limited_for_an_address_and_nothing_typed_is_lost(county, monkeypatch):
    monkeypatch.setattr(throttles, "FILE_ADDRESS", throttles.FILE_ADDRESS._replace(times=2))
    address, body = reverse("filing", args=[county.ids[FIRST]]), {**EXAMPLE, "agency": FIRST}
    sent = {**FILLED, "step": "check", "key": "k-0001"}
    assert browser().post(address, sent).status_code == 302
    headers = {"Idempotency-Key": "key-00000001"}
    post = {"data": json.dumps(body), "content_type": "application/json", "headers": headers}
    assert browser().post("/api/v1/requests", **post).status_code == 201
    refused = browser().post(address, {**sent, "key": "k-0002"})
    shown = refused.content.decode()
    assert refused.status_code == 429 and "分钟后再试" in shown and 'value="k-0002"' in shown and "低保名单" in shown
    assert browser().post("/api/v1/requests", **post).status_code == 429
    assert browser("192.0.2.2").post(address, {**sent, "key": "k-0003"}).status_code == 302
    assert models.Standing.objects.count() == 3


def test_reports_of_errors_are_limited_for_an_address_and_nothing_typed_is_lost(pages, monkeypatch):
    monkeypatch.setattr(throttles, "ERROR_ADDRESS", throttles.ERROR_ADDRESS._replace(times=1))
    address = reverse("item-error", args=[pages.id, pages.published()])
    assert browser().post(address, {"text": "电话有误", "contact": "", "key": "k-1"}).status_code == 302
    refused = browser().post(address, {"text": "网址也有误", "contact": "甲", "key": "k-2"})
    shown = refused.content.decode()
    assert refused.status_code == 429 and "分钟后再试" in shown and "网址也有误" in shown and 'value="k-2"' in shown
    assert browser("192.0.2.2").post(address, {"text": "日期有误", "contact": "", "key": "k-3"}).status_code == 302
    assert models.ErrorReport.objects.count() == 2
