"""DOC and WPS: whole through LibreOffice, with a warning through antiword or catdoc, else a clear message."""

import shutil
import subprocess
import time

import docx as python_docx
import pytest

from gongkai.documents.read import legacy
from gongkai.documents.read.source import Grid, Paragraph, Unreadable

NAME = "青川市水务局.wps"
TITLE = "青川市水务局2021年政府信息公开工作年度报告"


@pytest.fixture(scope="session")
def doc(tmp_path_factory):
    """A real Word 97 document with a merged table and blank cells, made by LibreOffice."""
    folder = tmp_path_factory.mktemp("doc")
    document = python_docx.Document()
    document.add_heading(TITLE, 1)
    document.add_paragraph("本局2021年收到政府信息公开申请1件。")
    table = document.add_table(3, 4, style="Table Grid")
    for row, line in enumerate((["项目", "", "自然人", "总计"], ["申请", "新收", "1", "1"], ["", "结转", "", "0"])):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    # Word always ends a document with a paragraph; without one LibreOffice writes a DOC that it cannot read again.
    document.add_paragraph("无其他事项。")
    document.save(folder / "report.docx")
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    assert soffice, "these tests need LibreOffice"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "doc", "--outdir", folder, folder / "report.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return folder / "report.doc"


def only(*tools):
    """A ``which`` that finds these programs and no others."""
    return lambda name: shutil.which(name) if name in tools else None


def refusal(path, which=lambda name: None) -> str:
    with pytest.raises(Unreadable) as caught:
        legacy.read(path, NAME, which)
    assert caught.value.message.params["file"] == NAME
    return caught.value.message.id


def test_through_libreoffice_nothing_is_lost(doc, tmp_path):
    path = tmp_path / "-env:odd name.wps"
    shutil.copyfile(doc, path)
    source = legacy.read(path, NAME)
    title, sentence, grid, _ = source.blocks
    assert (title.text, title.heading) == (TITLE, 1)
    assert isinstance(sentence, Paragraph) and sentence.text == "本局2021年收到政府信息公开申请1件。"
    assert isinstance(grid, Grid)
    assert [[grid.texts[index] for index in row] for row in grid.rows] == [
        ["项目", "项目", "自然人", "总计"],
        ["申请", "新收", "1", "1"],
        ["申请", "结转", "", "0"],
    ]
    assert (source.name, source.problems, source.flat) == (NAME, [], False)


@pytest.mark.parametrize("tool", ["antiword", "catdoc"])
def test_without_libreoffice_lost_blanks_are_a_problem(doc, tool):
    source = legacy.read(doc, NAME, only(tool))
    assert [(each.id, each.params["tool"]) for each in source.problems] == [("read.blanks-lost", tool)]
    texts = [
        text for block in source.blocks for text in ([block.text] if isinstance(block, Paragraph) else block.texts)
    ]
    assert source.flat
    assert TITLE in texts[0]
    assert any("新收" in text for text in texts)


def test_of_two_texts_the_fuller_one_is_read(doc, tmp_path):
    short = tmp_path / "short"
    short.write_text("#!/bin/sh\necho 只有一行\n")
    short.chmod(0o755)
    for poor, good in (("antiword", "catdoc"), ("catdoc", "antiword")):
        found = {poor: str(short), good: shutil.which(good)}
        assert legacy.read(doc, NAME, found.get).problems[0].params["tool"] == good


def test_without_any_converter_it_says_what_to_install(doc):
    assert refusal(doc) == "read.no-converter"


@pytest.fixture
def program(tmp_path):
    """A program that stands in for a converter: a shell script."""

    def program(script: str) -> str:
        path = tmp_path / "converter"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    return program


def test_a_converter_that_hangs_is_ended_with_its_children(doc, program, monkeypatch, tmp_path):
    monkeypatch.setattr(legacy, "SOFFICE_SECONDS", 0.5)
    sign = tmp_path / "alive"
    script = program(f"(while :; do touch {sign}; sleep 0.05; done) & sleep 60")
    begin = time.monotonic()
    assert refusal(doc, lambda name: script if name == "soffice" else None) == "read.conversion-failed"
    assert time.monotonic() - begin < 5
    assert sign.exists()
    sign.unlink()
    time.sleep(0.3)
    assert not sign.exists()


def test_a_converter_whose_children_keep_its_output_open(doc, program, monkeypatch):
    monkeypatch.setattr(legacy, "SOFFICE_SECONDS", 0.5)
    script = program("sleep 60 & exit 0")
    begin = time.monotonic()
    assert refusal(doc, lambda name: script if name == "libreoffice" else None) == "read.conversion-failed"
    assert time.monotonic() - begin < 5


def test_where_libreoffice_fails_the_next_tool_is_tried(doc, program):
    failing = program("exit 1")
    source = legacy.read(doc, NAME, lambda name: {"soffice": failing, "catdoc": shutil.which("catdoc")}.get(name))
    assert [each.params["tool"] for each in source.problems] == ["catdoc"]


def test_nothing_is_left_behind(doc, program, monkeypatch, tmp_path):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert refusal(doc, lambda name: program("touch left; exit 1")) == "read.conversion-failed"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_is_no_word_document(tmp_path, compound_file):
    path = tmp_path / "x.doc"

    def refused(data: bytes) -> str:
        path.write_bytes(data)
        return refusal(path)

    encrypted = b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little")
    assert refused(b"\x01WPS 1.0 old") == "read.old-wps"
    assert refused(b"\xdb\xa5\x2d\x00" + bytes(600)) == "read.old-wps"
    assert refused(bytes.fromhex("d0cf11e0a1b11ae1")) == "read.office-damaged"
    assert refused(compound_file({"WordDocument": encrypted, "1Table": b""})) == "read.office-encrypted"
    assert refused(compound_file({"EncryptedPackage": b""})) == "read.office-encrypted"
    assert refused(compound_file({"Workbook": b""}, {"WordDocument": b""})) == "read.office-not-word"
    assert refused(compound_file({"WordDocument": b"\xec\xa5" + bytes(40)})[:1600]) == "read.office-damaged"


def test_a_directory_that_runs_in_circles_ends(compound_file):
    data = bytearray(compound_file({"WordDocument": b"", "1Table": b""}))
    for entry in range(3):
        data[1024 + entry * 128 + 68 : 1024 + entry * 128 + 80] = b"\1\0\0\0" * 3
    assert legacy.Compound(bytes(data)).names == ["WordDocument"]
    data[512 + 4 : 512 + 8] = b"\1\0\0\0"
    with pytest.raises(ValueError, match="chain"):
        legacy.Compound(bytes(data))
