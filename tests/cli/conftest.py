"""Invented reports as HTML files, and the command run in this process or as a real one."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

import pytest

from gongkai.documents.write import write
from gongkai.documents.write.json import from_json
from gongkai.rulebook.load.forms import form

FORM = form("annual-2021")

PARTS = {
    1: "（一）主动公开。本年通过门户网站及时发布信息。\n（二）依申请公开。依法受理申请。\n"
    "（三）政府信息管理。发布前逐条审核。\n（四）平台建设。维护网站专栏。\n（五）监督保障。组织业务培训和考核。",
    2: "",
    3: "",
    4: "",
    5: "存在的主要问题是公开内容不够丰富。下一步将充实内容，加强培训。",
    6: "本年度没有收取政府信息公开信息处理费。",
}

ONE_GRANTED = {
    f"requests/{row}/{column}": 1 for row in ("new", "granted", "total") for column in ("natural_person", "total")
}


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write an invented report: a sound one but for the ``cells`` given."""

    def make(
        name: str = "report.html",
        cells: Mapping[str, int | None] | None = None,
        agency: str = "青川市档案局",
        year: int = 2021,
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        figures = dict.fromkeys((cell for table in FORM.tables for cell in table.cells()), 0)
        data = {
            "form": FORM.id,
            "agency": agency,
            "year": year,
            "title": f"{agency}{year}年政府信息公开工作年度报告",
            "opening": f"本报告由{agency}编制，数据的统计期限为{year}年1月1日至{year}年12月31日。",
            "cells": {**figures, **ONE_GRANTED, **(cells or {})},
            "parts": [
                {"number": part.number, "title": part.label.text, "text": PARTS[part.number]} for part in FORM.parts
            ],
        }
        write(from_json(data, name), path)
        return path

    return make


@pytest.fixture
def broken() -> dict[str, int]:
    """Cells that break four sums, with one way to mend them."""
    return {"requests/total/natural_person": 0, "requests/total/total": 0}


@pytest.fixture
def ambiguous() -> dict[str, int]:
    """A total of three with nothing in it: that or any one of four results may be wrong."""
    return {"review/reconsideration/total": 3}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Run a command line in this process."""
    from gongkai.site.main import main

    monkeypatch.setenv("COLUMNS", "80")

    def run(*argv: object) -> Ended:
        code = main([str(word) for word in argv])
        caught = capsys.readouterr()
        return Ended(code, caught.out, caught.err)

    return run


def command(*argv: object) -> list[str]:
    """The command as a real process: what the installed script does."""
    program = "import sys; from gongkai.site.main import main; sys.exit(main())"
    return [sys.executable, "-c", program, *map(str, argv)]


@pytest.fixture(scope="session")
def real() -> Callable[..., Ended]:
    """Run a command line as a process of its own, its output a pipe."""

    def real(*argv: object, **environment: str) -> Ended:
        ended = subprocess.run(
            command(*argv), capture_output=True, encoding="utf-8", env={**os.environ, **environment}, check=False
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    return real


def _heed_interrupts() -> None:
    """Whoever runs the tests in the background has Ctrl-C ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def process() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a command and leave it running; ended at the latest with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def process(*argv: object, stdout: int | IO[str] = subprocess.PIPE) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(command(*argv), stdout=stdout, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts)
        )
        return started[-1]

    yield process
    for running in started:
        running.kill()
        running.communicate()
