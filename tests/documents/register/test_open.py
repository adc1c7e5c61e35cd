"""Files that cannot be read at all are refused by name; so are mapping files with a fault."""

import shutil
import subprocess

import openpyxl
import pytest
from tests.documents.register.conftest import AGENCY, HEAD, ROW

from gongkai.documents.read.source import Unreadable
from gongkai.documents.register import Mapping, delimited, read, read_mapping, read_register
from gongkai.rulebook.load.messages import render


def refusal(path, function=read_register):
    with pytest.raises(Unreadable) as caught:
        function(path)
    assert caught.value.message.params["file"] == str(path)
    assert all(str(path) in render(caught.value.message, lang) for lang in ("zh", "en"))
    return caught.value.message.id


@pytest.mark.parametrize(
    ("name", "data", "id"),
    [
        ("台账.csv", b"", "read.empty"),
        ("台账.csv", b"\xef\xbb\xbf \r\n", "read.empty"),
        ("台账.pdf", b"%PDF-1.7\n", "register.unknown-format"),
        ("台账.xls", "<html><table><tr><td>编号</td></tr></table>".encode(), "register.unknown-format"),
        ("台账.csv", bytes(range(32)) * 9, "register.unknown-format"),
        ("台账.csv", "姓名,电话\n甲,1\n".encode(), "register.no-header"),
        ("台账.csv", f'{",".join(HEAD)}\n"1号'.encode(), "register.csv-malformed"),
        ("台账.csv", f"{','.join(HEAD)}\n{'长' * 200_000}".encode(), "register.csv-malformed"),
        ("台账.xlsx", b"PK\x03\x04 nothing", "read.office-damaged"),
        ("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "read.office-damaged"),
    ],
)
def test_what_is_no_register(tmp_path, name, data, id):
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path) == id


def test_what_is_no_file(tmp_path):
    assert refusal(tmp_path) == "read.is-folder"
    assert refusal(tmp_path / "无.csv") == "read.missing"
    assert refusal(tmp_path / "无.csv" / "无.csv") == "read.missing"


def test_limits(tmp_path, table, workbook, monkeypatch):
    monkeypatch.setattr(delimited, "MAX_LINES", 2)
    with pytest.raises(Unreadable, match=r"register\.too-many-lines"):
        table([HEAD, ROW, ROW])
    monkeypatch.setattr(read, "MAX_LINES", 2)
    with pytest.raises(Unreadable, match=r"register\.workbook-too-large"):
        workbook({"台账": [HEAD, ROW, ROW]})
    with pytest.raises(Unreadable, match=r"register\.workbook-too-large"):
        workbook({"台账": [HEAD, ROW]}, change=lambda book: book["台账"].__setitem__("ZZ90000", 1))
    monkeypatch.setattr(read, "MAX_TEXT_BYTES", 100)
    assert refusal(tmp_path / "台账.csv") == "register.too-large"
    monkeypatch.setattr(read, "MAX_FILE_BYTES", 100)
    assert refusal(tmp_path / "台账.xlsx") == "register.too-large"


def test_the_content_decides_what_a_file_is(tmp_path, workbook, table):
    workbook({"台账": [HEAD, ROW]})
    named = (tmp_path / "台账.xlsx").rename(tmp_path / "台账.dat")
    assert len(read_register(named, agency=AGENCY).lines) == 1
    table([HEAD, ROW])
    named = (tmp_path / "台账.csv").rename(tmp_path / "台账.txt")
    assert len(read_register(named, agency=AGENCY).lines) == 1
    named = tmp_path / "台账.txt"
    named.write_text('{"number": 1}')
    assert read_register(named).problems[0].message.id == "register.key-missing"


def test_an_old_xls(tmp_path, workbook):
    expected = workbook({"台账": [HEAD, [*ROW[:5], 45355, *ROW[6:]]]})
    office = [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*office, "--convert-to", "xls", "--outdir", tmp_path, tmp_path / "台账.xlsx"], check=True, timeout=90
    )
    assert read_register(tmp_path / "台账.xls", agency=AGENCY) == expected


def test_encrypted_workbooks_are_named(tmp_path):
    path = tmp_path / "台账.xlsx"
    openpyxl.Workbook().save(path)
    data = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 4)
    path.write_bytes(data)
    assert refusal(path) == "read.office-encrypted"


def test_a_mapping_file(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text(
        'agency = "青川市云岭区档案局"\n[columns]\n"我的列名" = "received_on"\n'
        '[values.channel]\n"信函" = "post_signed"\n'
        '[values.outcome]\n"阅" = "granted"\n[defaults]\nextension_days = 20\n',
        encoding="utf-8-sig",
    )
    assert read_mapping(path) == Mapping(
        {"我的列名": "received_on"},
        {"channel": {"信函": "post_signed"}, "outcome": {"阅": "granted"}},
        AGENCY,
        {"extension_days": "20"},
    )


def test_a_mapping_may_use_the_words_that_messages_use(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text('[columns]\n"我的列名" = "收到日期"\n[values."申请方式"]\n"来信" = "挂号信"\n', "utf-8")
    assert read_mapping(path) == Mapping({"我的列名": "received_on"}, {"channel": {"来信": "post_signed"}})
    path.write_text('[values."申请人类型"]\n"某" = "某"\n', "utf-8")
    with pytest.raises(Unreadable) as caught:
        read_mapping(path)
    assert "自然人 (natural_person)" in render(caught.value.message)


@pytest.mark.parametrize(
    ("text", "id", "said"),
    [
        ("[columns", "mapping-not-toml", ""),
        ('[columns]\n"甲" = "recieved"', "mapping-value", "columns.甲 写成了“recieved”"),
        ("columns = 3", "mapping-broken", "columns"),
        ('[columns]\n"甲" = 3', "mapping-value", "columns.甲 写成了“3”"),
        ('[values.colour]\n"红" = "red"', "mapping-broken", "values.colour"),
        ('[values.channel]\n"窗口" = "window"', "mapping-value", "values.channel.窗口 写成了“window”"),
        ("[values]\nchannel = 3", "mapping-broken", "values.channel"),
        ("values = 3", "mapping-broken", "values"),
        ('[defaults]\nnumber = "1"', "mapping-broken", "defaults.number"),
        ("[defaults]\nchannel = []", "mapping-broken", "defaults.channel"),
        ("agency = 3", "mapping-broken", "agency"),
        ("colour = 3", "mapping-broken", "colour"),
    ],
)
def test_faults_of_a_mapping_file_are_named(tmp_path, text, id, said):
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    assert refusal(path, read_mapping) == f"register.{id}"
    with pytest.raises(Unreadable) as caught:
        read_mapping(path)
    assert said in render(caught.value.message)


def test_a_mapping_file_that_is_none(tmp_path):
    path = tmp_path / "mapping.toml"
    assert refusal(path, read_mapping) == "read.missing"
    assert refusal(tmp_path, read_mapping) == "read.failed"
    path.write_bytes("agency = '档案局'".encode("gb18030"))
    assert refusal(path, read_mapping) == "register.mapping-not-utf8"
