"""Every sentence in both languages, and every message of the code with a sentence."""

import ast
import re
import string
from pathlib import Path

import pytest

import gongkai
from gongkai.core.checks.run import RULES
from gongkai.core.ledger.events import EVENTS
from gongkai.core.message import message
from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.messages import LANGS, catalogue, cell_label, load, render

SOURCE = Path(gongkai.__file__).parent
PER_LANGUAGE = {"read.replaced-form": {"name", "form"}, "writing.wrong-type": {"zh", "en"}}
"""Gaps filled with words of one language only, by message."""

ID = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$")


def test_every_event_has_a_name():
    assert {f"event.{name}" for name in EVENTS} <= catalogue().keys()


def gaps(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def used():
    """Ids given to ``message`` as plain strings anywhere in the source, with the names of their params."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "message"
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    names = {keyword.arg for keyword in node.keywords}
                    yield f"{file.name}:{node.lineno}", first.value, None if None in names else names


def test_lists_whose_words_hold_the_comma_are_parted_otherwise():
    said = render(message("register.unknown-value", sheet="", column="x", found="y", field="z", known=("甲、乙", "丙")))
    assert "甲、乙；丙" in said


def test_a_message_within_a_message_is_rendered():
    inner = message("ledger.no-events")
    said = render(message("ledger.broken-history", number="甲1", fault=inner))
    assert render(inner) in said


def test_both_languages_have_the_same_gaps():
    assert catalogue()
    for id, sentences in catalogue().items():
        zh, en = (gaps(sentences[lang]) for lang in LANGS)
        own = PER_LANGUAGE.get(id, set())
        assert zh - own == en - own, id


def test_every_message_of_the_code_has_its_sentence_and_what_fills_it():
    known = catalogue()
    calls = [call for call in used() if "{" not in call[1] and call[1] != "my-rule.what-is-wrong"]
    assert len(calls) > 20
    for where, id, names in calls:
        assert id in known, f"{where}: {id}"
        for lang in LANGS:
            if names is not None:
                assert gaps(known[id][lang]) <= names, f"{where}: {id}"


def test_every_sentence_of_the_checks_is_said():
    """Ids chosen by a variable are strings in the file of their check."""
    text = {module.RULE.id: Path(module.__file__).read_text(encoding="utf-8") for module in RULES}
    sums = (Path(RULES[0].__file__).parent / "sums.py").read_text(encoding="utf-8")
    for id in catalogue():
        rule, _, what = id.rpartition(".")
        if rule in text:
            assert f'"{id}"' in text[rule] or f'}}.{what}"' in sums, id


def test_every_rule_has_its_words():
    for module in RULES:
        for what in ("title", "text"):
            assert set(catalogue()[f"rule.{module.RULE.id}.{what}"]) == set(LANGS)


def test_cells_are_shown_by_their_printed_labels():
    said = message("row-total.broken", cell="requests/total/natural_person", found=0, expected=1)
    assert render(said) == "表三「（七）总计 · 自然人」填写为 0，与本行各栏之和 1 不符。请核对本行各数。"
    assert render(said, "en").startswith("requests/total/natural_person reads 0, ")
    assert cell_label("requests/refused.law/total") == "表三「（三）不予公开 2.其他法律行政法规禁止公开 · 总计」"
    assert cell_label("requests/refused/total") == "表三「（三）不予公开 · 总计」"
    assert cell_label("review/litigation/total") == "表四「行政诉讼 · 总计」"
    assert cell_label("art20/fees/amount_10k_yuan") == "表二「行政事业性收费 · 本年收费金额（单位：万元）」"
    assert cell_label("art20/procurement/items") == "表二「政府集中采购 · 采购项目数量」"
    assert cell_label("requests/new/organisations").startswith("表三「一、本年新收政府信息公开申请数量")
    assert cell_label("unknown/cell/here") == "unknown/cell/here"


def test_blanks_and_lists_are_shown_in_words():
    blank = message("carry-over.blank", cell="requests/carried_in/total", found=None, expected=2, previous="2020.html")
    assert "空白" in render(blank) and "is blank" in render(blank, "en")


def test_parts_are_numbered_as_they_are_printed():
    said = message("missing-part.part", part_number=6, part="其他需要报告的事项")
    assert "缺少第六部分" in render(said) and render(said, "en").startswith("Part 6,")


def test_a_message_without_words_is_no_crash():
    assert render(message("no.such", found=3)) == "no.such (found=3)"
    assert render(message("no.such")) == "no.such"
    assert render(message("row-total.broken", found=3), "en") == "row-total.broken (found=3)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["a.b"]\nzh = "甲"', "en: is missing"),
        ('["a.b"]\nzh = "甲"\nen = "a"\nde = "a"', "unknown key"),
        ('["a.b"\n', "cannot be read"),
        ('["a.b"]\nzh = ""\nen = "a"', "zh: must be text"),
    ],
)
def test_a_broken_file_is_named(tmp_path, text, said):
    (tmp_path / "topic.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="topic.toml.*" + said):
        load(tmp_path)


def test_an_id_stands_in_one_file_only(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text('["a.b"]\nzh = "甲"\nen = "a"', encoding="utf-8")
    with pytest.raises(RulebookError, match=r"b\.toml.*another file"):
        load(tmp_path)
