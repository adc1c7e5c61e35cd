"""Ways of ending: a closed pipe, Ctrl-C, errors in the user's language."""

import signal
import subprocess
from pathlib import Path

import pytest

from gongkai.cli.columns import width


@pytest.fixture
def many(make, broken, tmp_path) -> Path:
    """Work for some seconds, and more output than a pipe holds."""
    first = make("many/0.html", broken)
    for number in range(1, 500):
        (tmp_path / "many" / f"{number}.html").hardlink_to(first)
    return tmp_path / "many"


def test_closed_pipe_is_quiet(many, process) -> None:
    running = process("report", "read", many)
    assert running.stdout.readline()
    running.stdout.close()
    assert running.wait(30) == 141
    assert running.stderr.read() == b""


@pytest.mark.parametrize("command", ["read", "check"])
def test_interrupt_is_quiet(many, process, command) -> None:
    running = process("report", command, many, "--format", "jsonl")
    assert running.stdout.readline()
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    assert running.stderr.read() == b""


def test_a_full_disk_is_one_line(make, broken, process) -> None:
    with Path("/dev/full").open("w") as full:
        running = process("report", "check", make(cells=broken), stdout=full)
        assert running.wait(30) == 2
    (line,) = running.stderr.read().decode().splitlines()
    assert "OSError" in line and "磁盘已满" in line


def test_errors_come_in_the_language_asked_for(run, tmp_path) -> None:
    for lang, ascii_only in (("zh", False), ("en", True)):
        ended = run("report", "check", tmp_path / "missing.html", "--lang", lang)
        assert ended.code == 2
        (line,) = ended.err.replace(str(tmp_path), "").splitlines()
        assert (width(line) == len(line)) is ascii_only


def test_process_is_a_real_one(process) -> None:
    running = process("--version")
    assert isinstance(running, subprocess.Popen)
    assert running.communicate()[0].startswith(b"gongkai ")
