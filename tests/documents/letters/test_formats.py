"""DOCX and PDF: the letter format as other programs see it, and every sentence in both."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.documents.letters import Letter, make_docx, make_pdf
from gongkai.documents.letters.layout import lay_out
from gongkai.documents.write.fonts import fonts

MILLIMETRE = 72 / 25.4
HOSTILE = '#import "x" $a_b$ *b* _i_ `c` <w:p/> &amp; ]]> {{x}} \\ @ref // /* [y](z) %s {0} <script>'


def book(letter: Letter):
    return docx.Document(BytesIO(make_docx(letter).data))


def text_of_docx(letter: Letter) -> str:
    found = book(letter)
    return "\n".join(each.text for each in (*found.sections[0].first_page_header.paragraphs, *found.paragraphs))


def pdftotext(data: bytes, *options: str) -> str:
    """As pdftotext sees it, whose default takes a hyphen at the end of a line for one of its own."""
    command = ["pdftotext", *(options or ["-raw"]), "-", "-"]
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout.decode()


def flat(text: str) -> str:
    """Without spaces, line ends and page numbers."""
    return "".join(text.split())


def sentences(letter: Letter) -> list[str]:
    printed = lay_out(letter)
    lines = (printed.addressee, *letter.paragraphs, *letter.remedy, *printed.notes, printed.date, letter.number or "")
    whole = [letter.organ, letter.title, *lines, *letter.attachments]
    return [flat(each) for each in whole]


def without_numbers(text: str) -> str:
    """Text of a PDF without its page numbers."""
    return flat(re.sub(r"^\s*—\s*\d+\s*—\s*$", "", text, flags=re.MULTILINE))


def test_every_sentence_stands_in_the_docx(letter):
    text = flat(text_of_docx(letter))
    for sentence in sentences(letter):
        assert sentence in text


def test_every_sentence_stands_in_the_pdf(letter):
    made = make_pdf(letter)
    text = without_numbers(pdftotext(made.data))
    for sentence in sentences(letter):
        assert sentence in text
    assert {warning.id for warning in made.warnings} <= {"writing.font-missing"}


def test_the_page_of_the_docx_is_that_of_the_letter_format(make):
    found = book(make["R1"]())
    section = found.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in (section.page_width, section.page_height, *edges)] == [210, 297, 37, 35, 28, 26]
    assert [round(edge.mm, 1) for edge in (section.header_distance, section.footer_distance)] == [30, 20]
    assert section.different_first_page_header_footer and found.settings.odd_and_even_pages_header_footer
    head, rule = section.first_page_header.paragraphs
    assert head.text == "青川市云岭县文化和旅游局" and str(head.runs[0].font.color.rgb) == "FF0000"
    assert rule.paragraph_format.line_spacing == pytest.approx(Mm(4), abs=Pt(0.1))
    for line, kind in ((rule, "thickThin"), (section.first_page_footer.paragraphs[0], "thinThick")):
        edge = line._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
        assert (edge.get(qn("w:val")), edge.get(qn("w:color"))) == (f"{kind}SmallGap", "FF0000")
        indents = line.paragraph_format.left_indent + line.paragraph_format.right_indent
        assert Mm(156) - indents == pytest.approx(Mm(170), abs=Mm(0.1))
    assert "PAGE" not in section.first_page_footer._element.xml
    assert [footer.paragraphs[0].alignment.name for footer in (section.footer, section.even_page_footer)] == [
        "RIGHT",
        "LEFT",
    ]
    assert "PAGE" in section.footer._element.xml and "PAGE" in section.even_page_footer._element.xml


def test_faces_sizes_and_lines_of_the_docx(make):
    found = book(make["R1"]())

    def face(style):
        return found.styles[style].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))

    faces = ["仿宋", "仿宋", "方正小标宋简体", "方正小标宋简体", "宋体"]
    assert [face(style) for style in ("Normal", "Body Text", "Title", "Header", "Footer")] == faces
    body, title = found.styles["Body Text"], found.styles["Title"]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    assert (title.font.size, found.styles["Footer"].font.size) == (Pt(22), Pt(14))
    number = found.paragraphs[0]
    assert number.text == "云文旅公复〔2026〕12号" and number.alignment.name == "RIGHT"
    addressee = next(each for each in found.paragraphs if each.text == "李某某：")
    assert addressee.paragraph_format.first_line_indent == 0 and addressee.alignment.name == "LEFT"
    first = next(each for each in found.paragraphs if each.style.name == "Body Text")
    assert first.paragraph_format.first_line_indent == Pt(32)
    assert found.core_properties.title == make["R1"]().title and found.core_properties.author == make["R1"]().organ


def test_libreoffice_opens_it(make, tmp_path: Path):
    kinds = ("receipt", "correction_notice", "extension_notice", "RP")
    for kind in kinds:
        (tmp_path / f"{kind}.docx").write_bytes(make_docx(make[kind]()).data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    files = [str(tmp_path / f"{kind}.docx") for kind in kinds]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=180)
    for kind in kinds:
        data = (tmp_path / f"{kind}.pdf").read_bytes()
        text = without_numbers(pdftotext(data))
        for sentence in sentences(make[kind]()):
            assert sentence in text
        pages = pdftotext(data).split("\f")[:-1]
        assert "—1—" not in flat(pages[0]) and all(
            f"—{number}—" in flat(page) for number, page in enumerate(pages[1:], 2)
        )


def test_the_pdf_is_an_archive_and_accessible_file(make):
    with pikepdf.open(BytesIO(make_pdf(make["RP"]()).data)) as found:
        metadata = found.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert metadata["dc:title"] == make["RP"]().title
        assert found.Root.MarkInfo.Marked and str(found.Root.Lang) == "zh-CN"
        assert [round(float(side) / MILLIMETRE) for side in found.pages[0].MediaBox] == [0, 0, 210, 297]


def words(data: bytes, page: int = 1) -> list[tuple[float, float, float, float, str]]:
    """Each word with left, top, right, bottom in millimetres."""
    found = pdftotext(data, "-bbox", "-f", str(page), "-l", str(page))
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [(*(float(edge) / MILLIMETRE for edge in edges), text) for *edges, text in re.findall(pattern, found)]


def strokes(data: bytes) -> list[tuple[float, float, float]]:
    """The lines of the first page: left edge, distance from the top, length, in millimetres, from above."""
    with pypdfium2.PdfDocument(data) as found:
        page = found[0]
        edges = [each.get_bounds() for each in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,), max_depth=5)]
    at = [(left, 297 * MILLIMETRE - (low + high) / 2, right - left) for left, low, right, high in edges]
    return sorted((tuple(each / MILLIMETRE for each in line) for line in at), key=lambda line: line[1])


def test_the_pdf_stands_as_the_letter_format_says(make):
    data = make_pdf(make["R1"]()).data
    lines = strokes(data)
    assert len(lines) == 4
    for left, _, length in lines:
        assert (round(left, 1), round(length, 1)) == (20, 170)
    assert 276 <= lines[-1][1] <= 277.2
    found = words(data)
    head, number = found[0], next(word for word in found if word[4].startswith("云文旅公复"))
    assert abs((head[0] + head[2]) / 2 - 105) < 2.5 and head[3] < lines[0][1]
    assert abs(number[2] - 184) < 0.6 and number[1] > lines[1][1]
    assert min(word[0] for word in found) >= 27 and max(word[3] for word in found) <= 297 - 34
    body = [word for word in found if word[4].startswith("2026年3月2日")]
    assert abs(body[0][0] - 28 - 2 * 16 / MILLIMETRE) < 1


def test_pages_after_the_first_are_numbered_outside(make):
    letter = make["R1"](remarks=[f"第{place}段。" for place in range(60)])
    pages = [flat(page) for page in pdftotext(make_pdf(letter).data).split("\f")[:-1]]
    assert len(pages) > 3 and "—1—" not in pages[0]
    for number, page in enumerate(pages[1:], 2):
        assert f"—{number}—" in page


def test_no_page_has_the_signature_alone(make):
    for count in range(0, 24):
        letter = make["R4.1"](remarks=["一行。"] * count, contact="")
        last = [page for page in pdftotext(make_pdf(letter).data).split("\f") if page.strip()][-1]
        assert "提起行政诉讼的" in flat(last)


@pytest.mark.parametrize("wide", ["云" * 130, "W" * 200, "云岭县 W-1 " * 20])
def test_long_names_stay_on_the_page(make, wide):
    letter = replace(
        make["RP"](),
        organ=wide,
        title=wide + "答复书",
        addressee=wide,
        number=wide + "〔2026〕1号",
        attachments=(wide, wide),
        note=wide,
        contact=wide,
        paragraphs=(wide,),
    )
    data = make_pdf(letter).data
    pages = len(pdftotext(data).split("\f")) - 1
    for page in range(1, pages + 1):
        for left, top, right, bottom, word in words(data, page):
            assert left >= 19 and right <= 191 and top >= 28 and bottom <= 297 - 20, (page, word)
    assert flat(wide) in flat(text_of_docx(letter))


def test_hostile_text_prints_as_it_is(make):
    letter = replace(
        make["RP"](), organ=HOSTILE, title=HOSTILE, addressee=HOSTILE, paragraphs=(HOSTILE,), attachments=(HOSTILE,) * 2
    )
    letter = replace(letter, number=HOSTILE, remedy=(HOSTILE,), note=HOSTILE, contact=HOSTILE)
    for text in (pdftotext(make_pdf(letter).data), text_of_docx(letter)):
        assert without_numbers(text).count(flat(HOSTILE)) >= 10


def test_control_characters_reach_no_format():
    letter = Letter(
        kind="reply",
        document=None,
        organ="甲\x00局",
        title="书\r\n名",
        addressee="某\ud800人",
        paragraphs=("一\x0b二\u202e",),
        date=date(2026, 3, 5),
    )
    assert (letter.organ, letter.title, letter.addressee) == ("甲局", "书 名", "某人")
    assert letter.paragraphs == ("一", "二")
    assert "甲局" in text_of_docx(letter) and "甲局" in pdftotext(make_pdf(letter).data)


def test_a_character_without_a_glyph_is_named(make):
    made = make_pdf(replace(make["R1"](), paragraphs=("\U0001f600处",)))
    (warning,) = [warning for warning in made.warnings if warning.id == "writing.glyph-missing"]
    assert "U+1F600" in str(warning.params["characters"])
    assert "□处" in pdftotext(made.data)


CHARACTERS = st.one_of(
    st.sampled_from("的一是在不了有和人这中大为上个国我以要他时来用们生到，。：；“”（）《》〔〕—…、"),
    st.sampled_from("ABCxyz0123456789#$*_@\\'\"[]{}|~^<>&%+-=/ 　\n\t㐀①"),
)
TEXT = st.text(CHARACTERS, max_size=120)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(organ=TEXT, title=TEXT, name=TEXT, body=st.lists(TEXT, max_size=4), files=st.lists(TEXT, max_size=3), note=TEXT)
def test_whatever_is_written_comes_through_both_formats(organ, title, name, body, files, note):
    letter = Letter(
        kind="reply",
        document=None,
        organ=organ,
        title=f"书{title}",
        addressee=name,
        paragraphs=tuple(body),
        date=date(2026, 3, 5),
        number="甲〔2026〕1号",
        attachments=tuple(files),
        note=note,
    )
    for text in (text_of_docx(letter), pdftotext(make_pdf(letter).data)):
        found = without_numbers(text)
        for sentence in sentences(letter):
            assert sentence in found


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_at_all_comes_through_the_docx_and_breaks_no_pdf(text):
    letter = Letter(
        kind="reply",
        document=None,
        organ=text,
        title=f"书{text}",
        addressee=text,
        paragraphs=(text,),
        date=date(2026, 3, 5),
    )
    found = flat(text_of_docx(letter))
    assert all(sentence in found for sentence in sentences(letter))
    made = make_pdf(letter)
    assert made.data.startswith(b"%PDF")
    assert bool(fonts().missing(letter.title)) == any(each.id == "writing.glyph-missing" for each in made.warnings)
