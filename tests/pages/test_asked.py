"""Numbers in addresses and forms, however long they are."""

import pytest

from gongkai.pages.asked import number


@pytest.mark.parametrize(
    ("text", "found"), [("0", 0), ("17", 17), ("9" * 18, 10**18 - 1), ("9" * 19, None), ("9" * 5000, None)]
)
def test_a_number_that_a_database_holds(text, found):
    assert number(text) == found


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１", "²", " 1"])
def test_what_is_no_number(text):
    assert number(text) is None
