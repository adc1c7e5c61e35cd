"""Filing and following by a program: once per key, faults named, nothing told to whoever lacks the code."""

import json
import threading

import pytest
from tests.site.conftest import FIRST

from gongkai.api.schemas import EXAMPLE
from gongkai.store import models

BODY = {**EXAMPLE, "agency": FIRST}


@pytest.fixture
def post(county):
    def post(body=BODY, key="key-00000001"):
        headers = {"Idempotency-Key": key} if key else {}
        answer = county.client(None).post(
            "/api/v1/requests", json.dumps(body), content_type="application/json", headers=headers
        )
        return answer.status_code, answer.json()

    return post


def test_a_request_is_filed_and_followed(county, post):
    status, filed = post()
    assert status == 201
    assert filed == {"number": "2026-0001", "code": filed["code"], "due_on": "2026-03-30", "provisional_on": None}
    client = county.client(None)

    def follow(code, number=filed["number"]):
        answer = client.get(f"/api/v1/requests/{number}", headers={"X-Query-Code": code})
        assert "no-store" in answer["Cache-Control"]
        return answer.status_code, answer.json()

    status, seen = follow(filed["code"].lower())
    assert (status, seen["agency"], seen["state"], seen["due_on"]) == (200, FIRST, "handling", "2026-03-30")
    assert sum(step["counted"] for step in seen["steps"]) == 20
    assert follow("") == follow("WRONG") == follow(filed["code"], "2026-9999")
    assert follow("")[0] == 404


def test_the_same_key_gives_the_same_answer(post):
    first = post()
    assert post() == first
    assert post(key="key-00000002")[1]["number"] == "2026-0002"


def test_the_same_key_at_once_files_once(county, post):
    from django.db import connections

    answers = []

    def file():
        try:
            answers.append(post())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file) for _ in range(5)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({json.dumps(answer) for answer in answers}) == 1 and len(answers) == 5
    assert models.Standing.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"route": "post"}, "contact"),
        ({"applicant": {**EXAMPLE["applicant"], "contact": "13800138000"}}, "contact"),
        ({"subject": None}, "subject"),
        ({"form": "fax"}, "form"),
        ({"colour": "red"}, "colour"),
        ({"applicant": {**EXAMPLE["applicant"], "kind": "citizen"}}, "kind"),
        ({"applicant": {}}, "name"),
        ({"subject": "低保\0名单"}, "subject"),
        ({"subject": "低保\x1b[2J"}, "subject"),
        ({"subject": "低保\ud800"}, "subject"),
        ({"applicant": {**EXAMPLE["applicant"], "name": "甲\0"}}, "name"),
        ({"applicant": {**EXAMPLE["applicant"], "contact": "甲\x85"}}, "contact"),
    ],
)
def test_a_bad_body_names_the_field(post, change, field):
    status, said = post({**BODY, **change})
    assert status == 422 and field in json.dumps(said)
    assert not models.Standing.objects.exists()


def test_lines_of_a_subject_stay(post):
    assert post({**BODY, "subject": "一、低保名单\r\n\t二、标准"})[0] == 201


def test_what_is_missing_beside_the_body(post):
    assert post(key=None)[0] == 422
    assert post({**BODY, "agency": "没有的局"})[0] == 404


def test_the_document_has_an_example_for_every_body(county, post):
    document = county.client(None).get("/api/v1/openapi.json").json()
    bodies = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for path in document["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    ]
    assert bodies
    for body in bodies:
        schema = document["components"]["schemas"][body["$ref"].rpartition("/")[2]]
        assert post({**schema["example"], "agency": FIRST}, key="from-the-document")[0] == 201
