"""The columns of the platform: the four that are obligatory, every head of Art. 20; faults are named."""

import pytest

from gongkai.rulebook.load.columns import FILE, columns, load
from gongkai.rulebook.load.fields import RulebookError


def test_the_obligatory_columns_in_their_order():
    assert [top.id for top in columns().tops] == ["guide", "rules", "items", "reports"]
    assert [top.zh for top in columns().tops] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
    ]


def test_every_head_of_article_20_has_a_column():
    items = columns().find("items")
    assert [part.id for part in items.parts[:2]] == ["regulations", "normative_documents"]
    for head in (*"一二三四五六七八九十", "十一", "十二", "十三", "十四", "十五"):
        assert any(f"第二十条第（{head}）项" in part.source for part in items.parts), head


def test_items_stand_in_leaves_only():
    leaves = {leaf.id for leaf in columns().leaves}
    assert {"guide", "plans"} <= leaves and not {"items", "reports"} & leaves
    assert [top.holds for top in columns().tops] == ["items", "items", "items", "reports"]
    assert columns().find("gossip") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "rules"', 'id = "guide"', "columns[2].id: 'guide' stands twice"),
        ('id = "plans"', 'id = "guide"', "'guide' stands twice"),
        ('zh = "统计信息"\n', "", "columns[3].parts[5].zh: is missing"),
        ('en = "Guide"', 'en = "Guide"\nde = "x"', "columns[1].de: unknown key"),
        ("source = ", "quelle = ", "source: is missing"),
    ],
)
def test_a_broken_file_names_key_and_fault(old, new, said, tmp_path):
    file = tmp_path / "columns.toml"
    file.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError) as caught:
        load(file)
    assert said in str(caught.value)
