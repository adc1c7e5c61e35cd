"""Ways of ending: a closed pipe, Ctrl-C, errors in the user's language."""

import os
import signal
import subprocess
import time


def test_closed_pipe_is_quiet(make, broken, process, tmp_path) -> None:
    first = make("many/0.html", broken)
    for number in range(1, 60):
        (tmp_path / "many" / f"{number}.html").write_bytes(first.read_bytes())
    running = process("report", "read", tmp_path / "many")
    assert running.stdout.readline()
    running.stdout.close()
    assert running.wait(30) == 141
    assert running.stderr.read() == b""


def test_interrupt_is_quiet(make, broken, process, tmp_path) -> None:
    # A pipe that nobody writes to: the command waits on it for ever.
    waiting = tmp_path / "waiting.html"
    os.mkfifo(waiting)
    running = process("report", "check", make(cells=broken), waiting, "--format", "jsonl")
    assert running.stdout.readline()
    time.sleep(0.2)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 130
    assert running.stderr.read() == b""


def test_errors_come_in_the_language_asked_for(run, tmp_path) -> None:
    from gongkai.cli.columns import width

    for lang, ascii_only in (("zh", False), ("en", True)):
        ended = run("report", "check", tmp_path / "missing.html", "--lang", lang)
        assert ended.code == 2
        (line,) = ended.err.replace(str(tmp_path), "").splitlines()
        assert (width(line) == len(line)) is ascii_only


def test_process_is_a_real_one(process) -> None:
    running = process("--version")
    assert isinstance(running, subprocess.Popen)
    assert running.communicate()[0].startswith(b"gongkai ")
