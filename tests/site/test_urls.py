"""Every address × everybody, and what they get: an address without a row fails."""

import re

import pytest
from django.urls import get_resolver, reverse
from tests.site.conftest import FIRST, PEOPLE

from gongkai import __version__

WHO = ("visitor", *PEOPLE)
"""``stranger``: a clerk of another agency; ``overseer``: of the competent office above."""

ALL, POST_ONLY = dict.fromkeys(WHO, 200), dict.fromkeys(WHO, 405)
NOWHERE = dict.fromkeys(WHO, 404)
STAFF = {**ALL, "visitor": 302}
READERS = {**STAFF, "operator": 403}
"""The operator cares for people and reads nothing of what they work on."""
OWN = {**READERS, "stranger": 404, "overseer": 404}
"""A request of the agency: nobody of another one sees it."""
ABSENT = {**NOWHERE, "visitor": 302, "operator": 403}
ADMINISTRATION = {**dict.fromkeys(WHO, 403), "visitor": 302, "head": 200, "operator": 200}
DESK = {**OWN, "secrecy": 403, "leader": 403, "publisher": 403, "overseer": 403}
"""What only the clerk and the head of the office do."""
ABOVE = {**dict.fromkeys(WHO, 403), "visitor": 302, "overseer": 200}
"""What only the competent office sees, of the agencies below it."""

EXPECTED = {
    "home": ALL,
    "agency": ALL,
    "filing": ALL,
    "filed": dict.fromkeys(WHO, 302),
    "track": ALL,
    "own-letter": POST_ONLY,
    "column": ALL,
    "search": ALL,
    "item": NOWHERE,
    "item-version": NOWHERE,
    **dict.fromkeys(("public-file", "public-file-version", "item-error"), NOWHERE),
    "checker": ALL,
    **dict.fromkeys(("checker-files", "checker-file", "checker-findings", "checker-download"), NOWHERE),
    "checker-delete": POST_ONLY,
    "preferences": POST_ONLY,
    "healthz": ALL,
    "desk": {**STAFF, "operator": 302},
    "enter": ALL,
    "enter-code": dict.fromkeys(WHO, 302),
    "enrol": dict.fromkeys(WHO, 410),
    "enrol-link": dict.fromkeys(WHO, 302),
    **dict.fromkeys(("people", "person-new", "person", "person-act"), ADMINISTRATION),
    "leave": POST_ONLY,
    "reviews": READERS,
    "register": {**DESK, "stranger": 200},
    "case": OWN,
    "answer": DESK,
    "letter": OWN,
    "act": DESK,
    "outbox": {**DESK, "stranger": 200},
    "items": READERS,
    "item-new": {**DESK, "stranger": 200},
    "desk-item": OWN,
    "item-file": OWN,
    "item-attach": DESK,
    "item-text": DESK,
    "item-new-text": {**DESK, "stranger": 200},
    "errors": {**DESK, "publisher": 200, "stranger": 200},
    "error": {**DESK, "publisher": 200},
    "item-act": DESK,
    "log": {**DESK, "publisher": 200, "stranger": 200},
    "reports": READERS,
    "report": READERS,
    **dict.fromkeys(("report-cell", "report-file", "report-differences"), ABSENT),
    "report-act": {**DESK, "stranger": 200},
    "below": ABOVE,
    "below-agency": ABOVE,
    "below-report": ABOVE | {"overseer": 404},
    "below-cell": ABOVE | {"overseer": 404},
    "below-case": ABOVE,
    "public-report": NOWHERE,
    "public-report-file": NOWHERE,
    "api-root": dict.fromkeys(WHO, 404),
    "openapi-json": ALL,
    "requests": POST_ONLY,
    "request": dict.fromkeys(WHO, 404),
    "demonstration": dict.fromkeys(WHO, 302),
}
"""The ``report-cell`` of no cell and the file of a report that nobody drafted are nowhere. An ``item`` that is a draft
is nowhere public; ``request`` without its code is answered as one that there is not. The last makes an overseer of
everybody.
"""


PERSONAL = ("filing", "track")
"""No cache keeps these, nor anything of the desk."""
TITLE = re.compile("<title>(.*)</title>")
"""A title says in words what its page is, and nothing twice: no value of Python stands in it."""


def names(resolver=None):
    for each in (resolver or get_resolver()).url_patterns:
        if hasattr(each, "url_patterns"):
            yield from names(each)
        else:
            yield each.name


def test_every_address_has_a_row():
    found = list(names())
    assert None not in found and len(found) == len(set(found))
    assert set(found) == set(EXPECTED)


def addresses(county):
    """Every page by its name, of things that there are; only those of the programs' interface have its version."""
    number = county.file()["number"]
    county.draft(number)
    item = county.item()["number"]
    hash = county.attach(item, "附件.txt", b"1")
    report = county.report_error()
    args = {
        **{name: [county.ids[FIRST]] for name in ("agency", "filing", "filed")},
        **{name: [number] for name in ("case", "answer")},
        "letter": [number, "draft", "docx"],
        "act": [number, "ask_correction"],
        "request": [number],
        "column": [county.ids[FIRST], "plans"],
        "item": [county.ids[FIRST], item],
        "item-version": [county.ids[FIRST], item, 1],
        "desk-item": [item],
        "enrol-link": ["x"],
        "person": ["clerk"],
        "person-act": ["clerk", "end_person"],
        **{name: [item] for name in ("desk-item", "item-attach", "item-text")},
        "item-file": [item, hash],
        "error": [report],
        "public-file": [county.ids[FIRST], item, 1],
        "public-file-version": [county.ids[FIRST], item, 1, 1],
        "item-error": [county.ids[FIRST], item],
        "item-act": [item, "draft_item"],
        **{name: ["2025"] for name in ("report", "report-cell", "report-differences")},
        "below-agency": [county.ids[FIRST]],
        **{name: [county.ids[FIRST], 2025] for name in ("below-report", "below-cell")},
        "below-case": [county.ids[FIRST], number],
        "report-file": ["2025", "docx"],
        "report-act": ["2025", "draft_report"],
        "public-report": [county.ids[FIRST], 2025],
        "public-report-file": [county.ids[FIRST], 2025, "docx"],
        **{name: ["x"] for name in ("checker-files", "checker-delete")},
        **{name: ["x", 1] for name in ("checker-file", "checker-findings", "checker-download")},
    }
    for name in EXPECTED:
        inside = "api-" if name in ("api-root", "openapi-json", "requests", "request") else ""
        yield name, reverse(f"{inside}{__version__}:{name}" if inside else name, args=args.get(name))


@pytest.mark.parametrize("who", WHO)
def test_who_gets_what(county, who):
    pages, client = list(addresses(county)), county.client(who)
    for name, address in pages:
        answer = client.get(address)
        assert answer.status_code == EXPECTED[name][who], name
        if answer.status_code == 200 and (address.startswith("/desk/") or name in PERSONAL):
            assert "no-store" in answer.get("Cache-Control", ""), name
        titles = [] if answer.streaming else TITLE.findall(answer.content.decode(errors="replace"))
        for title in titles:
            parts = title.split(" · ")
            assert "(" not in title and len(parts) == len(set(parts)), (name, title)


@pytest.mark.parametrize("name", ["track", "filing", "filed", "checker"])
def test_public_forms_know_three_methods(county, name):
    client = county.client(None)
    address = reverse(name, args=[county.ids[FIRST]] if name in ("filing", "filed") else [])
    assert client.head(address).status_code in (200, 302)
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
        assert client.generic(method, address).status_code == 405, method
