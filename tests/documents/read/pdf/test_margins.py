"""Page numbers and running heads are no part of the report; what only looks like one stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.documents.read.pdf import read
from gongkai.documents.read.source import Grid, Paragraph

Typeset = Callable[[str], Path]

PAGE = "#set page(width: 120mm, height: 120mm, margin: 20mm, "
BODY = "云岭县司法局坚持以公开为常态。\n\n全年收到申请2件。\n"
READ = ["云岭县司法局坚持以公开为常态。", "全年收到申请2件。"]


def paragraphs(path: Path) -> list[str]:
    return [block.text for block in read(path, path.name).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("pages", [1, 3])
@pytest.mark.parametrize(
    "number",
    [
        'numbering: "1"',
        'numbering: "— 1 —"',
        'numbering: "-1-"',
        "footer: context [第 #counter(page).display() 页 共 #counter(page).final().first() 页]",
        "footer: context align(right)[#counter(page).display()/#counter(page).final().first()]",
        "header: context align(right)[第#counter(page).display()页]",
    ],
)
def test_page_numbers_go(typeset: Typeset, number: str, pages: int) -> None:
    path = typeset(PAGE + number + ")\n" + "#pagebreak()\n".join([BODY] * pages))
    assert paragraphs(path) == READ * pages


def test_running_heads_that_recur_go_and_first_lines_that_differ_stay(typeset: Typeset) -> None:
    path = typeset(
        PAGE
        + "header: [云岭县司法局年度报告], footer: context align(center)[共#counter(page).final().first()页 云岭县])\n"
        "甲处。\n#pagebreak()\n乙处。\n#pagebreak()\n丙处。"
    )
    assert paragraphs(path) == ["甲处。", "乙处。", "丙处。"]


def test_page_numbers_between_the_pieces_of_a_table_go_and_figures_in_it_stay(typeset: Typeset) -> None:
    rows = "".join(f"[第{n}行], [{n}], []," for n in range(1, 13))
    path = typeset(PAGE.replace("20mm", "12mm") + 'numbering: "1")\n#table(columns: 3, ' + rows + ")")
    source = read(path, path.name)
    assert all(isinstance(block, Grid) for block in source.blocks)
    assert [
        [grid.texts[cell] for cell in row] for grid in source.blocks if isinstance(grid, Grid) for row in grid.rows
    ] == [[f"第{n}行", str(n), ""] for n in range(1, 13)]


def test_a_number_in_the_text_or_out_of_step_with_the_pages_stays(typeset: Typeset) -> None:
    path = typeset(PAGE + ")\n14\n\n#v(1fr)\n2\n\n7\n#pagebreak()\n3\n#v(1fr)\n40")
    assert paragraphs(path) == ["14", "2", "7", "3", "40"]
