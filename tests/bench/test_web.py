"""The short form of ``bench/web.py``: a small county on SQLite, few pages; the bench itself holds the bounds."""

from bench.web import broken, measure

SLACK = 2.0
"""Other tests run beside this one, and whoever works longer is interrupted more."""
WAITS = 1.5
"""A start alone is no ratio: it waits for the processors as much longer as there are others."""


def test_pages_keep_their_rate_memory_and_start(tmp_path):
    found = measure(tmp_path, "", cases=24, rounds=2, requests=40, pages=100)
    found["restart (s)"] /= WAITS
    assert not broken(found, SLACK), found
