"""What every test may rely on: the folder of real samples where there is one, no test that is passed over, no hurry."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is slow, not wrong. What is promised of speed has tests of its own.
settings.register_profile("unhurried", settings(), deadline=None)
settings.load_profile("unhurried")

SHARED = Path(os.environ.get("GONGKAI_SHARED") or Path(__file__).parents[2] / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real samples. A test that asks for it is left out where the folder is absent."""
    return SHARED


COSTLY = ("served", "lived", "pictured", "address", "ratios", "chromium_pdf", "soffice_pdf", "doc")
"""What takes seconds to make and is made once for many tests: they stay in one process."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keeps together the tests that share something costly."""
    for name in set(COSTLY).intersection(getattr(item, "fixturenames", ())):
        params = getattr(getattr(item, "callspec", None), "params", {})
        case = params.get(name) or params.get("database", "")
        item.add_marker(pytest.mark.xdist_group(f"{name} {case}"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the tests that need the samples where there are none; the last line of the run counts them."""
    if SHARED.is_dir():
        return
    absent = [item for item in items if "shared" in getattr(item, "fixturenames", ())]
    if absent:
        config.hook.pytest_deselected(items=absent)
        items[:] = [item for item in items if item not in absent]


def _refuse(report: Any) -> None:
    """A skip or an expected failure shows nothing, so it counts as a failure."""
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"passed over: {getattr(report, 'wasxfail', report.longrepr)}"
        vars(report).pop("wasxfail", None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse(report)
    return report


@pytest.fixture(params=["sqlite", "postgresql"])
def ledgers(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Any, None, None]:
    """Empty ledgers, on each database."""
    from tests.databases import fresh

    with fresh(request.param, tmp_path):
        from gongkai.store.ledgers import Ledgers
        from gongkai.store.sealing import Sealer

        yield Ledgers(Sealer(tmp_path))
