"""Colour, width and progress, on a real terminal and off it."""

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "import sys; from gongkai.site.main import main; sys.exit(main())"
COLOUR = re.compile("\x1b\\[[0-9;]+m")


def on_terminal(*argv: object, out: bool = True, **environment: str) -> str:
    """What a person sees: stderr on a terminal, stdout too unless it goes to a file."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", PROGRAM, *map(str, argv)]
    given = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        command,
        stdout=follower if out else subprocess.DEVNULL,
        stderr=follower,
        stdin=follower,
        env={**given, "TERM": "xterm", **environment},
    )
    os.close(follower)
    seen = b""
    while select.select([leader], [], [], 60)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        seen += piece
    process.wait()
    os.close(leader)
    return seen.decode()


def test_colours_only_where_they_are_wanted(make, broken, real) -> None:
    line = ("report", "check", make(cells=broken))
    plain = real(*line, COLUMNS="80").out
    assert not COLOUR.search(plain)
    coloured = on_terminal(*line, COLUMNS="80")
    assert COLOUR.search(coloured)
    # Colour adds nothing that the words do not say.
    assert COLOUR.sub("", coloured).replace("\r\n", "\n") == plain
    assert not COLOUR.search(on_terminal(*line, NO_COLOR="1"))
    assert not COLOUR.search(on_terminal(*line, TERM="dumb"))
    assert COLOUR.search(real(*line, FORCE_COLOR="1").out)
    assert not COLOUR.search(real(*line, "--format", "jsonl", FORCE_COLOR="1").out)


@pytest.fixture
def many(make, tmp_path) -> Path:
    """Thirty reports in a folder."""
    first = make("many/00.html")
    for number in range(1, 30):
        (tmp_path / "many" / f"{number:02}.html").write_bytes(first.read_bytes())
    return tmp_path / "many"


def test_progress_on_a_terminal_for_many_files_and_gone_at_the_end(many, real) -> None:
    seen = on_terminal("report", "check", many, "--format", "jsonl", out=False)
    assert re.search(r"\d+/30", seen)
    # The last act is to take the bar back: one line up, erased.
    assert seen.endswith("\x1b[1A\x1b[2K")
    assert real("report", "check", many, "--format", "jsonl").err == ""


def test_no_progress_for_a_few_quick_files(make) -> None:
    assert on_terminal("report", "check", make(), "--format", "jsonl", out=False) == ""


def test_a_narrow_encoding_does_not_end_the_run(make, broken, real) -> None:
    ended = real("report", "check", make(cells=broken), PYTHONIOENCODING="ascii")
    assert ended.code == 1 and "\\u" in ended.out and ended.err == ""
