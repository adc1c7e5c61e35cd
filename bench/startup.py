"""Start-up time as a multiple of ``python -c pass``: alternating, medians, one machine, one moment.

Processor time, so that what else the machine does hardly matters; with bytecode, as an installation has it.

Promises: ``gongkai --version`` ≤ 5, the check of one small report ≤ 12.
Run: ``python bench/startup.py [ROUNDS]``. Exit 1 where a promise is broken.
"""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

PROGRAM = "import sys; from gongkai.site.main import main; sys.exit(main())"
VERSION, CHECK = 5, 12
"""The promised multiples."""


def seconds(*line: str) -> float:
    """Processor time of one ``python -c LINE…``, its own and the system's for it. It must say nothing on stderr."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen(
        [sys.executable, "-c", *line], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=given
    )
    assert child.stderr
    with child.stderr as stream:
        said = stream.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if said:
        raise RuntimeError(said.decode())
    return used.ru_utime + used.ru_stime


def measure(report: Path, rounds: int) -> tuple[float, float, float]:
    """Seconds of ``python -c pass``, ``gongkai --version`` and ``gongkai report check REPORT``, medians."""
    lines = (["pass"], [PROGRAM, "--version"], [PROGRAM, "report", "check", str(report)])
    times: list[list[float]] = [[] for _ in lines]
    for turn in range(rounds + 1):
        for line, taken in zip(lines, times, strict=True):
            used = seconds(*line)
            if turn:  # the first turn fills caches: bytecode and the compiled rulebook
                taken.append(used)
    nothing, version, check = (median(taken) for taken in times)
    return nothing, version, check


def main() -> int:
    """Print both multiples for the lean committed page."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    nothing, version, check = measure(Path(__file__).parent / "inputs" / "lean.html", rounds)
    print(f"python -c pass          {nothing * 1000:6.1f} ms")
    print(f"gongkai --version       {version * 1000:6.1f} ms  {version / nothing:5.1f} × (promise ≤ {VERSION})")
    print(f"gongkai report check    {check * 1000:6.1f} ms  {check / nothing:5.1f} × (promise ≤ {CHECK})")
    return int(version > VERSION * nothing or check > CHECK * nothing)


if __name__ == "__main__":
    sys.exit(main())
