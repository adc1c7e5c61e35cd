"""Table three over two pages or more, with merged cells and blanks, from every producer: each figure in its slot."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.documents.read.pdf import read
from gongkai.documents.read.source import Grid, Paragraph, Source


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(params=["typst", "chromium", "soffice"])
def source(request: pytest.FixtureRequest, typeset: Callable[[str], Path], invented: Any) -> Source:
    if request.param == "typst":
        path = typeset(
            '#set page(paper: "a4", margin: 30mm, numbering: "— 1 —")\n'
            f"#align(center, text(20pt)[{invented.title}])\n\n{invented.opening}\n"
            f"= 三、收到和处理政府信息公开申请情况\n{invented.typst()}\n= 六、其他需要报告的事项\n无。\n"
        )
    else:
        path = request.getfixturevalue(f"{request.param}_pdf")
    return read(path, path.name)


def test_every_figure_stands_in_its_slot_blanks_included(source: Source, invented: Any) -> None:
    assert invented.found_in(source) == invented.figures


def test_table_goes_over_pages_and_keeps_its_merged_cells(source: Source) -> None:
    grids = [block for block in source.blocks if isinstance(block, Grid)]
    assert len(grids) >= 2
    assert [grid.places[0].page for grid in grids] == sorted({grid.places[0].page for grid in grids})
    head = grids[0].rows
    corner = head[0][0]
    assert grids[0].texts[corner].startswith("（本列数据")
    assert [row[:3].count(corner) for row in head[:4]] == [3, 3, 3, 0]
    assert grids[0].texts[head[1][3]] == "自\n然\n人"
    assert head[1][3] == head[2][3]
    assert [bare(grids[0].texts[cell]) for cell in head[2][4:]] == [
        "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计",
    ]  # fmt: skip


def test_prose_around_the_table_is_whole(source: Source, invented: Any) -> None:
    paragraphs = [bare(block.text) for block in source.blocks if isinstance(block, Paragraph)]
    assert paragraphs == [
        invented.title,
        invented.opening,
        "三、收到和处理政府信息公开申请情况",
        "六、其他需要报告的事项",
        "无。",
    ]
    assert not source.flat
    assert not source.problems


def test_headings_are_known(source: Source, invented: Any) -> None:
    levels = {bare(block.text): block.heading for block in source.blocks if isinstance(block, Paragraph)}
    assert levels[invented.opening] == 0
    assert levels[invented.title] == 1
    assert levels["六、其他需要报告的事项"] in (1, 2)
