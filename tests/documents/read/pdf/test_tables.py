"""Tables as others draw them: with thin rectangles, in nested drawings, turned, open, doubled; and what is no table."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from gongkai.documents.read.pdf import read
from gongkai.documents.read.source import Grid, Paragraph

Draw = Callable[..., Path]
Typeset = Callable[[str], Path]

XS, YS = (100, 200, 260, 320), (700, 670, 640, 610)


def write(text: str, x: float, y: float, size: float = 10) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


FIGURES = "".join(
    write(text, XS[column] + 8, YS[row] - 18)
    for (row, column), text in {
        (0, 1): "made",
        (0, 2): "held",
        (1, 0): "rules",
        (1, 2): "7",
        (2, 0): "fees",
        (2, 1): "12",
    }.items()
)
EXPECTED = [["", "made", "held"], ["rules", "", "7"], ["fees", "12", ""]]


def lines() -> str:
    across = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in YS)
    return across + "".join(f"{x} {YS[-1]} m {x} {YS[0]} l S\n" for x in XS)


def thin_rectangles() -> str:
    """As Word draws: each cell's edge a filled rectangle of its own, a small square at each crossing."""
    drawn = []
    for y in YS:
        drawn += [f"{x} {y - 0.24} 0.48 0.48 re f" for x in XS]
        drawn += [f"{x + 0.48} {y - 0.24} {x2 - x - 0.48} 0.48 re f" for x, x2 in pairwise(XS)]
    for x in XS:
        drawn += [f"{x} {y2 + 0.24} 0.48 {y - y2 - 0.48} re f" for y, y2 in pairwise(YS)]
    return "\n".join(drawn) + "\n"


def boxes() -> str:
    """As spreadsheets draw: a stroked rectangle a cell, on a grey surface."""
    drawn = [f"0.9 g {XS[0]} {YS[1]} {XS[-1] - XS[0]} {YS[0] - YS[1]} re f 0 g"]
    for x, x2 in pairwise(XS):
        drawn += [f"{x} {y2} {x2 - x} {y - y2} re S" for y, y2 in pairwise(YS)]
    return "\n".join(drawn) + "\n"


def dotted() -> str:
    """As some word processors draw dotted borders: a row of short dashes."""
    drawn = [f"{x} {y} m {x + 1.5} {y} l S" for y in YS for x in range(XS[0], XS[-1], 3)]
    drawn += [f"{x} {y} m {x} {y + 1.5} l S" for x in XS for y in range(YS[-1], YS[0], 3)]
    return "\n".join(drawn) + "\n"


def doubled() -> str:
    """Double lines, two points apart."""
    return lines() + "1 0 0 1 2 -2 cm\n" + lines() + "1 0 0 1 -2 2 cm\n"


def one_path() -> str:
    """All lines in one path, stroked at once."""
    return lines().replace(" S\n", "\n") + "S\n"


def open_sides() -> str:
    """No border at the left and the right, as in many printed tables."""
    across = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in YS)
    return across + "".join(f"{x} {YS[-1]} m {x} {YS[0]} l S\n" for x in XS[1:-1])


def only_grid(path: Path) -> Grid:
    grids = [block for block in read(path, path.name).blocks if isinstance(block, Grid)]
    assert len(grids) == 1
    return grids[0]


def texts(grid: Grid) -> list[list[str]]:
    return [[grid.texts[cell] for cell in row] for row in grid.rows]


@pytest.mark.parametrize("ruled", [lines, thin_rectangles, boxes, dotted, doubled, one_path, open_sides])
def test_every_way_of_drawing_borders_gives_the_same_cells(draw: Draw, ruled: Callable[[], str]) -> None:
    grid = only_grid(draw(ruled() + FIGURES))
    assert texts(grid) == EXPECTED
    assert len(grid.texts) == 9
    assert (grid.places[8].page, grid.places[8].table, grid.places[8].row, grid.places[8].column) == (1, 1, 3, 3)


def test_rulings_in_nested_drawings_are_found(draw: Draw) -> None:
    pdf = pikepdf.new()
    half = "0.5 0 0 0.5 0 0 cm\n" + lines()
    inner = pdf.make_stream(half.encode())
    inner.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 600, 900]})
    outer = pdf.make_stream(b"/Inner Do")
    outer.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Form,
            "/BBox": [0, 0, 1200, 1800],
            "/Matrix": [2, 0, 0, 2, 0, 0],
            "/Resources": pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner)),
        }
    )
    assert texts(only_grid(draw("q /Outer Do Q\n" + FIGURES, Outer=pdf.make_indirect(outer)))) == EXPECTED


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(draw: Draw, turn: int) -> None:
    matrix = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[turn]
    size = (595, 842) if turn == 180 else (842, 595)
    path = draw(f"{matrix} cm\n" + lines() + FIGURES, size=size)
    assert texts(only_grid(path)) == EXPECTED  # turned by its drawing alone
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    assert texts(only_grid(path)) == EXPECTED  # and shown upright by /Rotate


def test_merged_cells_cover_several_slots_under_one_index(draw: Draw) -> None:
    ruled = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in (YS[0], YS[-1]))
    ruled += "".join(f"{XS[1]} {y} m {XS[-1]} {y} l S\n" for y in YS[1:-1])
    ruled += "".join(f"{x} {YS[-1]} m {x} {YS[0]} l S\n" for x in (XS[0], XS[1], XS[-1]))
    ruled += f"{XS[2]} {YS[-1]} m {XS[2]} {YS[1]} l S\n"
    grid = only_grid(draw(ruled + write("group", 110, 650) + write("head", 240, 680) + write("5", 270, 620)))
    assert grid.rows == [[0, 1, 1], [0, 2, 3], [0, 4, 5]]
    assert grid.texts == ["group", "head", "", "", "", "5"]
    assert [(place.row, place.column) for place in grid.places] == [(1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]


def test_figures_in_a_row_without_inner_rulings_take_the_columns_of_the_other_rows(draw: Draw) -> None:
    ruled = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in YS)
    ruled += "".join(f"{x} {YS[-1]} m {x} {YS[0]} l S\n" for x in (XS[0], XS[1], XS[-1]))
    ruled += f"{XS[2]} {YS[1]} m {XS[2]} {YS[0]} l S\n"
    drawn = write("rules", 108, 652) + write("3", 220, 652) + write("41", 280, 652)
    drawn += write("of which 2 or so", 205, 622)
    grid = only_grid(draw(ruled + drawn))
    assert texts(grid)[1] == ["rules", "3", "41"]
    assert texts(grid)[2] == ["", "of which 2 or so", "of which 2 or so"]


def test_underlines_rules_of_running_heads_boxes_and_dashes_make_no_table(draw: Draw) -> None:
    page = "".join(write(f"A line of text number {n} runs on here", 80, 700 - 20 * n) for n in range(8))
    page += "".join(f"80 {697 - 20 * n} m 300 {697 - 20 * n} l S\n" for n in range(8))  # underlined
    page += "60 790 480 0.7 re f\n"  # under a running head
    page += "60 400 480 330 re S\n"  # a box round it all
    page += write("- \\227 \\226 -", 100, 450)
    assert not any(isinstance(block, Grid) for block in read(draw(page), "x.pdf").blocks)


def page_of(*rows: tuple[str, str, str]) -> str:
    """A ruled table of three columns, a row every 30 points."""
    ys = [700 - 30 * n for n in range(len(rows) + 1)]
    drawn = "".join(f"{XS[0]} {y} m {XS[-1]} {y} l S\n" for y in ys)
    drawn += "".join(f"{x} {ys[-1]} m {x} {ys[0]} l S\n" for x in XS)
    for y, row in zip(ys, rows, strict=False):
        drawn += "".join(write(text, x + 5, y - 18) for x, text in zip(XS, row, strict=False))
    return drawn


HEAD = ("kind", "made", "held")
FULL = "a label of twenty let"
"""Runs on to the right edge of its cell."""


@pytest.mark.parametrize(
    ("above", "below"),
    [((FULL, "4", ""), ("and its end", "", "")), ((FULL, "", ""), ("and its end", "4", ""))],
    ids=["figures above", "figures below"],
)
@pytest.mark.parametrize("repeated", [(), (HEAD,)], ids=["bare", "head repeated"])
def test_a_row_cut_by_the_page_break_is_put_back_together(
    draw: Draw, above: tuple[str, str, str], below: tuple[str, str, str], repeated: tuple[tuple[str, str, str], ...]
) -> None:
    path = draw(page_of(HEAD, ("rules", "1", "2"), above), page_of(*repeated, below, ("fees", "", "5")))
    grids = [block for block in read(path, path.name).blocks if isinstance(block, Grid)]
    assert [texts(grid) for grid in grids] == [
        [list(HEAD), ["rules", "1", "2"], [f"{FULL}\nand its end", "4", ""]],
        [*map(list, repeated), ["fees", "", "5"]],
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("penalties", "4", ""), ("measures", "", "")),  # the label above does not reach its cell's edge
        ((FULL, "4", ""), ("5. a new row", "", "")),  # the label below has a number of its own
        ((FULL, "4", ""), ("next", "6", "")),  # both have figures
        ((FULL, "", ""), ("next", "", "")),  # neither has
    ],
)
def test_rows_that_only_meet_at_the_page_break_stay_two(
    draw: Draw, above: tuple[str, str, str], below: tuple[str, str, str]
) -> None:
    path = draw(page_of(HEAD, ("rules", "1", "2"), above), page_of(below, ("fees", "", "5")))
    grids = [block for block in read(path, path.name).blocks if isinstance(block, Grid)]
    assert [texts(grid)[-1] for grid in grids] == [list(above), ["fees", "", "5"]]
    assert texts(grids[1])[0] == list(below)


def test_a_word_too_long_for_its_cell_stays_whole(draw: Draw) -> None:
    row = ("a label of twenty letter", "4", "12")
    assert texts(only_grid(draw(page_of(HEAD, row, ("fees", "", "5"))))) == [list(HEAD), list(row), ["fees", "", "5"]]


@pytest.mark.parametrize("below", ["（七）总计", "规范性文件"])
def test_a_blank_row_after_a_page_break_stays_a_row(typeset: Typeset, below: str) -> None:
    path = typeset(
        "#set page(width: 120mm, height: 60mm, margin: 15mm)\n"
        "#table(columns: (1fr, 2em, 2em), stroke: 0.5pt, [规章], [1], [2], table.cell(inset: 9mm)[许可], [3], [4],"
        f"[{below}], [], [], [收费], [], [])"
    )
    grids = [block for block in read(path, path.name).blocks if isinstance(block, Grid)]
    assert [texts(grid) for grid in grids] == [
        [["规章", "1", "2"], ["许可", "3", "4"]],
        [[below, "", ""], ["收费", "", ""]],
    ]


@pytest.mark.parametrize("align", ["center + top", "right + top", "center + horizon"])
def test_columns_without_rulings_are_told_by_their_figures(typeset: Typeset, invented: Any, align: str) -> None:
    table = invented.typst("(4em, 5em, 12em) + (1fr,) * 7", "stroke: none")
    table = table.replace("center + horizon", f"(x, y) => if x < 3 {{ left + {align.split()[-1]} }} else {{ {align} }}")
    path = typeset("#set page(margin: 15mm)\n#set text(9pt)\n三、收到和处理政府信息公开申请情况\n\n" + table)
    source = read(path, path.name)
    assert invented.found_in(source) == invented.figures
    assert not source.flat


def test_single_lines_of_columns_keep_them_parted_by_tabs(typeset: Typeset) -> None:
    path = typeset(
        "#table(columns: (8em, 6em, 6em), stroke: none, [信息内容], [制发], [废止], [规章], [0], [12])\n正文。"
    )
    source = read(path, path.name)
    assert source.flat
    assert [block.text for block in source.blocks if isinstance(block, Paragraph)] == [
        "信息内容\t制发\t废止",
        "规章\t0\t12",
        "正文。",
    ]
