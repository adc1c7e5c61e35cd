"""The checker of promises tells what is wrong with them. That they hold is `make check`."""

import runpy
from pathlib import Path

import pytest

CHECKER = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "promises.py"))
TESTS = {"tests/a.py::test_a", "tests/a.py"}


def told(*promises):
    return list(CHECKER["faults"](list(promises), TESTS))


def promise(**changes):
    return {"text_zh": "甲", "text_en": "A", "tests": ["tests/a.py::test_a"], **changes}


def test_a_kept_promise_is_quiet():
    assert told(promise(), promise(text_en="B", tests=["tests/a.py"])) == []


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (promise(tests=[]), "no test shows it"),
        (promise(tests=["tests/a.py::test_b"]), "there is no test tests/a.py::test_b"),
        (promise(text_zh=""), "words are missing"),
        (promise(test="tests/a.py"), "keys must be"),
        ({"text_en": "A"}, "keys must be"),
    ],
)
def test_faults_are_told(wrong, word):
    (fault,) = told(wrong)
    assert word in fault


def test_the_same_promise_stands_once():
    (fault,) = told(promise(), promise())
    assert "twice" in fault
