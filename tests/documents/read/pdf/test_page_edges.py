"""What the edge of a page does to a table: figures cut by it, rows and columns that go on over it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.documents.read.pdf import read
from gongkai.documents.read.report import read_report
from gongkai.documents.read.source import Grid, Paragraph
from gongkai.rulebook.load.words import words

Draw = Callable[..., Path]
Typeset = Callable[[str], Path]


def write(text: str, x: float, y: float, size: float = 10) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def ruled(*rows: tuple[str, ...], xs: tuple[int, ...] = (100, 200, 260, 320), top: int = 700) -> str:
    """A ruled table, a row every 30 points."""
    ys = [top - 30 * n for n in range(len(rows) + 1)]
    drawn = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys)
    drawn += "".join(f"{x} {ys[-1]} m {x} {ys[0]} l S\n" for x in xs)
    for y, row in zip(ys, rows, strict=False):
        drawn += "".join(write(text, x + 5, y - 18) for x, text in zip(xs, row, strict=False))
    return drawn


def aligned(*rows: tuple[str, ...], pitch: int = 15, xs: tuple[int, ...] = (60, 200, 250, 300)) -> str:
    """Lines without rulings."""
    return "".join(
        write(text, x, 760 - pitch * n) for n, row in enumerate(rows) for x, text in zip(xs, row, strict=True) if text
    )


def grids(path: Path) -> list[list[list[str]]]:
    found = [block for block in read(path, path.name).blocks if isinstance(block, Grid)]
    return [[[grid.texts[cell] for cell in row] for row in grid.rows] for grid in found]


HEAD = ("kind", "made", "held")


def test_a_figure_that_goes_on_beyond_the_edge_is_whole_and_told_twice(draw: Draw) -> None:
    page = ruled(HEAD, ("rules", "1", ""), ("fees", "2", "5")) + write("87", 294.6, 652) + write("12", 208, 730)
    assert grids(draw(page, size=(300, 842))) == [[list(HEAD), ["rules", "1", "87\n87"], ["fees", "2", "5"]]]


def test_words_and_figures_near_the_edge_of_their_cell_alone_stand_as_they_are(draw: Draw) -> None:
    page = ruled(HEAD, ("rules", "1", ""), ("fees", "2", "5")) + write("words", 280, 652)
    assert grids(draw(page, size=(300, 842)))[0][1] == ["rules", "1", "words"]
    assert grids(draw(ruled(HEAD, ("rules", "1", "87"), ("fees", "2", "5")), size=(330, 842)))[0][1][2] == "87"


def test_a_figure_cut_by_the_edge_is_believed_only_where_its_row_adds_up(typeset: Typeset, invented: Any) -> None:
    printed = type(invented.lines[0][0])
    values = [["1", "2", "0", "3", "", "81", "87" if n % 2 else "89"] for n in range(25)]
    lines = [
        [*line[:-7], *map(printed, values[n - 3])] if n > 2 else line  # rows with a sum that holds, and without
        for n, line in enumerate(invented.lines)
    ]
    table = type(invented)(lines, invented.figures).typst("(2em, 5em, 8em) + (3em,) * 7")
    path = typeset(
        "#set page(width: 400pt, height: 3000pt, margin: (left: 20pt, right: 0pt, y: 40pt))\n"
        f"#box(width: 360pt)[{invented.title}]\n\n= 三、收到和处理政府信息公开申请情况\n{table}\n"
    )
    report = read_report(path)
    totals = [cell for id, cell in report.cells.items() if id.startswith("requests/") and id.endswith("/total")]
    assert {cell.value for cell in totals if cell.printed is not None} == {87, None}
    named = {id for problem in report.problems for id in problem.params.get("cells", ())}  # type: ignore[attr-defined]
    unread = {id for id, cell in report.cells.items() if cell.printed and cell.value is None}
    assert unread and unread <= named
    assert not [found for found in run(Case(report, words=words())) if found.cell in unread]


@pytest.mark.parametrize("last", [("fees", "4"), ("fees", "")])
def test_the_only_row_behind_a_page_break_belongs_to_its_table(draw: Draw, last: tuple[str, str]) -> None:
    above = ruled(HEAD, ("rules", "1", "2"), ("kind", "fee", ""))
    below = ruled((*last, ""), xs=(100, 200, 320), top=800)
    assert grids(draw(above, below + write("Some text below", 100, 700)))[1] == [list(last)]


def test_the_first_row_before_a_page_break_belongs_to_its_table(draw: Draw) -> None:
    above = write("Some text above", 100, 700) + ruled(HEAD, top=90)
    assert grids(draw(above, ruled(("rules", "1", "2"), ("fees", "", "5")))) == [
        [list(HEAD)],
        [["rules", "1", "2"], ["fees", "", "5"]],
    ]


def test_a_box_with_other_edges_behind_a_page_break_is_no_table(draw: Draw) -> None:
    path = draw(ruled(HEAD, ("rules", "1", "2")), ruled(("note", "4"), xs=(100, 210, 320), top=800))
    assert len(grids(path)) == 1


FIVE = (60, 140, 200, 260, 320, 420)


def test_a_column_under_no_head_is_left_off_on_every_page(draw: Draw) -> None:
    """As an office program fills up rows that are narrower than the widest one of their table."""
    path = draw(
        ruled(("kind", "one", "two", "sum", ""), ("new", "", "4", "4", ""), xs=FIVE),
        ruled(("old", "", "5", "5", ""), ("all", "", "9", "", ""), xs=FIVE, top=800),
    )
    assert grids(path) == [
        [["kind", "one", "two", "sum"], ["new", "", "4", "4"]],
        [["old", "", "5", "5"], ["all", "", "9", ""]],
    ]


@pytest.mark.parametrize(
    ("above", "last"),
    [(("", "", "", "", "all"), ""), (("", "", "", "", ""), "9")],
    ids=["its head stands a line higher", "it has figures"],
)
def test_a_column_that_says_anything_stays(draw: Draw, above: tuple[str, ...], last: str) -> None:
    rows = (above, ("kind", "one", "two", "sum", ""), ("new", "", "4", "4", ""), ("old", "", "5", "5", last))
    assert [len(row) for row in grids(draw(ruled(*rows, xs=FIVE)))[0]] == [5] * 4


ROWS = (("1. new", "1", "2", "3"), ("2. old", "4", "4", "8"), ("3. cut", "18", "0", "18"), ("4. all", "5", "0", "5"))


def test_figures_that_go_on_below_are_of_one_row(draw: Draw) -> None:
    rows = [("1. new", "1", "2", "3"), ("2. old", "4", "4", "8"), ("3. cut", "62", "0", "62"), ("short", "0", "", "0")]
    assert grids(draw(aligned(*rows, ("4. all", "5", "0", "5"), ("5. no", "5", "0", "5")))) == [
        [
            ["1. new", "1", "2", "3"],
            ["2. old", "4", "4", "8"],
            ["3. cut\nshort", "62\n0", "0", "62\n0"],
            ["4. all", "5", "0", "5"],
            ["5. no", "5", "0", "5"],
        ]
    ]


def test_a_figure_that_stands_lower_than_its_row_is_of_the_row(draw: Draw) -> None:
    rows = aligned(*ROWS, ("5. low", "", "0", "3"), ("and on", "3", "", ""), ("6. no", "5", "0", "5"))
    assert grids(draw(rows))[0][4:] == [["5. low\nand on", "3", "0", "3"], ["6. no", "5", "0", "5"]]


def test_a_figure_set_in_by_a_space_makes_no_column(draw: Draw) -> None:
    rows = aligned(*ROWS) + write("5. in", 60, 700) + write("7", 200, 700)
    rows += write("0", 257, 700) + write("7", 300, 700) + write("6. no", 60, 685) + write("2", 200, 685)
    rows += write("2", 300, 685) + write("0", 257, 685)
    assert [row[1:] for row in grids(draw(rows))[0][-2:]] == [["7", "0", "7"], ["2", "0", "2"]]


def test_the_last_rows_of_a_table_without_rulings_go_on_on_the_next_page(draw: Draw) -> None:
    below = aligned(("rest of it", "", "", ""), ("5. end", "7", "0", "7"), ("6. sum", "9", "1", "10"))
    path = draw(
        aligned(*ROWS, ("and the", "", "", "")), below + write("7. A heading that runs over the figures", 60, 690)
    )
    assert grids(path) == [
        [*map(list, ROWS[:3]), ["4. all\nand the\nrest of it", "5", "0", "5"]],
        [["5. end", "7", "0", "7"], ["6. sum", "9", "1", "10"]],
    ]
    assert [block.text for block in read(path, "x.pdf").blocks if isinstance(block, Paragraph)][-1].startswith("7. A")


def test_the_first_rows_of_a_table_without_rulings_begin_on_the_page_before(draw: Draw) -> None:
    path = draw(write("A heading", 60, 790) + aligned(("0. first", "6", "1", "7")), aligned(*ROWS))
    assert grids(path) == [[["0. first", "6", "1", "7"]], [list(row) for row in ROWS]]


def test_a_label_of_many_lines_keeps_its_table_together(draw: Draw) -> None:
    words = [(word, "", "", "") for word in ["one", "two", "three", "four", "five", "six", "seven", "eight"]]
    assert (
        len(grids(draw(aligned(*ROWS[:2], ("3. long", "2", "0", "2"), *words, *ROWS[3:], ("5. no", "1", "0", "1")))))
        == 1
    )


def test_a_numbered_row_with_two_figures_goes_on_with_its_table(draw: Draw) -> None:
    rows = aligned(*ROWS, ("5. few", "4", "", "4"))
    assert [row for grid in grids(draw(rows)) for row in grid][-1] == ["5. few", "4", "", "4"]


def test_figures_printed_over_their_labels_make_no_table(typeset: Typeset) -> None:
    rows = "".join(f"[{n}.政府信息{n}00], [{n}], [{n}], [{n}],\n" for n in range(1, 7))
    path = typeset(f"#table(columns: (12em, 4em, 4em, 4em), stroke: none,\n{rows})")
    assert grids(path) == []
