"""The forms as data: what they hold, and how a broken file is refused."""

import shutil
from pathlib import Path

import pytest

from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.forms import FOLDER, LABELS, form, forms, load

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))


def test_both_forms_have_their_cells():
    counts = {f.id: {t.id: len(list(t.cells())) for t in f.tables} for f in forms()}
    # Counted by hand on the printed forms: 25 and 23 rows of 7 columns, one row of 15.
    assert counts == {
        "annual-2021": {"art20": 10, "requests": 175, "review": 15},
        "annual-2019": {"art20": 22, "requests": 161, "review": 15},
    }


def test_the_sums_of_the_current_form():
    current = form("annual-2021")
    per_rule: dict[str, int] = {}
    for identity in current.identities:
        per_rule[identity.rule] = per_rule.get(identity.rule, 0) + 1
    # 25 rows and the single row of the older form; seven columns; three groups of table four; two rows in force.
    assert per_rule == {
        "row-total": 26,
        "column-total": 7,
        "balance": 7,
        "review-total": 3,
        "carry-over": 7,
        "in-force-rollover": 2,
    }
    assert len(current.identities_of("column-total")[0].plus) == 22


def test_an_unknown_form_names_those_that_exist():
    with pytest.raises(KeyError, match="annual-2019"):
        form("annual-1999")


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_broken_form_names_file_key_and_fault(broken, tmp_path):
    first, text = broken.read_text(encoding="utf-8").split("\n", 1)
    expected = first.removeprefix("# expect: ")
    (tmp_path / broken.name).write_text(text, encoding="utf-8")
    shutil.copy(FOLDER / LABELS, tmp_path)
    with pytest.raises(RulebookError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{broken.name}: {expected}")


def test_a_folder_without_labels_or_forms_is_named(tmp_path):
    with pytest.raises(RulebookError, match=r"labels\.toml: is missing"):
        load(tmp_path)
    shutil.copy(FOLDER / LABELS, tmp_path)
    with pytest.raises(RulebookError, match="holds no form"):
        load(tmp_path)


def test_a_label_without_text_is_named(tmp_path):
    text = (FOLDER / LABELS).read_text(encoding="utf-8")
    (tmp_path / LABELS).write_text(
        text.replace('carried_out = { text = "四、结转下年度继续办理",', "carried_out = {"), encoding="utf-8"
    )
    with pytest.raises(RulebookError, match=r"labels\.toml: rows\.carried_out\.text: is missing"):
        load(tmp_path)
