"""What ``pip install gongkai`` brings, without extras: reading and checking must stay light."""

import tomllib
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES, MEGABYTES = 10, 60


def closure(requirements: list[str]) -> set[str]:
    """Names of all packages that these requirements bring on this machine, their extras included."""
    found: set[tuple[str, str]] = set()

    def take(text: str, extra: str = "") -> None:
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            return
        name = canonicalize_name(requirement.name)
        for wanted in ("", *requirement.extras):
            if (name, wanted) not in found:
                found.add((name, wanted))
                for needed in distribution(name).requires or ():
                    take(needed, wanted)

    for each in requirements:
        take(each)
    return {name for name, _ in found}


def size(name: str) -> int:
    """Bytes of a package as it was installed, compiled files apart."""
    files = (file.locate() for file in distribution(name).files or () if file.suffix != ".pyc")
    return sum(Path(str(file)).stat().st_size for file in files)


def test_reading_alone_is_light():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = closure(project["dependencies"])
    ours = sum(file.stat().st_size for file in (ROOT / "src").rglob("*") if file.is_file() and file.suffix != ".pyc")
    assert len(packages) + 1 <= PACKAGES, packages
    assert (sum(map(size, packages)) + ours) / 1e6 <= MEGABYTES


def test_the_measure_sees_weight():
    assert size("typst") > 10e6
    assert {"pytest", "pluggy"} <= closure(["pytest"])
