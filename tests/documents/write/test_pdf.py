"""PDF: its standards, its tags, its text as pdftotext sees it, and what is said of fonts and characters."""

import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from gongkai.core.tables.report import Cell
from gongkai.documents.write import write
from gongkai.documents.write.fonts import FACES, choose, coverage, fonts


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return tmp_path_factory.mktemp("pdf") / "r.pdf"


@pytest.fixture
def pdf(invented, made: Path) -> Path:
    if not made.exists():
        write(invented("annual-2021", 2024), made, history=[invented("annual-2021", 2023)])
    return made


def text(path: Path) -> str:
    """As pdftotext sees it, the writer's fixed spaces as plain ones."""
    command = ["pdftotext", "-layout", str(path), "-"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return found.replace("\u00a0", " ")


def kinds(element, found: list[str]) -> list[str]:
    """The structure types of a tagged PDF in order."""
    if isinstance(element, pikepdf.Array):
        for kid in element:
            kinds(kid, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        if "/K" in element:
            kinds(element.K, found)
    return found


def test_it_is_an_archive_and_accessible_file(pdf):
    with pikepdf.open(pdf) as book:
        metadata = book.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "青川市云岭县农业农村局2024年政府信息公开工作年度报告"
        assert "云岭县农业农村局" in metadata["dc:creator"][0]
        assert "政府信息公开" in metadata["pdf:Keywords"]
        assert str(book.Root.Lang) == "zh-CN"
        assert book.Root.MarkInfo.Marked
        tags = kinds(book.Root.StructTreeRoot.K, [])
        assert tags.count("/Table") == 3 and tags.count("/Figure") == 4
        assert tags.count("/H1") == 7 and "/TH" in tags and "/Title" in tags
        fonts = [font for page in book.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_figures_stand_in_their_lines(pdf):
    lines = [line.split() for line in text(pdf).splitlines()]
    assert ["一、本年新收政府信息公开申请数量", "35", *"40020", "41"] in lines
    assert list("200130000010001") in lines
    assert "— 2 —" in text(pdf) or "—2—" in text(pdf)
    assert "office@yunling.example" in text(pdf)


def pages(path: Path) -> list[str]:
    return ["".join(page.split()) for page in text(path).split("\f")]


@pytest.mark.parametrize(("lines", "figure"), [(0, None), (8, None), (16, 12345), (4, 1234567)])
def test_table_three_stands_on_one_page_wherever_it_comes(invented, tmp_path: Path, lines: int, figure: int | None):
    report = invented("annual-2021", 2024)
    large = {cell: Cell(figure, str(figure)) for cell in report.cells if figure and cell.startswith("requests/")}
    path = tmp_path / "r.pdf"
    write(invented("annual-2021", 2024, large, {1: "\n".join(["一行。"] * lines)}), path)
    (whole,) = [page for page in pages(path) if "三、收到和处理政府信息公开申请情况" in page]
    assert "四、结转下年度继续办理" in whole and "申请人情况" in whole


def test_a_table_that_no_page_holds_is_broken_and_loses_nothing(invented, tmp_path: Path):
    long = {"requests/new/total": Cell(None, "\n".join(f"第{line}行" for line in range(1, 91)))}
    path = tmp_path / "r.pdf"
    write(invented("annual-2021", 2024, long), path)
    found = pages(path)
    assert all(f"第{line}行" in "".join(found) for line in range(1, 91))
    first, last = ([page for page in found if word in page] for word in ("第1行", "四、结转下年度继续办理"))
    assert len(first) == len(last) == 1 and first != last


def test_charts_fit_the_page_however_many_years(invented, tmp_path: Path):
    path = tmp_path / "r.pdf"
    write(invented("annual-2021", 2026), path, history=[invented("annual-2021", year) for year in range(1996, 2026)])
    millimetre = 72 / 25.4
    book = pypdfium2.PdfDocument(path)
    pictures = [
        picture.get_bounds()
        for page in book
        for picture in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=5)
    ]
    book.close()
    assert len(pictures) == 4
    for left, bottom, right, top in pictures:
        assert round(left / millimetre, 1) >= 28 and round(right / millimetre, 1) <= 210 - 26
        assert round(bottom / millimetre, 1) >= 35 and round(top / millimetre, 1) <= 297 - 37


def test_hostile_text_prints_as_it_is(invented, tmp_path: Path):
    hostile = '#import "x.typ": * \\ $a_b$ *bold* _it_ `code` <label> @ref // no /* no */ #panic() = h - l + e'
    path = tmp_path / "r.pdf"
    write(invented("annual-2021", 2024, prose={1: hostile}), path)
    found = "".join(text(path).split())
    assert "".join(hostile.split()) in found


def test_a_long_figure_stays_in_its_cell(invented, tmp_path: Path):
    long = {
        "requests/new/total": Cell(123456789012, "123456789012"),
        "review/reconsideration/upheld": Cell(98765432109, "98765432109"),
        "requests/total/total": Cell(22, "22（其中修订 16 件）"),
    }
    path = tmp_path / "r.pdf"
    write(invented("annual-2021", 2024, long), path)
    lines = [line.split() for line in text(path).splitlines()]
    assert ["35", *"40020", "123456789012"] in [line[-7:] for line in lines]
    assert any(line[:2] == ["98765432109", "0"] for line in lines)
    assert "22（其中修订" in text(path)


@pytest.mark.parametrize("character", ["\U0002fa1d", "\U0001f600", "\ue000"])
def test_a_character_without_a_glyph_is_named(invented, tmp_path: Path, character: str):
    warnings = write(invented("annual-2021", 2024, prose={1: f"{character}处"}), tmp_path / "r.pdf")
    (warning,) = [warning for warning in warnings if warning.id == "writing.glyph-missing"]
    assert f"{character} (U+{ord(character):04X})" in str(warning.params["characters"])
    assert warning.params["file"] == str(tmp_path / "r.pdf")
    assert "□处" in text(tmp_path / "r.pdf")


def test_official_faces_that_are_not_there_are_named(invented, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("GONGKAI_FONTS", raising=False)
    (warning,) = write(invented("annual-2021", 2024), tmp_path / "r.pdf")
    assert warning.id == "writing.font-missing"
    assert all(face in str(warning.params["fonts"]) for face in ("仿宋", "小标宋", "黑体", "楷体", "宋体"))


def test_the_official_face_comes_before_its_stand_ins():
    there = ["Noto Sans CJK SC", "SimHei", "FangSong_GB2312"]
    assert choose(FACES["body"], there) == ["FangSong_GB2312", "Noto Sans CJK SC"]
    assert choose(FACES["heading"], there) == ["SimHei", "Noto Sans CJK SC"]
    assert choose(FACES["title"], there) == ["Noto Sans CJK SC"]


def test_a_font_of_the_installation_is_used(invented, tmp_path: Path, monkeypatch):
    """The wheel's font under the name SimHei: the folder is searched, its 黑体 is taken, nothing is missed of it."""
    source = next(file for file in fonts().files if file.suffix == ".ttc" and "VF" in file.name)
    data = source.read_bytes()
    # Names are stored in UTF-16 big-endian; the new name has the same length.
    old, new = "Noto Sans CJK SC".encode("utf-16-be"), "SimHei".ljust(16).encode("utf-16-be")
    assert old in data
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "hei.ttc").write_bytes(data.replace(old, new))
    monkeypatch.setenv("GONGKAI_FONTS", str(folder))
    families = [family.strip() for family in fonts().families]
    assert "SimHei" in families


def test_a_folder_without_fonts_is_named(invented, tmp_path: Path, monkeypatch):
    empty = tmp_path / "empty"
    empty.mkdir()
    for folder, id in ((tmp_path / "none", "writing.fonts-absent"), (empty, "writing.fonts-empty")):
        monkeypatch.setenv("GONGKAI_FONTS", str(folder))
        warning, other = write(invented("annual-2021", 2024), tmp_path / "r.pdf")
        assert (warning.id, warning.params) == (id, {"folder": str(folder)})
        assert other.id == "writing.font-missing"


def test_coverage_is_read_from_the_font_itself():
    covered = coverage(next(file for file in fonts().files if "VF" in file.name))
    assert all(covered.has(ord(char)) for char in "政府信息公开1Aa（）—□")
    assert not covered.has(0x1F600) and not covered.has(0x10FFFF)
    assert fonts().missing("政府 信息\n😀a") == ["😀"]
