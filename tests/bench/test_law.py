"""The short form of ``bench/law.py``: the bounds themselves where they are far away, the ratio with slack."""

from bench.law import agency_year, many_deadlines, one_deadline


def test_one_explained_deadline():
    assert one_deadline() <= 0.5


def test_many_deadlines():
    assert many_deadlines(200_000, 3) >= 1.0


def test_an_agency_year_grows_as_its_cases():
    tenth = agency_year(5_000)
    whole = agency_year(50_000)
    assert whole <= 3
    assert whole <= 25 * tenth
