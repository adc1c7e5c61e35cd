"""XLSX: opened with openpyxl: a sheet a part, figures as numbers, no formula, charts that hold their own numbers."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gongkai.core.checks.finding import Change
from gongkai.core.tables.report import Cell
from gongkai.documents.read.report import read_report
from gongkai.documents.write import Unwritable, write
from gongkai.documents.write.xlsx import TALLEST
from gongkai.documents.write.xlsx_rows import lines


def opened(report, path: Path, **more):
    assert write(report, path, **more) == []
    return openpyxl.load_workbook(path)


def test_a_sheet_a_part_with_figures_as_numbers(invented, tmp_path: Path):
    book = opened(invented("annual-2021", 2024), tmp_path / "r.xlsx")
    assert book.sheetnames[0] == "一、总体情况" and len(book.sheetnames) == 7
    requests = book.worksheets[2]
    rows = [[cell.value for cell in row] for row in requests.iter_rows()]
    assert rows[0][0] == "三、收到和处理政府信息公开申请情况"
    assert ["一、本年新收政府信息公开申请数量", None, None, 35, 4, 0, 0, 2, 0, 41] in rows
    assert any("申请人情况" in row for row in rows)
    assert "D3:J3" in {str(merged) for merged in requests.merged_cells.ranges}
    assert requests.freeze_panes == "D6" and requests.print_title_rows == "$3:$5"
    assert requests.page_setup.paperSize == 9
    amounts = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
    assert 12.5 in amounts


def test_text_is_never_a_formula(invented, tmp_path: Path):
    cells = {"requests/new/total": Cell(None, "=1+1"), "requests/total/total": Cell(10**20, str(10**20))}
    book = opened(
        invented("annual-2021", 2024, cells, {1: '=HYPERLINK("http://x.example")\n@SUM(A1)\n007'}), tmp_path / "r.xlsx"
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    values = [cell.value for cell in cells]
    assert "=1+1" in values and "007" in values and str(10**20) in values


def test_charts_hold_their_numbers_on_a_sheet_without_text(invented, tmp_path: Path):
    path = tmp_path / "r.xlsx"
    book = opened(invented("annual-2021", 2024), path, history=[invented("annual-2021", 2023)])
    charts = book["附图"]
    assert not [cell for row in charts.iter_rows() for cell in row if cell.value is not None]
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    with zipfile.ZipFile(path) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        assert len(parts) == 4
        for part in parts:
            assert b"numLit" in package.read(part) and b"<c:f>" not in package.read(part)


def test_the_sheet_of_charts_says_units_and_page_and_tells_years_apart(invented, tmp_path: Path):
    path = tmp_path / "r.xlsx"
    years = [invented("annual-2021", year) for year in range(2015, 2024)]
    book = opened(invented("annual-2021", 2024), path, history=years)
    assert "&P" in book["附图"].oddFooter.center.text
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if name.startswith("xl/charts/chart")]
    for part in parts:
        assert "（单位：件）".encode() in part
        fills = re.findall(rb"<c:spPr><a:solidFill><a:srgbClr val=\"(\w+)\"", part)
        assert len(fills) == len(set(fills)) == part.count(b"<c:ser>")
    assert sorted(part.count(b"<c:ser>") for part in parts) == [1, 1, 10, 10]


LONG = "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗住房和城乡建设综合行政执法局2025年政府信息公开工作年度报告"


def test_a_title_of_two_lines_has_a_row_for_two(invented, tmp_path: Path):
    short, long = (
        opened(replace(invented("annual-2021", 2025), title=title), tmp_path / "r.xlsx").worksheets[0].row_dimensions[1]
        for title in (LONG[-16:], LONG)
    )
    # Of 18 points; and some distance to what follows.
    assert 18 * 1.2 + 10 < short.height < 18 * 2 * 1.2 + 10 <= long.height


def test_each_paragraph_has_the_height_of_its_own_lines(invented, tmp_path: Path):
    prose = {1: "\n".join(("一行。", "长" * 60, "长" * 37, "又一行。", "长" * 60 + "。"))}
    sheet = opened(invented("annual-2021", 2024, prose=prose), tmp_path / "r.xlsx").worksheets[0]
    rows = {row[0].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows()}
    one, two, full, other, more = (rows[text] for text in prose[1].split("\n"))
    assert one == full == other and two == more
    # Of 12 points: its lines, and a gap that is less than a line.
    assert 12 * 1.3 < one < 12 * 2 * 1.2 < two < 12 * 3 * 1.2


def test_lines_break_as_chinese_does():
    # Two characters a line; a closing mark takes its character along; a long word goes over several lines.
    assert [lines(text, 2.0) for text in ("", "甲", "甲乙", "甲乙丙", "甲乙。", "甲\n乙", "a" * 10)] == [
        1,
        1,
        1,
        2,
        2,
        2,
        3,
    ]
    assert lines("甲乙丙abc", 4.0) == 2 and lines("甲乙abc", 4.0) == 1


def test_a_paragraph_taller_than_a_row_goes_over_several_and_is_read_whole(invented, tmp_path: Path):
    report = invented("annual-2021", 2024, prose={5: "短。\n" + "长" * 2000 + "\n尾。"})
    sheet = opened(report, tmp_path / "r.xlsx").worksheets[4]
    tall = sum(sheet.row_dimensions[row].height for row in range(3, sheet.max_row))
    assert all(size.height <= TALLEST for size in sheet.row_dimensions.values()) and tall > 2000 / 39 * 12 * 1.3
    assert read_report(tmp_path / "r.xlsx").part(5).text == report.part(5).text


def test_a_cell_longer_than_a_cell_can_be_is_refused(invented, tmp_path: Path):
    with pytest.raises(Unwritable) as caught:
        write(invented("annual-2021", 2024, {"requests/new/total": Cell(None, "x" * 32_768)}), tmp_path / "r.xlsx")
    assert caught.value.message.id == "writing.too-long"


def test_a_corrected_figure_carries_what_stood_there(invented, tmp_path: Path):
    book = opened(invented("annual-2021", 2024), tmp_path / "r.xlsx", repaired=[Change("requests/new/total", 40, 41)])
    assert [cell.comment.text for row in book.worksheets[2].iter_rows() for cell in row if cell.comment] == ["原为：40"]


def test_a_paragraph_longer_than_a_cell_is_refused(invented, tmp_path: Path):
    with pytest.raises(Unwritable) as caught:
        write(invented("annual-2021", 2024, prose={1: "长" * 32_768}), tmp_path / "r.xlsx")
    assert caught.value.message.id == "writing.too-long"
    assert list(tmp_path.iterdir()) == []
