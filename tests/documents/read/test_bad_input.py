"""Files that are broken, hostile or far too large: each is read, or refused with a sentence that names it, and none
takes more than 20 seconds or a gigabyte."""

import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import gongkai

MEASURED = """
import json, sys, time
from pathlib import Path
from gongkai.documents.read.open import open_source
from gongkai.documents.read.source import Unreadable
from gongkai.rulebook.load.messages import render
begin = time.process_time()
try:
    said = [len(open_source(Path(sys.argv[1])).blocks)]
except Unreadable as error:
    said = [error.message.id, render(error.message, "zh"), render(error.message, "en")]
seconds = time.process_time() - begin
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([said, seconds, peak / 1024]))
"""
WHOLE = MEASURED.replace("[len(open_source(Path(sys.argv[1])).blocks)]", "[len(read_report(Path(sys.argv[1])).cells)]")
WHOLE = WHOLE.replace("from pathlib", "from gongkai.documents.read.report import read_report\nfrom pathlib")
PROSE = "2023年，我局认真落实条例，全年主动公开政府信息。"


def read(path: Path, program: str = MEASURED, *, at_most: float = 20) -> int | str:
    """How many blocks a file gives (with ``WHOLE`` how many cells of a report), or the id of its refusal; within the
    limits, and with its sentences checked.
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(gongkai.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 0, done.stderr
    said, seconds, megabytes = json.loads(done.stdout)
    assert seconds <= at_most and megabytes <= 1000
    if len(said) > 1:
        id, zh, en = said
        assert str(path) in zh and str(path) in en
        assert id not in zh and zh.endswith("。") and en.endswith(".") and zh != en
    return said[0]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def docx(folder: Path, body: str, *, head: str = "", name: str = "a.docx") -> Path:
    """A DOCX whose document part is written out by hand."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    start = f"<?xml version='1.0'?>{head}<w:document xmlns:w='{word}'>"
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{start}<w:body>{body}</w:body></w:document>")
    return folder / name


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(folder: Path, **options: object) -> Path:
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page()
    document.save(folder / "a.pdf", **options)
    return folder / "a.pdf"


def test_empty_files_of_every_kind(tmp_path):
    for suffix in ("txt", "docx", "xlsx", "pdf", "doc", "html"):
        assert read(put(tmp_path, f"a.{suffix}", b"")) == "read.empty"


def test_random_bytes_whatever_they_claim_to_be(tmp_path):
    noise = random.Random(1).randbytes(20_000)
    assert read(put(tmp_path, "a.txt", noise)) == "read.unknown-format"
    assert read(put(tmp_path, "a.docx", noise[:200])) == "read.unknown-format"
    assert isinstance(read(put(tmp_path, "a.docx", b"PK\x03\x04" + noise)), str)
    assert isinstance(read(put(tmp_path, "a.pdf", b"%PDF-1.7\n" + noise)), str)
    assert isinstance(read(put(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise)), str)


def test_truncated_documents(tmp_path):
    whole = docx(tmp_path, "".join(paragraph(f"{PROSE}{number}") for number in range(3000))).read_bytes()
    for size in (10, 500, len(whole) // 2, len(whole) - 10):
        assert isinstance(read(put(tmp_path, "cut.docx", whole[:size])), str)
    whole = pdf(tmp_path).read_bytes()
    for size in (10, len(whole) // 2):
        assert isinstance(read(put(tmp_path, "cut.pdf", whole[:size])), str)


def test_passwords(tmp_path, compound_file):
    import pikepdf

    locked = pdf(tmp_path, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    assert "password" in str(read(locked)) or "encrypted" in str(read(locked))
    streams = {"EncryptionInfo": b"\x04\0\x04\0" + b"x" * 100, "EncryptedPackage": b"x" * 5000}
    assert read(put(tmp_path, "locked.docx", compound_file(streams))) == "read.office-encrypted"


def test_zip_bombs(tmp_path):
    zeros = b" " * 2**24
    with (
        zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(12):
            part.write(zeros)
    assert (tmp_path / "bomb.docx").stat().st_size < 2**20
    assert isinstance(read(tmp_path / "bomb.docx"), str)
    with zipfile.ZipFile(tmp_path / "nested.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / "bomb.docx", "bomb.docx")
    assert read(tmp_path / "nested.zip") == "read.unknown-zip"
    with zipfile.ZipFile(tmp_path / "many.docx", "w") as archive:
        for number in range(20_000):
            archive.writestr(f"word/{number}.xml", "")
    assert isinstance(read(tmp_path / "many.docx"), str)


def test_xml_entities_and_external_references(tmp_path):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    assert isinstance(read(docx(tmp_path, paragraph("&l9;"), head=head)), str)
    secret = put(tmp_path, "secret.txt", "机密内容")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    assert isinstance(read(docx(tmp_path, paragraph("&e;"), head=head)), str)
    head = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    assert isinstance(read(docx(tmp_path, paragraph(PROSE), head=head)), str)


@pytest.mark.parametrize(
    ("markup", "outcome"),
    [
        ("<div>" * 10**6 + "正文", "read.page-too-large"),
        ("<div>" * 10**6 + "正文" + "</div>" * 10**6, "read.page-too-large"),
        ("<div>" * 500_000 + "正文" + "</div>" * 500_000, "read.page-too-deep"),
        ("<table><tr><td>" * 10**5 + "正文", "read.page-too-deep"),
        ("<div>" * 15_000 + "正文" + "</div>" * 15_000, 1),
        ("<table><tr><td>" * 9000 + "正文", 1),
        ("<p>" + "".join(f"<b a={n}>" for n in range(5000)) + "</p>" + "<p>正" * 5000, "read.page-too-deep"),
        ("<p " + " ".join(f"a{n:x}" for n in range(10**6)) + ">正文", "read.page-too-deep"),
        ("<table><tr>" + "<td colspan=1000>0" * 10_000, "read.table-too-large"),
        ("<p>正" * 700_000, "read.page-too-large"),
    ],
    ids=["open", "closed", "half", "tables", "deep", "deep-tables", "formatting", "attributes", "spans", "elements"],
)
def test_hostile_pages(tmp_path, markup, outcome):
    assert read(put(tmp_path, "a.html", "<html>" + markup)) == outcome


def test_the_largest_pages_that_are_read(tmp_path):
    assert read(put(tmp_path, "a.html", "<html>" + "<p>正文" * 590_000)) == 590_000
    assert read(put(tmp_path, "b.html", "<html>" + f"<p>{PROSE}</p>\n" * 130_000)) == 130_000
    assert (tmp_path / "b.html").stat().st_size > 10 * 10**6


def test_files_of_fifty_megabytes(tmp_path):
    line = f"<p>{PROSE}</p>\n".encode()
    assert read(put(tmp_path, "a.html", b"<html>" + line * (50_000_000 // len(line)))) == "read.too-large"
    line = f"{PROSE}\n".encode()
    for name in ("a.txt", "a.md"):
        assert read(put(tmp_path, name, line * (50_000_000 // len(line)))) == "read.too-large"
    with (tmp_path / "sparse.pdf").open("wb") as file:
        file.truncate(2**40)
    assert read(tmp_path / "sparse.pdf") == "read.too-large"


def test_texts_up_to_the_limit(tmp_path):
    assert read(put(tmp_path, "a.txt", "一\n" * 290_000)) == 290_000
    assert read(put(tmp_path, "b.txt", "\t0\n" * 310_000)) == "read.too-many-lines"
    assert read(put(tmp_path, "c.txt", "甲\t乙\t丙\n" * 50_000)) == 1
    assert read(put(tmp_path, "d.txt", PROSE * 200_000)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "其他法律行政法规禁止公开 0 0 0 0 0 0 0\n" * 13_000,
        "重复申请" * 90_000,
        "一、本年新收政府信息公开申请数量 1 2 3 4 5 6 7\n" * 200_000,
        "自然人\n0\n" * 140_000,
        "\t甲\n" + "\t\n" * 140_000,
        "|---|---|\n||甲|\n|---|---|\n" + "|" * 140_000 + "\n" + "||乙\n" * 48_000 + "|---|---|\n||丙|\n|---|---|\n",
    ],
    ids=["rows", "labels", "twelve-megabytes", "cells", "blank-cells", "ruled"],
)
def test_texts_that_repeat_one_thing_cost_no_more_than_their_size(tmp_path, body):
    text = f"青川市水务局2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{body}"
    assert isinstance(read(put(tmp_path, "a.txt", text), WHOLE, at_most=15), int | str)


def test_what_is_not_there(tmp_path):
    assert read(tmp_path / "none.docx") == "read.missing"
    assert read(tmp_path) == "read.is-folder"
