"""A test that is passed over shows nothing, so the run fails. One that needs absent samples is left out and counted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
import pytest

def test_passes(): pass

@pytest.mark.skip(reason="later")
def test_skip_mark(): pass

def test_skip_call(): pytest.skip("later")

@pytest.mark.xfail
def test_expected_failure(): raise AssertionError

@pytest.mark.xfail(strict=False)
def test_unexpected_success(): pass

@pytest.mark.parametrize("case", [])
def test_without_cases(case): pass

def test_of_samples(shared): assert (shared / "samples").name == "samples"
"""


def run(folder: Path, shared: Path) -> tuple[int, dict[str, int]]:
    """Exit code and the counts of pytest's closing line."""
    shutil.copy(CONFTEST, folder)
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", "."],
        cwd=folder,
        env={**os.environ, "GONGKAI_SHARED": str(shared)},
        capture_output=True,
        text=True,
        check=False,
    )
    last = ended.stdout.strip().splitlines()[-1]
    return ended.returncode, {word: int(n) for n, word in re.findall(r"(\d+) (\w+)", last)}


def test_what_is_passed_over_fails(tmp_path):
    (tmp_path / "test_some.py").write_text(TESTS)
    code, counts = run(tmp_path, tmp_path / "absent")
    assert code == 1
    assert counts == {"failed": 3, "errors": 2, "passed": 1, "deselected": 1}


def test_a_missing_module_fails(tmp_path):
    (tmp_path / "test_some.py").write_text('import pytest\npytest.importorskip("there_is_none")\n')
    code, counts = run(tmp_path, tmp_path)
    assert code != 0 and counts == {"error": 1}


def test_samples_are_used_where_they_are(tmp_path):
    (tmp_path / "test_some.py").write_text("def test_of_samples(shared): assert shared.is_dir()\n")
    assert run(tmp_path, tmp_path) == (0, {"passed": 1})
