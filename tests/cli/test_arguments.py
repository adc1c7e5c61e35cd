"""Command lines, good and bad, in both languages."""

import re

import pytest

from gongkai import __version__
from gongkai.cli.arguments import language
from gongkai.cli.report import COMMANDS

HELPS = [[], ["report"], *(["report", name] for name in COMMANDS)]


def test_version(run) -> None:
    assert run("--version") == (0, f"gongkai {__version__}\n", "")


@pytest.mark.parametrize("words", HELPS, ids=" ".join)
def test_help_is_whole_in_both_languages(run, words) -> None:
    chinese, english = run(*words, "--help"), run("--lang", "en", *words, "--help")
    assert chinese.code == english.code == 0
    assert chinese.err == english.err == ""
    assert chinese.out.startswith("用法：gongkai")
    assert english.out.startswith("usage: gongkai")
    assert not re.search("[\u3000-\u9fff]", english.out)
    for text in (chinese.out, english.out):
        assert "terminal." not in text and "help." not in text
        assert not re.search(r"\b(positional|show this help message)\b", text)
    # The Chinese help has no half-width colons, nor the English full-width ones.
    assert not re.search(r":$", chinese.out, re.MULTILINE) and "：" not in english.out
    # Every line of words in the Chinese help is Chinese.
    assert all(
        re.search("[\u4e00-\u9fff]", line)
        for line in chinese.out.splitlines()
        if re.search(r"  \b[a-z]+ [a-z]+ [a-z]+", line)
    )


def test_the_first_help_names_every_command_on_reports(run) -> None:
    for lang in ("zh", "en"):
        text = run("--help", "--lang", lang).out
        assert re.findall(r"gongkai report (\w+)  ", text) == list(COMMANDS)


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        ([], "缺少参数：COMMAND", "the following arguments are required: COMMAND"),
        (["report", "check"], "缺少参数：PATH", "the following arguments are required: PATH"),
        (["report", "guess"], "没有 guess 这个命令，可用的有：gongkai report read、", "no command guess; there are: "),
        (
            ["report", "chek"],
            "没有 chek 这个命令，您要的可能是：gongkai report check",
            "you mean: gongkai report check",
        ),
        (["check", "a.docx"], "没有 check 这个命令，您要的可能是：gongkai report check", "mean: gongkai report check"),
        (["Repiar", "a.docx"], "您要的可能是：gongkai report repair", "perhaps you mean: gongkai report repair"),
        (["reprot", "check"], "您要的可能是：gongkai report", "perhaps you mean: gongkai report"),
        (["a.docx"], "没有 a.docx 这个命令，可用的有：gongkai report read、", "there are: gongkai report read, "),
        (["report", "check", "a", "--format", "xml"], "不支持 'xml'，可选：", "invalid choice: 'xml'"),
        (["report", "check", "a", "--prev", "b"], "不认识的参数：--prev b", "unknown arguments: --prev b"),
        (["report", "check", "a", "--previous"], "后面要有一个值", "expected one argument"),
        (["report", "repair", "a", "-o", "b.pdf", "--choose", "two"], "'two' 不是有效的值", "invalid value: 'two'"),
        (["report", "read", "a", "--provenance=yes"], "后面不能带值，多了 'yes'", "takes no value, found 'yes'"),
    ],
)
def test_wrong_usage_says_what_and_where_help_is(run, words, chinese, english) -> None:
    for lang, fault, hint in (
        (["--lang", "zh"], chinese, "用法说明：gongkai"),
        (["--lang=en"], english, "For help: gongkai"),
    ):
        ended = run(*lang, *words)
        assert (ended.code, ended.out) == (2, "")
        assert fault in ended.err and hint in ended.err
        assert len(ended.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["report", "check", "a", "--prev", "b"], "gongkai report check"),
        (["report", "write", "a", "-o", "b.pdf", "-x"], "gongkai report write"),
        (["report", "--bogus", "check", "a"], "gongkai report"),
        (["--bogus", "report", "check", "a"], "gongkai"),
    ],
)
def test_an_unknown_option_leads_to_the_help_of_the_command_that_got_it(run, words, command) -> None:
    fault, hint = run(*words).err.splitlines()
    assert fault.startswith(f"{command}：用法有误。不认识的参数：")
    assert hint == f"用法说明：{command} --help"
    assert run("--lang", "en", *words).err.splitlines()[1] == f"For help: {command} --help"


def test_language_may_be_asked_for_anywhere() -> None:
    assert language(["report", "--lang", "en", "check", "a"]) == "en"
    assert language(["report", "check", "a", "--lang=en"]) == "en"
    assert language(["report", "check", "a"]) == "zh"
    assert language(["report", "check", "--lang"]) == "zh"
    assert language(["report", "check", "--", "--lang=en"]) == "zh"
