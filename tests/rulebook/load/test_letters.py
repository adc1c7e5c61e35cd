"""The letters of the rulebook: each with its source, exactly its gaps, and the basis that the answer names."""

import shutil
from pathlib import Path

import pytest

from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.letters import FOLDER, letters, load
from gongkai.rulebook.load.outcomes import outcomes


def test_every_answer_has_a_letter_and_every_file_is_read():
    assert list(letters().answers) == list(outcomes().by_code)
    known = {"common", "receipt", "correction-notice", "extension-notice", "reply"}
    known |= {f"reply-{code}" for code in outcomes().by_code}
    assert {file.stem for file in FOLDER.glob("*.toml")} == known


def test_the_basis_is_the_article_of_the_answer():
    for code, words in letters().answers.items():
        article = outcomes().answer(code).article
        assert words.source
        if article.startswith("第"):
            assert words.basis is not None
            for each in article.split("、"):
                assert each.removeprefix("国办函〔2020〕109号") in words.basis, code


def test_grounds_of_refusal_say_what_a_partial_answer_says_of_them():
    for code, words in letters().answers.items():
        assert (words.part is not None) == (outcomes().answer(code).grounds == "own")


BROKEN = [
    ("receipt", "{due}", "", r"receipt\.toml: due: must have exactly these gaps: \{due\}"),
    ("receipt", "{code}", "{code!r}", r"receipt\.toml: query: must have exactly"),
    ("receipt", "{code}", "{code", r"receipt\.toml: query: braces"),
    ("receipt", "fax = ", "telefax = ", r"receipt\.toml: channels\.fax: is missing"),
    ("reply-R4.1", "{said}", "", r"reply-R4\.1\.toml: elements\.search: must have"),
    ("reply-R4.1", "search = ", "reason = ", r"reply-R4\.1\.toml: elements\.search: is missing"),
    ("reply-R3.6", "part = ", "piece = ", r"reply-R3\.6\.toml: part: is missing"),
    ("reply-R1", "basis = ", "bases = ", r"reply-R1\.toml: bases: unknown key"),
    ("reply-R1", "{organ}", "{agency}", r"reply-R1\.toml: title: must have"),
    ("common", "person = ", "person = 3 #", r"common\.toml: person: must be text"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN)
def test_a_broken_letter_is_named_by_file_and_key(tmp_path: Path, file, old, new, said):
    folder = tmp_path / "letters"
    shutil.copytree(FOLDER, folder)
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError, match=said):
        load(folder, outcomes())


def test_a_letter_that_is_missing_is_named(tmp_path: Path):
    folder = tmp_path / "letters"
    shutil.copytree(FOLDER, folder)
    (folder / "reply-R2.toml").unlink()
    with pytest.raises(RulebookError, match=r"reply-R2\.toml"):
        load(folder, outcomes())
