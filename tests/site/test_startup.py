"""Start-up times, in a short form of ``bench/startup.py``."""

import importlib.util
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "startup.py"

SLACK = 1.1
"""Even processor time wavers a little on a busy machine; the bench holds the promise itself."""


def test_start_is_quick() -> None:
    spec = importlib.util.spec_from_file_location("startup", BENCH)
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    nothing, version, check = bench.measure(BENCH.parent / "inputs" / "lean.html", rounds=11)
    assert version <= bench.VERSION * SLACK * nothing
    assert check <= bench.CHECK * SLACK * nothing
