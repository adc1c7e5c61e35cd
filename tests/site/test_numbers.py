"""A number longer than any that there is: a page like that of another number that leads nowhere, never a fault."""

import pytest
from django.urls import reverse
from tests.site.conftest import FIRST

LONG = pytest.mark.parametrize("long", ["9" * 30, "9" * 5000])


@LONG
def test_where_a_list_goes_on(county, long):
    clerk = county.client("clerk")
    for name in ("items", "outbox", "errors"):
        assert clerk.get(reverse(name), {"after": long}).status_code == 200, name


@LONG
def test_in_a_form(county, long):
    filed, clerk = county.file(), county.client("clerk")
    assert clerk.post(reverse("outbox"), {"letter": long}).status_code == 200
    told = {"agency": county.ids[FIRST], "number": filed["number"], "code": filed["code"], "letter": long}
    assert county.client(None).post(reverse("own-letter"), told).status_code == 404


@LONG
def test_in_an_address(county, long):
    first, filed, item = county.ids[FIRST], county.file()["number"], county.item()["number"]
    for person, name, *args in (
        ("clerk", "letter", filed, long, "docx"),
        ("clerk", "error", long),
        ("clerk", "report", long),
        ("overseer", "below-report", first, long),
        (None, "item-version", first, item, long),
        (None, "public-file", first, item, long),
        (None, "public-report", first, long),
        (None, "checker-file", "x", long),
    ):
        known = [2025 if arg == long else arg for arg in args]  # Django itself writes no number so long
        address = reverse(name, args=known).replace("2025", long)
        assert county.client(person).get(address).status_code == 404, name
