"""PostgreSQL takes no NUL in a text: wherever somebody sends one, no page fails."""

from typing import get_args

import pytest
from django.test import Client
from tests.site.conftest import FIRST
from tests.site.test_urls import addresses

from gongkai.core.review.permissions import Role
from gongkai.pages.forms import Worded
from gongkai.store import models

RAW = "after agency cell change code column compare format lang letter next number person q step to typed validity way"
"""What pages ask for without a form."""


def fields(form):
    """The names of all that a form asks for, and those made from it."""
    return set(form.base_fields).union(*map(fields, form.__subclasses__()))


def test_no_page_fails_by_a_nul(county):
    models.Holding.objects.bulk_create(
        models.Holding(person_id="clerk", role=role)
        for role in get_args(Role)
        if not models.Holding.objects.filter(person_id="clerk", role=role)
    )
    sent = dict.fromkeys(fields(Worded).union(RAW.split()), "甲\0")
    for name, address in list(addresses(county)):
        for who in ("clerk", "visitor"):
            for method in ("get", "post"):
                status = getattr(county.client(who), method)(address, sent).status_code
                assert status < 500, (name, who, method)


@pytest.mark.parametrize("field", ["agency", "number", "code", "letter", "format"])
def test_no_letter_is_found_by_a_nul(county, field):
    filed, client = county.file(), county.client(None)
    letter = models.Outgoing.objects.get(number=filed["number"]).id
    asked = {
        "agency": county.ids[FIRST],
        "number": filed["number"],
        "code": filed["code"],
        "letter": letter,
        "format": "docx",
    }
    assert client.post("/track/letter/", asked).status_code == 200
    assert client.post("/track/letter/", {**asked, field: f"{asked[field]}\0"}).status_code == 404


@pytest.mark.parametrize("address", ["/", "/desk/", "/desk/enrol/", "/desk/leave/"])
def test_a_cookie_with_a_nul_is_no_session(county, address):
    client = Client(headers={"host": "127.0.0.1"})
    ask = client.post if address.endswith("leave/") else client.get
    assert ask(address, headers={"cookie": r'sessionid="aaaaaaaaaa\000"'}).status_code in (200, 302, 410)


def test_a_word_is_no_address_to_go_back_to(county):
    for there in ("track", "甲\0", "//example.org/"):
        answer = county.client(None).post("/preferences/", {"next": there, "large": "1"})
        assert answer.status_code == 302 and "example.org" not in answer["Location"], there
