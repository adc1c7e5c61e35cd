"""README and docs/commands, in both languages, show what really happens and name everything that there is."""

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
COMMANDS = {"en": ROOT / "docs" / "commands.md", "zh": ROOT / "docs" / "commands.zh-CN.md"}
SEVERITIES = {
    "en": {"error": "error", "warning": "warning", "notice": "notice"},
    "zh": {"error": "错误", "warning": "警告", "notice": "提示"},
}
each_language = pytest.mark.parametrize("lang", READMES)


def blocks(page, kind):
    """The fenced blocks of one kind."""
    return re.findall(rf"^```{kind}\n(.*?)\n```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder with the examples in it and a place for what is written."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@each_language
def test_what_is_shown_is_what_happens(lang):
    shown = blocks(READMES[lang], "console")
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
    (program,) = blocks(COMMANDS[lang], "python")
    said = io.StringIO()
    with redirect_stdout(said):
        exec(compile(program, COMMANDS[lang].name, "exec"), {})
    first, *findings = said.getvalue().splitlines()
    assert first == "青川市云岭区文化旅游局 2025 2"
    assert findings[0].startswith("row-total requests/new/total ")


@each_language
def test_every_rule_is_in_the_table(lang):
    rows = re.findall(r"^\| `([a-z-]+)` \| (\S+) \| (.+) \|$", COMMANDS[lang].read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (rule.RULE.id, SEVERITIES[lang][rule.RULE.severity], render(Message(f"rule.{rule.RULE.id}.title", {}), lang))
        for rule in RULES
    ]


@each_language
def test_every_command_and_format_is_named(lang, capsys):
    text = COMMANDS[lang].read_text("utf-8")
    assert main(["report", "--help"]) == 0
    commands = re.findall(r"^    ([a-z]+)  ", capsys.readouterr().out, re.MULTILINE)
    assert set(commands) == set(re.findall(r"^\| `gongkai report (\w+)", text, re.MULTILINE))
    for suffix in SUFFIXES:
        assert suffix.removeprefix(".").upper() in text


@each_language
def test_links_lead_somewhere(lang):
    for page in (READMES[lang], COMMANDS[lang]):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), target


@each_language
def test_the_first_screen_is_a_sentence_two_commands_and_three_pictures(lang):
    first, _, _ = READMES[lang].read_text("utf-8").partition("\n## ")
    sentence, commands, pictures = first.split("\n\n")[1:4]
    assert len(re.findall(r"[.。](?= |\[|$)", sentence.replace("\n", " "))) == 1
    assert [line.split()[:2] for line in commands.splitlines()] == [["make", "run"], ["make", "test"]]
    assert re.findall(r"!\[[^\]]+\]\((\S+?)\)", pictures) == [
        f"docs/pictures/{name}.{lang}.png" for name in ("broken", "case", "board")
    ]
