"""What a page lets another process do: answered, ended when it takes too long, refused when too many are at it."""

import time
from pathlib import Path
from threading import Thread

import pytest

from gongkai.pages.processes import Busy, Late, Processes


@pytest.fixture
def module(tmp_path, monkeypatch):
    """``module(code)``: the name of a module of this code."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def written(code: str) -> str:
        (tmp_path / "work_of_a_page.py").write_text(code, "utf-8")
        return "work_of_a_page"

    return written


def test_it_is_given_and_answers(module):
    name = module("import sys; print(sys.argv[1], sys.stdin.read()); print('why', file=sys.stderr); sys.exit(3)")
    ended = Processes(name, deadline=20, turn=1).run("x", "字".encode())
    assert (ended.stdout.decode(), ended.stderr.decode(), ended.returncode) == ("x 字\n", "why\n", 3)


def test_what_takes_too_long_is_ended(module, tmp_path):
    name = module(f"import os, time; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    begun = time.monotonic()
    with pytest.raises(Late):
        Processes(name, deadline=2, turn=1).run("x", b"")
    assert time.monotonic() - begun < 10
    assert not _lives(int((tmp_path / "pid").read_text()))


def test_what_does_not_listen_is_killed(module, tmp_path):
    code = "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    name = module(f"{code} open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    with pytest.raises(Late):
        Processes(name, deadline=2, turn=1).run("x", b"")
    assert not _lives(int((tmp_path / "pid").read_text()))


def test_what_takes_too_much_memory_ends(module):
    code = "import sys; from gongkai.pages.processes import begin; begin(1 << 28); bytearray(1 << int(sys.argv[1]))"
    processes = Processes(module(code), deadline=20, turn=1)
    assert [processes.run(power, b"").returncode for power in ("20", "29")] == [0, 1]


def test_no_more_at_once_than_may(module):
    processes = Processes(module("import sys, time; time.sleep(float(sys.argv[1]))"), deadline=20, turn=0.2, most=1)
    first = Thread(target=processes.run, args=("2", b""))
    first.start()
    while processes._free._value:
        time.sleep(0.01)
    with pytest.raises(Busy):
        processes.run("0", b"")
    first.join()
    assert processes.run("0", b"").returncode == 0


def _lives(pid: int) -> bool:
    line = Path(f"/proc/{pid}/cmdline")
    return line.exists() and b"work_of_a_page" in line.read_bytes()
