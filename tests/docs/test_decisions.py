"""Decisions: a number each, in order, and none that the list does not name."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "decisions"
PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name != "README.md")


def test_numbers_are_in_order():
    assert PAGES
    assert [re.match(r"(\d{4})-[a-z0-9-]+\.md$", page).group(1) for page in PAGES] == [
        f"{number:04}" for number in range(1, len(PAGES) + 1)
    ]


def test_the_title_has_the_number():
    for page in PAGES:
        assert (FOLDER / page).read_text("utf-8").startswith(f"# {int(page[:4])}. "), page


def test_every_page_is_listed():
    listed = re.findall(r"\]\(([^)]+\.md)\)", (FOLDER / "README.md").read_text("utf-8"))
    assert listed == PAGES
