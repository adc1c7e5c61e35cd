"""README.md and README.zh-CN.md show what really happens, and name everything that there is."""

import io
import re
import shlex
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from gongkai.core.checks.run import RULES
from gongkai.core.message import Message
from gongkai.documents.write import SUFFIXES
from gongkai.rulebook.load.messages import render
from gongkai.site.main import main

ROOT = Path(__file__).parents[2]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
SEVERITIES = {
    "en": {"error": "error", "warning": "warning", "notice": "notice"},
    "zh": {"error": "错误", "warning": "警告", "notice": "提示"},
}
each_language = pytest.mark.parametrize("lang", READMES)


def blocks(lang, kind):
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)\n```$", READMES[lang].read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with the examples in it and a place for what is written."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@each_language
def test_what_is_shown_is_what_happens(lang):
    shown = blocks(lang, "console")
    assert len(shown) == 2
    for block in shown:
        command, _, output = block.partition("\n")
        words = shlex.split(command.removeprefix("$ "))
        assert words.pop(0) == "gongkai"
        said = io.StringIO()
        with redirect_stdout(said):
            main(words)
        assert said.getvalue().strip("\n") == output


@each_language
def test_the_program_runs(lang):
    (program,) = blocks(lang, "python")
    said = io.StringIO()
    with redirect_stdout(said):
        exec(compile(program, READMES[lang].name, "exec"), {})
    first, *findings = said.getvalue().splitlines()
    assert first == "青川市云岭区文化旅游局 2025 2"
    assert findings[0].startswith("row-total requests/new/total ")


@each_language
def test_every_rule_is_in_the_table(lang):
    rows = re.findall(r"^\| `([a-z-]+)` \| (\S+) \| (.+) \|$", READMES[lang].read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (rule.RULE.id, SEVERITIES[lang][rule.RULE.severity], render(Message(f"rule.{rule.RULE.id}.title", {}), lang))
        for rule in RULES
    ]


@each_language
def test_every_command_and_format_is_named(lang, capsys):
    text = READMES[lang].read_text("utf-8")
    assert main(["report", "--help"]) == 0
    commands = re.findall(r"^    ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE)
    assert set(commands) == set(re.findall(r"^\| `gongkai report (\w+)", text, re.MULTILINE))
    for suffix in SUFFIXES:
        assert suffix.removeprefix(".").upper() in text


@each_language
def test_links_lead_somewhere(lang):
    for target in re.findall(r"\]\(([^)]+)\)", READMES[lang].read_text("utf-8")):
        assert (ROOT / target).exists(), target
