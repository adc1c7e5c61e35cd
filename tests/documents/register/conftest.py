"""Registers written as agencies write them: CSV and workbooks from rows of cells."""

import csv
import io

import openpyxl
import pytest

from gongkai.documents.register import read_register

AGENCY = "青川市云岭区档案局"
HEAD = ["编号", "申请人姓名", "申请人类型", "申请方式", "申请内容", "收到日期", "答复日期", "答复结果"]
ROW = ["云档〔2024〕1号", "申请人甲", "自然人", "当面", "开放档案目录", "2024-03-04", "2024-03-20", "予以公开"]


@pytest.fixture
def workbook(tmp_path):
    """Read a workbook given as {sheet: rows}, with merged ranges as {sheet: "A1:C1 …"}."""

    def read(sheets, merges=None, mapping=None, agency=AGENCY, change=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    page.cell(number, column).value = value
            for each in (merges or {}).get(title, "").split():
                page.merge_cells(each)
        change(book)
        path = tmp_path / "台账.xlsx"
        book.save(path)
        return read_register(path, mapping, agency=agency)

    return read


@pytest.fixture
def table(tmp_path):
    """Read a CSV given as rows."""

    def read(rows, *, charset="utf-8", delimiter=",", mapping=None, agency=AGENCY):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(rows)
        path = tmp_path / "台账.csv"
        path.write_bytes(text.getvalue().encode(charset))
        return read_register(path, mapping, agency=agency)

    return read


@pytest.fixture
def cell(table):
    """Read the usual row with one cell changed or one column added: its line, or the ids of its problems."""

    def read(column, value, mapping=None, **others):
        cells = dict(zip(HEAD, ROW, strict=True)) | {column: value} | others
        register = table([list(cells), list(cells.values())], mapping=mapping)
        if register.problems:
            assert not register.lines and {problem.place for problem in register.problems} == {2}
            return [problem.message.id for problem in register.problems]
        return register.lines[0].data

    return read
