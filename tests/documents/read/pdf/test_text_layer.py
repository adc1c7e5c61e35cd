"""A scan is never an empty table; a locked, damaged or oversized file gives a message; handles are closed again."""

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from gongkai.documents.read.limits import MAX_PDF_PAGES, MAX_PDF_UNPACKED
from gongkai.documents.read.pdf import read, reader
from gongkai.documents.read.source import Paragraph, Unreadable

Draw = Callable[..., Path]
Typeset = Callable[[str], Path]


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read(path, path.name)
    assert caught.value.message.params["file"] == path.name
    return caught.value.message.id


def scan(path: Path, pages: int = 1) -> None:
    """Pages that are nothing but a picture."""
    first, *others = [Image.effect_noise((300, 420), 60) for _ in range(pages)]
    first.save(path, "PDF", resolution=36, save_all=True, append_images=others)


def test_a_scan_is_refused_not_read_as_zeros(tmp_path: Path) -> None:
    scan(tmp_path / "scan.pdf", 2)
    assert refusal(tmp_path / "scan.pdf") == "read.no-text-layer"


def test_an_empty_page_has_no_text_layer_either(draw: Draw) -> None:
    assert refusal(draw("")) == "read.no-text-layer"


def test_scanned_pages_among_others_are_named(tmp_path: Path, typeset: Typeset) -> None:
    path = typeset("一、总体情况\n#pagebreak()\n六、其他需要报告的事项")
    scan(tmp_path / "scan.pdf", 2)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf, pikepdf.open(tmp_path / "scan.pdf") as other:
        pdf.pages.insert(1, other.pages[0])
        pdf.pages.append(other.pages[1])
        pdf.save(path)
    source = read(path, path.name)
    assert [(problem.id, problem.params["pages"]) for problem in source.problems] == [("read.scanned-pages", "2, 4")]
    assert len(source.blocks) == 2


def test_text_hidden_under_a_picture_is_read_with_a_warning(tmp_path: Path, draw: Draw) -> None:
    scan(tmp_path / "scan.pdf")
    with pikepdf.open(tmp_path / "scan.pdf") as pdf:
        picture = next(iter(pdf.pages[0].get_images().values()))
        page = "q 595 0 0 842 0 0 cm /Scan Do Q\nBT /F1 12 Tf {} Tr 80 700 Td (Recognised text 17) Tj ET"
        hidden = read(draw(page.format(3), Scan=picture), "x.pdf")
        assert [block.text for block in hidden.blocks if isinstance(block, Paragraph)] == ["Recognised text 17"]
        assert [(problem.id, problem.params["pages"]) for problem in hidden.problems] == [("read.ocr-text", "1")]
        assert read(draw(page.format(0), Scan=picture), "x.pdf").problems == []


PRIVATE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <0FFF> <E000> endbfrange
endcmap end end"""
"""A character table that gives private code points for all glyphs, as some converters write it."""


def garble(path: Path, page: int) -> None:
    """Let the fonts of one page say nothing of their characters."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fonts = pdf.pages[page].Resources.Font
        pdf.pages[page].Resources.Font = pikepdf.Dictionary(
            {name: pdf.make_indirect(pikepdf.Dictionary(font)) for name, font in fonts.items()}
        )
        for font in pdf.pages[page].Resources.Font.values():
            font.ToUnicode = pdf.make_stream(PRIVATE)
        pdf.save(path)


def test_garbled_text_is_refused(typeset: Typeset) -> None:
    path = typeset("青川市民政局政府信息公开工作年度报告")
    garble(path, 0)
    assert refusal(path) == "read.garbled-text-layer"


def test_garbled_pages_among_others_are_named(typeset: Typeset) -> None:
    path = typeset("一、总体情况。青川市民政局主动公开政府信息。\n#pagebreak()\n六、其他需要报告的事项")
    garble(path, 1)
    source = read(path, path.name)
    assert [(problem.id, problem.params["pages"]) for problem in source.problems] == [("read.garbled-pages", "2")]


def test_fonts_without_any_character_table_are_refused(typeset: Typeset) -> None:
    path = typeset("青川市民政局政府信息公开工作年度报告")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            del font.ToUnicode
        pdf.save(path)
    assert refusal(path) == "read.garbled-text-layer"


def test_password(typeset: Typeset) -> None:
    path = typeset("一、总体情况")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    assert refusal(path) == "read.pdf-password"


def test_a_file_locked_only_against_changes_is_read(typeset: Typeset) -> None:
    path = typeset("一、总体情况")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="geheim"))
    assert [block.text for block in read(path, path.name).blocks if isinstance(block, Paragraph)] == ["一、总体情况"]


@pytest.mark.parametrize("keep", [0, 5, 200, 2000])
def test_a_file_cut_off_is_refused(typeset: Typeset, keep: int) -> None:
    path = typeset("一、总体情况")
    path.write_bytes(path.read_bytes()[:keep])
    assert refusal(path) == "read.pdf-damaged"


def test_damage_anywhere_never_raises_anything_else(typeset: Typeset, tmp_path: Path) -> None:
    whole = typeset("#table(columns: 3, [规章], [1], [2], [许可], [3], [4])\n一、总体情况").read_bytes()
    chance = random.Random(20211231)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        del data[chance.randrange(len(data)) : chance.choice((0, len(data)))]
        (tmp_path / "damaged.pdf").write_bytes(data)
        try:
            read(tmp_path / "damaged.pdf", "damaged.pdf")
        except Unreadable as refused:
            assert refused.message.id.startswith("read.")


@pytest.mark.parametrize("filters", [1, 2])
def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, filters: int) -> None:
    pdf = pikepdf.new()
    data = b"0 0 m 9 9 l S\n" * (MAX_PDF_UNPACKED // 14 + 1)
    for _ in range(filters):
        data = zlib.compress(data, 9)
    page = pdf.add_blank_page()
    page.Contents = pikepdf.Stream(pdf, data)
    page.Contents.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * filters)
    path = tmp_path / "bomb.pdf"
    pdf.save(path)
    assert path.stat().st_size < 200_000
    assert refusal(path) == "read.pdf-too-large"


def test_large_pictures_and_fonts_are_no_bombs(tmp_path: Path, draw: Draw) -> None:
    pdf = pikepdf.new()
    picture = pikepdf.Stream(pdf, zlib.compress(bytes(MAX_PDF_UNPACKED + 6000 * 6000)))
    picture.update(
        {
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 6000, "/Height": 10_000,
            "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.FlateDecode,
        }
    )  # fmt: skip
    path = draw("q 99 0 0 99 0 0 cm /P Do Q BT /F1 9 Tf 80 700 Td (Text) Tj ET", P=pdf.make_indirect(picture))
    assert len(read(path, path.name).blocks) == 1


def test_too_many_pages(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    for _ in range(MAX_PDF_PAGES + 1):
        pdf.add_blank_page()
    pdf.save(tmp_path / "long.pdf")
    assert refusal(tmp_path / "long.pdf") == "read.pdf-too-many-pages"


def test_too_much_text_counts_over_the_pages(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draw(*["BT /F1 9 Tf 80 700 Td (1234567890) Tj ET"] * 3)
    monkeypatch.setattr(reader, "MAX_PDF_CHARACTERS", 30)
    assert len(read(path, path.name).blocks) == 3
    monkeypatch.setattr(reader, "MAX_PDF_CHARACTERS", 29)
    assert refusal(path) == "read.pdf-too-much-text"


def resident() -> int:
    """Memory of this process now, in kB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


def test_memory_does_not_grow_with_the_number_of_files(typeset: Typeset) -> None:
    path = typeset("= 一、总体情况\n#table(columns: 3, [规章], [1], [2], [许可], [3], [4])\n#lorem(40)")
    for _ in range(50):
        read(path, path.name)
    before = resident()
    for _ in range(200):
        read(path, path.name)
    assert resident() - before < 6000
