"""The words of prose checks: valid as they stand, refused with file and key where they are not."""

import shutil
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from gongkai.core.checks.words import Figure, Pattern
from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.forms import forms
from gongkai.rulebook.load.words import FOLDER, load


def test_every_expression_compiles():
    words = load(FOLDER, strict=True)
    assert len({figure.id for figure in words.prose.figures}) == len(words.prose.figures) > 40


def test_every_reading_names_cells_of_a_form():
    rows = {tuple(cell.split("/")) for form in forms() for cell in form.types}
    for figure in load(FOLDER).prose.figures:
        for reading in figure.readings:
            for cell in reading:
                table, row, column = cell.split("/")
                assert any(
                    (t, c) == (table, column) and (r == row or (row[-1] == "*" and r.startswith(row[:-1])))
                    for t, r, c in rows
                ), cell


def test_a_pattern_is_compiled_when_first_used():
    broken = Pattern("(", ("公开",))
    assert broken.search("无关") is None
    with pytest.raises(Exception, match="unterminated"):
        broken.search("公开")


def guarded(value):
    """Every pattern with guards in the words, and every one under the guards of its figure."""
    if isinstance(value, Pattern):
        if value.guards:
            yield value
    elif isinstance(value, Figure):
        for said in (value.said, value.none):
            if said is not None:
                yield Pattern(said.text, value.guards)
    elif is_dataclass(value):
        for field in fields(value):
            yield from guarded(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from guarded(item)


@pytest.mark.parametrize("pattern", list(dict.fromkeys(guarded(load(FOLDER)))), ids=lambda pattern: pattern.text[:30])
def test_whatever_a_pattern_matches_holds_one_of_its_guards(pattern):
    @settings(max_examples=60, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.from_regex(pattern.regex, alphabet=st.characters(exclude_categories=["Cs"])))
    def holds(text):
        assert pattern.may_match(text), text

    try:
        holds()
    except Unsatisfiable:
        pytest.fail("no example was found")


FAULTS = {
    "figures.toml": [
        ("words = '不予处理'", "words = '不予处理('", "said: is no regular expression"),
        ('said = ["{result}", "{result_after}"]', 'said = ["{outcom}"]', "no fragment {outcom}"),
        ('flags = ["whole"]', 'flags = ["hole"]', "known are whole and shared"),
        ('table = "review"', 'table = "reviews"', "no \\[context\\] for 'reviews'"),
        ('unless = "outcomes"', 'unless = "outcome"', "no 'outcome'"),
        ('topic = "litigation"', 'topic = "court"', "'litigation.upheld' belongs"),
        ('id = "new"', 'name = "new"', "id: is missing"),
    ],
    "years.toml": [
        ("part = ", "parts = ", "part: is missing"),
        ('guards = ["12"', 'guards = ["", "12"', "must be a list"),
    ],
    "tables.toml": [("marks", "mark", "marks: is missing"), ("[blanks]", "[blanks", "not valid TOML")],
    "bases.toml": [("replaced_from = 2021", 'replaced_from = "2021"', "must be a whole number")],
    "fee.toml": [("since = 2021", "since = 2021\nuntil = 2030", "unknown key")],
}


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"), [(file, *fault) for file, faults in FAULTS.items() for fault in faults]
)
def test_a_fault_is_named_with_file_and_key(tmp_path, file, right, wrong, said):
    folder = shutil.copytree(FOLDER, tmp_path / "words")
    text = (folder / file).read_text(encoding="utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(RulebookError, match=said.replace("{", "\\{").replace("}", "\\}")) as fault:
        load(folder, strict=True)
    assert fault.value.file in (file, "prose.toml")


def test_a_missing_file_is_named(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "words")
    (folder / "fee.toml").unlink()
    with pytest.raises(RulebookError, match=r"fee\.toml: is missing"):
        load(folder)
