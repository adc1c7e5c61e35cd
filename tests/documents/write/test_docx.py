"""DOCX: GB/T 9704 as python-docx sees it, and the same cells through a second program."""

import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gongkai.core.checks.finding import Change
from gongkai.core.tables.report import Cell
from gongkai.documents.write import write


@pytest.fixture
def book(invented, tmp_path: Path):
    path = tmp_path / "r.docx"
    assert write(invented("annual-2021", 2024), path, history=[invented("annual-2021", 2023)]) == []
    return docx.Document(str(path))


def test_the_page_is_that_of_the_standard(book):
    section = book.sections[0]
    millimetres = [
        round(length.mm)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert millimetres == [210, 297, 37, 35, 28, 26]
    assert book.settings.odd_and_even_pages_header_footer
    odd, even = section.footer, section.even_page_footer
    assert [footer.paragraphs[0].alignment.name for footer in (odd, even)] == ["RIGHT", "LEFT"]
    assert "PAGE" in odd._element.xml and odd.paragraphs[0].text == "— 1 —"


def test_faces_sizes_and_lines_are_those_of_the_standard(book):
    def face(style):
        return book.styles[style].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))

    assert [face(style) for style in ("Body Text", "Heading 1", "Title", "Footer")] == [
        "仿宋",
        "黑体",
        "方正小标宋简体",
        "宋体",
    ]
    body = book.styles["Body Text"]
    assert body.font.size == Pt(16) and body.paragraph_format.line_spacing == Pt(28.95)
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert book.styles["Title"].font.size == Pt(22) and book.styles["Footer"].font.size == Pt(14)
    kai = next(paragraph for paragraph in book.paragraphs if paragraph.text.startswith("（一）"))
    assert kai.runs[0].text == "（一）主动公开情况。"
    assert kai.runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "楷体"


def test_headings_are_headings_and_the_document_knows_itself(book):
    headings = [paragraph.text for paragraph in book.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings[0] == "一、总体情况" and headings[-1] == "附图" and len(headings) == 7
    assert book.core_properties.title == "青川市云岭县农业农村局2024年政府信息公开工作年度报告"
    assert book.core_properties.created.year >= 2024
    assert not [part for part in book.part.package.iter_parts() if "thumbnail" in part.partname]
    assert book.core_properties.author == "青川市云岭县农业农村局"
    assert book.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


def test_a_heading_keeps_its_distance_from_a_table_and_from_a_chart(book):
    spaces = {
        paragraph.text: paragraph.paragraph_format.space_after
        for paragraph in book.paragraphs
        if paragraph.style.name == "Heading 1"
    }
    assert {text[0] for text, space in spaces.items() if space == Pt(6)} == set("二三四附")
    assert {text[0] for text, space in spaces.items() if space is None} == set("一五六")


def test_tables_have_real_heads_and_merged_cells(book):
    art20, requests, review = book.tables
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in requests.rows]
    assert heads == [True] * 3 + [False] * 25
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in requests.rows)
    assert requests.cell(5, 0)._tc is requests.cell(20, 0)._tc
    first = [cell.text for cell in requests.rows[3].cells]
    assert first == ["一、本年新收政府信息公开申请数量"] * 3 + ["35", *"40020", "41"]
    assert [cell.text for cell in review.rows[3].cells][:5] == list("20013")
    assert art20.cell(13, 1).text == "12.5"
    assert sum(column.width for column in requests.columns) <= Mm(156.2)


def test_a_table_is_kept_on_one_page_with_all_its_group_labels(book):
    for table in book.tables:
        for paragraph in table._tbl.iter(qn("w:p")):
            assert paragraph.pPr.find(qn("w:keepNext")) is not None


@pytest.mark.parametrize("last", [1, 2, 3, 4, 5, 6])
def test_the_body_ends_with_a_paragraph(invented, tmp_path: Path, last: int):
    report = invented("annual-2021", 2024, dict.fromkeys(invented("annual-2021", 2024).cells, Cell(0, "0")))
    path = tmp_path / "r.docx"
    write(replace(report, parts=report.parts[:last]), path)
    children = [child.tag for child in docx.Document(str(path)).element.body]
    assert children[-2:] == [qn("w:p"), qn("w:sectPr")]


def test_charts_fit_the_page_however_many_years(invented, tmp_path: Path):
    path = tmp_path / "r.docx"
    report = invented("annual-2021", 2026)
    write(report, path, history=[invented("annual-2021", year) for year in range(1996, 2026)])
    extents = docx.Document(str(path)).element.body.findall(f".//{qn('wp:extent')}")
    assert len(extents) == 4
    for extent in extents:
        assert int(extent.get("cx")) <= Mm(156) and int(extent.get("cy")) <= Mm(205)


def test_charts_are_pictures_with_words(book):
    pictures = book.element.body.findall(f".//{qn('wp:docPr')}")
    assert len(pictures) == 4
    assert "予以公开21件" in pictures[0].get("descr")


def test_a_corrected_figure_carries_what_stood_there(invented, tmp_path: Path):
    path = tmp_path / "r.docx"
    write(invented("annual-2021", 2024), path, repaired=[Change("requests/new/total", 40, 41)])
    book = docx.Document(str(path))
    assert [comment.text for comment in book.comments] == ["原为：40"]
    assert book.tables[1].rows[3].cells[9].text == "41"


def test_libreoffice_opens_it_and_shows_every_figure(invented, tmp_path: Path):
    path = tmp_path / "r.docx"
    write(invented("annual-2021", 2024), path)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "r.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    lines = [line.split() for line in text.splitlines()]
    assert ["一、本年新收政府信息公开申请数量", *["35", "4", "0", "0", "2", "0", "41"]] in lines
    assert any(line[-7:] == ["35", "3", "0", "0", "2", "0", "40"] for line in lines)
    pages = text.split("\f")
    assert len(pages) <= 7
    (whole,) = [page for page in pages if "三、收到和处理政府信息公开申请情况" in page]
    assert "四、结转下年度继续办理" in whole


def test_hostile_text_is_text(invented, tmp_path: Path):
    hostile = '<w:p/> & "]]>" _x0041_ {{x}} ${y} \x00\x0b'
    path = tmp_path / "r.docx"
    cells = {"requests/new/total": Cell(None, "<w:b/>&")}
    write(replace(invented("annual-2021", 2024, cells, {1: hostile}), agency="云岭\x00<县>\x1b局"), path)
    assert docx.Document(str(path)).core_properties.author == "云岭<县>局"
    assert docx.Document(str(path)).tables[1].rows[3].cells[9].text == "<w:b/>&"
    assert any(
        '<w:p/> & "]]>" _x0041_ {{x}} ${y}' in paragraph.text for paragraph in docx.Document(str(path)).paragraphs
    )
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
