"""The words of registers: sound as they stand, refused with file and key where they are not."""

import shutil

import pytest

from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.register import CONCEPTS, FOLDER, load, meanings, outcomes, register_words


def test_the_words_are_complete():
    words = register_words()
    assert tuple(column.concept for column in words.columns) == CONCEPTS
    assert words.word("received_on") == "收到日期"
    assert {field: tuple(found.words) for field, found in words.fields.items()} == meanings()


def test_printed_labels_of_the_report_are_known_too():
    fields = register_words().fields
    assert fields["outcome"].words["unable.not_held"][0] == "1.本机关不掌握相关政府信息"
    assert fields["applicant_kind"].words["legal_service"][0] == "法律服务机构"
    assert fields["result"].words["upheld"][:2] == ("结果维持", "维持")


def test_the_outcomes_are_the_rows_that_a_request_can_end_in():
    assert len(outcomes()) == 21
    assert outcomes().isdisjoint(("total", "new", "carried_out", "other.all", "withdrawn", "open"))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("columns.toml", "[neutral]", "[neutrals]", "neutral: is missing"),
        ("columns.toml", "subject = {", "subjects = {", r"columns\.subject: is missing"),
        ("columns.toml", "[columns]\n", '[columns]\ncolour = { text = "颜色" }\n', r"columns\.colour: unknown key"),
        ("columns.toml", 'under = "fee"', 'under = "fees"', "under: must be one of"),
        ("columns.toml", "[rows]", "rows = 3\n[others]", "rows"),
        ("values.toml", "[opinion]\n", '[opinion]\nmaybe = ["也许"]\n', r"opinion\.maybe: unknown key"),
        ("values.toml", "[yes_no]", "[yes]", "yes_no: is missing"),
        ("values.toml", "[result]", "[result", "not valid TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_key(tmp_path, name, old, new, said):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / name).read_text("utf-8")
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError, match=rf"{name}.*{said}"):
        load(tmp_path)


def test_a_missing_or_foreign_file_is_named(tmp_path):
    with pytest.raises(RulebookError, match=r"columns\.toml: is missing"):
        load(tmp_path)
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "values.toml").write_bytes("甲".encode("gb18030"))
    with pytest.raises(RulebookError, match=r"values\.toml: is not UTF-8"):
        load(tmp_path)
