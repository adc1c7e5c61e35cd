"""Chains of review: each kind of content has its grades; faults are named."""

import pytest

from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.review import FILE, KINDS, chains, load


def test_every_kind_has_a_chain():
    assert set(chains()) == set(KINDS)
    assert all("secrecy" in chain for chain in chains().values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('item = ["section", "secrecy", "leader"]', "item = []", "item: must have one grade"),
        ('item = ["section"', 'item = ["boss"', "item: must be one of section"),
        ('item = ["section"', 'item = ["leader"', "item: 'leader' stands twice"),
        ("item = ", "itme = ", "item: is missing; is “itme” meant"),
        ("reply = ", "letter = []\nreply = ", "letter: unknown key"),
    ],
)
def test_a_broken_file_names_key_and_fault(old, new, said, tmp_path):
    file = tmp_path / "chains.toml"
    file.write_text(FILE.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(RulebookError) as caught:
        load(file)
    assert said in str(caught.value)
