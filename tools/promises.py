"""Holds docs/promises.toml against the tests: every promise names tests, and every test named can be run.

    python tools/promises.py

Prints what is wrong, a line each, and exits 1; else says how many promises stand. That a named test is not passed over
when it runs is the business of tests/conftest.py, where a skip is a failure.
"""

import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
KEYS = {"text_zh", "text_en", "tests"}


class Collected:
    """Ids of all tests, those included that this machine leaves out for want of samples; and files that broke."""

    def __init__(self) -> None:
        self.tests: set[str] = set()
        self.broken: list[str] = []

    def take(self, items: Iterable[pytest.Item]) -> None:
        """Adds a test under its own id, that of all its cases, and its file."""
        for item in items:
            self.tests.update((item.nodeid, item.nodeid.partition("[")[0], item.nodeid.partition("::")[0]))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.take(items)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.take(items)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(report.nodeid)


def faults(promises: list[dict[str, Any]], tests: set[str]) -> Iterator[str]:
    """What is wrong with the promises, given the ids of all tests there are."""
    seen: set[str] = set()
    for number, promise in enumerate(promises, 1):
        name = f"promise {number} ({promise.get('text_en', '?')})"
        if promise.keys() != KEYS:
            yield f"{name}: keys must be {', '.join(sorted(KEYS))}"
            continue
        if not promise["text_zh"] or not promise["text_en"]:
            yield f"{name}: its words are missing"
        if promise["text_en"] in seen:
            yield f"{name}: stands twice"
        seen.add(promise["text_en"])
        if not promise["tests"]:
            yield f"{name}: no test shows it"
        for test in promise["tests"]:
            if test not in tests:
                yield f"{name}: there is no test {test}"


def main() -> int:
    """Collects the tests and prints the faults."""
    collected = Collected()
    with redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-qq", str(ROOT / "tests")], [collected])
    promises = tomllib.loads((ROOT / "docs" / "promises.toml").read_text("utf-8"))["promise"]
    wrong = [f"{file}: cannot be collected" for file in collected.broken]
    wrong += faults(promises, collected.tests)
    print("\n".join(wrong) or f"{len(promises)} promises, each shown by a test")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
