"""docs/files.md and its Chinese page: every example is taken, and every event of a request has its line."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gongkai.core.ledger.events import own_fields
from gongkai.core.ledger.request import FOLLOWING_EVENTS
from gongkai.documents.register import read_mapping, read_register
from gongkai.rulebook.load.calendar import calendar

OURS = {"content", "document"}
"""What only the product itself writes into a reply."""
FOLDER = Path(__file__).parents[2] / "docs"
PAGES = ("files.md", "files.zh-CN.md")
each_page = pytest.mark.parametrize("page", PAGES)


@pytest.fixture
def gongkai(tmp_path):
    """The command as a process of its own, on an installation of its own."""
    program = "import sys; from gongkai.site.main import main; sys.exit(main())"
    data = {**os.environ, "GONGKAI_DATA": str(tmp_path / "data"), "GONGKAI_DATABASE_URL": ""}

    def gongkai(*words):
        command = [sys.executable, "-c", program, *map(str, words)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=data, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return gongkai


def text(page):
    return (FOLDER / page).read_text("utf-8")


def blocks(page, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", text(page), re.MULTILINE | re.DOTALL)


def lines(page):
    return [line.strip() for line in text(page).splitlines() if line.startswith('    {"')]


def test_both_pages_have_the_same_examples():
    for kind in ("toml", "python"):
        first, second = (blocks(page, kind) for page in PAGES)
        assert len(first) == len(second) > 0
    assert lines(PAGES[0]) == lines(PAGES[1])


@each_page
def test_cases_and_registers_are_taken(page, tmp_path, gongkai):
    *cases, register = lines(page)
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(cases), "utf-8")
    answers = [json.loads(line) for line in gongkai("law", "clock", path, "--format", "jsonl").splitlines()]
    assert len(answers) == 2 and all(answer["due_on"] for answer in answers)
    path.write_text(register, "utf-8")
    assert not read_register(path).problems and len(read_register(path).lines) == 1


@each_page
def test_every_event_of_a_request_and_its_fields_are_listed(page):
    table = [line for line in text(page).splitlines() if line.startswith("| `")]
    for kind in FOLLOWING_EVENTS.values():
        (line,) = (line for line in table if f"`{kind.name}`" in line.split("|")[1])
        for field in set(own_fields(kind)) - OURS:
            assert f"`{'with' if field == 'consulted' else field}`" in line, (kind.name, field)


@each_page
def test_the_mapping_and_the_calendars_are_taken(page, tmp_path):
    mapping, year, region = blocks(page, "toml")
    (tmp_path / "names.toml").write_text(mapping, "utf-8")
    found = read_mapping(tmp_path / "names.toml")
    assert found.columns == {"群众来信日期": "received_on", "结果说明": "outcome", "备注": "ignored"}
    assert found.values == {"channel": {"来信": "post_signed"}, "outcome": {"给了": "granted"}}
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "2027.toml").write_text(year, "utf-8")
    (folder / "530000.toml").write_text(region, "utf-8")
    assert calendar(None, folder).after(date(2027, 2, 1), 20) == date(2027, 3, 8)
    assert not calendar("530000", folder).is_working(date(2026, 3, 3))


@each_page
def test_the_program_comes_to_the_same_head(page, tmp_path, gongkai):
    (tmp_path / "register.jsonl").write_text(lines(page)[-1], "utf-8")
    gongkai("ledger", "import", tmp_path / "register.jsonl")
    target = tmp_path / "out.jsonl"
    head = json.loads(gongkai("ledger", "export", "-o", target, "--format", "jsonl"))["head"]
    (program,) = blocks(page, "python")
    (tmp_path / "head.py").write_text(program, "utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "head.py", target], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == f"{head} as the last line says"
