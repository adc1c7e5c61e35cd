"""What no view answers: a page in both languages, headers as on every page, and a log that holds no values."""

import logging

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.site import errors
from gongkai.store import queries

SECRET = "秘密甲"


def fails(*args):
    name = SECRET
    raise ValueError(name)


@pytest.fixture
def broken(county, monkeypatch):
    monkeypatch.setattr(queries, "agencies", fails)


def client(host="127.0.0.1", **options):
    return Client(raise_request_exception=False, headers={"host": host}, **options)


def not_found(county):
    return client().get("/nowhere/")


def bad_host(county):
    return client("evil.example.org").get("/")


def too_many_fields(county):
    return client().get("/search/?" + "&".join(["a=1"] * 1001))


def forged(county):
    return client(enforce_csrf_checks=True).post(reverse("track"), {"code": SECRET})


def fault(county):
    return client().get(reverse("track"), {"q": SECRET})


@pytest.mark.parametrize(
    ("ask", "status", "why"),
    [
        (not_found, 404, "没有这个页面"),
        (bad_host, 400, "请求无法办理"),
        (too_many_fields, 400, "请求无法办理"),
        (forged, 403, "没有提交"),
        (fault, 500, "系统出错"),
    ],
)
def test_a_page_that_says_what_to_do_and_leads_home(broken, county, ask, status, why):
    answer = ask(county)
    shown = answer.content.decode()
    assert answer.status_code == status and f"<h1>{why}</h1>" in shown
    assert '<a href="/">回到首页</a>' in shown and SECRET not in shown and "<script" not in shown
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize("host", ["127.0.0.1", "evil.example.org"])
def test_in_the_language_and_the_look_of_the_visitor(broken, county, host):
    visitor = client(host)
    visitor.cookies.load({"lang": "en", "large": "1"})
    shown = visitor.get(reverse("track")).content.decode()
    assert '<html lang="en" class="large">' in shown and "To the first page" in shown


def test_the_page_of_a_fault_asks_nothing_of_the_database(county):
    with CaptureQueriesContext(connection) as asked:
        for page in (errors.bad_request, errors.forbidden, errors.not_found, errors.broken, errors.forged):
            assert page(RequestFactory().post("/", {"a": "1"})).status_code >= 400
    assert not asked.captured_queries


def test_a_fault_is_logged_with_its_place_and_without_what_was_typed(broken, county, monkeypatch):
    (handler,) = logging.getLogger("django.request").handlers
    lines = []
    monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
    client().post(f"{reverse('track')}?q={SECRET}", {"code": SECRET})
    (logged,) = lines
    assert (
        " 500 track\n  builtins.ValueError\n" in logged
        and f"{__file__}:{fails.__code__.co_firstlineno + 2} fails" in logged
    )
    assert SECRET not in logged
    client().get("/nowhere/")
    assert len(lines) == 1


@pytest.mark.parametrize("address", ["/api/v1/requests/a%00b", "/a/x%00/", "/desk/cases/a%00b/"])
def test_nothing_has_an_address_with_a_nul(county, address):
    assert county.client("clerk").get(address).status_code == 404
