"""Identity numbers are told by check digit and birthday, mobile numbers by their length; other figures are left."""

import pytest

from gongkai.documents.scan.personal import Find, personal

CARD = "11010519491231002X"
"""The example of GB 11643-1999."""


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        (f"周某（身份证号{CARD}）", [Find("resident_id", "110105********002X")]),
        (CARD.lower(), [Find("resident_id", "110105********002x")]),
        ("身份证４４０５２４１８８００１０１００１４。", [Find("resident_id", "440524********0014")]),
        ("电话13800138000", [Find("phone", "138****8000")]),
        ("+86 138-0013-8000、138 0013 8000", [Find("phone", "138****8000")]),
        (f"电话13800138000，{CARD}", [Find("phone", "138****8000"), Find("resident_id", "110105********002X")]),
    ],
)
def test_numbers_of_persons_are_found_and_masked(text, finds):
    assert list(personal(text)) == finds


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # another check digit
        "110105194913310022",  # a month that is none
        f"{CARD}1",
        "0871-63912345",
        "12345 热线、国办发〔2019〕61号、共计 12800138000 元",
        "1380013800",
        "913800138000123456",
        "91530100MA6K5KXQ3A",
    ],
)
def test_other_figures_are_left_alone(text):
    assert personal(text) == ()
