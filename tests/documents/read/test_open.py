"""The door: every format is known by its content, every refusal says why."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gongkai.documents.read.open import open_source
from gongkai.documents.read.source import Grid, Unreadable
from gongkai.rulebook.load.messages import render

TEXT = "青川市云岭县民政局2023年政府信息公开工作年度报告\n一、总体情况\n正文。\n"
PAGE = "<html><head><meta charset=gbk></head><body><p>正文一</p><table><tr><td>规章<td>0</table></body></html>"


def put(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path):
    """The id of the refusal, whose sentence is there in both languages and names the file."""
    with pytest.raises(Unreadable) as error:
        open_source(path)
    for lang in ("zh", "en"):
        sentence = render(error.value.message, lang)
        assert str(path) in sentence and error.value.message.id not in sentence
    return error.value.message.id


@pytest.mark.parametrize("name", ["a.txt", "a", "a.doc", "a.html"])
def test_text_whatever_its_suffix(tmp_path, name):
    source = open_source(put(tmp_path, name, TEXT))
    assert source.flat and [block.text for block in source.blocks] == TEXT.splitlines()
    assert source.name == str(tmp_path / name)


def test_markdown_by_its_suffix(tmp_path):
    assert open_source(put(tmp_path, "a.md", "# 标题\n")).blocks[0].heading == 1
    assert open_source(put(tmp_path, "a.txt", "# 标题\n")).blocks[0].heading == 0


@pytest.mark.parametrize("name", ["a.html", "a.doc", "a.txt", "a"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_pages_whatever_their_suffix(tmp_path, name, codec):
    blocks = open_source(put(tmp_path, name, PAGE.encode(codec))).blocks
    assert blocks[0].text == "正文一" and isinstance(blocks[1], Grid)


def test_a_page_with_something_before_it(tmp_path):
    xml = f'<?xml version="1.0"?>\n{PAGE}'
    assert isinstance(open_source(put(tmp_path, "a.xml", xml)).blocks[1], Grid)
    assert isinstance(open_source(put(tmp_path, "b.txt", "\n \ufeff<!-- 甲 -->" + PAGE)).blocks[1], Grid)


def test_a_page_saved_with_its_pictures(tmp_path):
    head = "From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    head += '\tboundary="----=_b"\r\n\r\n------=_b\r\n'
    for encoding, body in (
        ("quoted-printable", "<p>=D5=FD=CE=C4=\r\n<!--\r\n--><table><tr><td>=B9=E6=D5=C2<td>0</table>"),
        ("base64", "PHA+1f3OxDx0YWJsZT48dHI+PHRkPrnm1cI8dGQ+MDwvdGFibGU+"),
    ):
        archive = (
            f'{head}Content-Type: text/html;\r\n\tcharset="gb2312"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
            f"{body}\r\n\r\n------=_b\r\nContent-Type: image/png\r\n\r\nx<p>y\r\n------=_b--\r\n"
        )
        blocks = open_source(put(tmp_path, "a.mht", archive)).blocks
        assert [blocks[0].text, blocks[1].texts] == ["正文", ["规章", "0"]] and len(blocks) == 2


def test_office_files_by_what_is_inside(tmp_path, compound_file):
    import docx
    import openpyxl

    document = docx.Document()
    document.add_paragraph("正文")
    document.save(tmp_path / "a.wps")
    assert open_source(tmp_path / "a.wps").blocks[0].text == "正文"
    workbook = openpyxl.Workbook()
    workbook.active.append(["规章", 0])
    workbook.save(tmp_path / "a.xls.xlsx")
    (tmp_path / "a.xls.xlsx").rename(tmp_path / "a.docx")
    assert open_source(tmp_path / "a.docx").blocks[0].texts == ["规章", "0"]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("report.txt", TEXT)
    assert refused(tmp_path / "a.zip") == "read.unknown-zip"
    assert refused(put(tmp_path, "a.ppt", compound_file({"PowerPoint Document": b"x"}))) == "read.office-not-word"
    assert refused(put(tmp_path, "b.docx", compound_file({"EncryptedPackage": b"x"}))) == "read.office-encrypted"


def test_what_is_no_report_at_all(tmp_path):
    assert refused(tmp_path / "none.txt") == "read.missing"
    assert refused(put(tmp_path, "a.txt", TEXT) / "b.txt") == "read.missing"
    assert refused(tmp_path) == "read.is-folder"
    assert refused(put(tmp_path, "empty.docx", b"")) == "read.empty"
    assert refused(put(tmp_path, "blank.txt", " \r\n\u3000\n")) == "read.empty"
    assert refused(put(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)) == "read.unknown-format"
    assert refused(put(tmp_path, "w.xml", '<?xml version="1.0"?><w:wordDocument/>')) == "read.unknown-format"
    assert refused(put(tmp_path, "a.html", "<html><iframe src='https://example.invalid/'></iframe>")) == (
        "read.no-text-in-page"
    )


def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "read.not-a-file"


AS_NOBODY = """
import os, sys
from pathlib import Path
from gongkai.documents.read.open import open_source
from gongkai.documents.read.source import Unreadable
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
for path in sys.argv[1:]:
    try:
        open_source(Path(path))
    except Unreadable as error:
        print(error.message.id, error.message.params["file"] == path)
"""


def test_no_permission(tmp_path):
    """As a user without rights: root may read everything, so the test steps down where it runs as root."""
    import gongkai

    closed = tmp_path / "closed"
    closed.mkdir()
    inside = put(closed, "a.txt", TEXT)
    file = put(tmp_path, "b.txt", TEXT)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    closed.chmod(0)
    file.chmod(0)
    environment = {**os.environ, "PYTHONPATH": str(Path(gongkai.__file__).parent.parent)}
    try:
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(file), str(inside)], capture_output=True, text=True, env=environment
        )
    finally:
        closed.chmod(0o755)
    assert done.stderr == ""
    assert done.stdout == "read.no-permission True\n" * 2
