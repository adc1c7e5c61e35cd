"""The number of queries does not depend on how much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def counted(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize(("name", "most"), [("desk", 8), ("home", 8), ("track", 8)])
def test_a_list(county, name, most):
    client = county.client("clerk")
    county.file()
    few = counted(client, reverse(name))
    for number in range(30):
        county.file(subject=f"名单{number}")
    assert counted(client, reverse(name)) == few <= most


def test_a_request(county):
    number = county.file()["number"]
    client = county.client("clerk")
    few = counted(client, reverse("case", args=[number]))
    for _ in range(30):
        county.file()
    county.draft(number)
    assert counted(client, reverse("case", args=[number])) == few <= 10
