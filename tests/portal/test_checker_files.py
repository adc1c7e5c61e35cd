"""What becomes of the files that visitors send to the checker: hostile, too many, broken; kept an hour."""

import json
import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from io import BytesIO

import pytest
from django.test import Client
from tests.portal.conftest import CIVIL, TOTAL, WATER, page, refused, send, sent, with_figure

from gongkai.core.tables.report import Report
from gongkai.documents.read.report import read_report
from gongkai.pages import apart
from gongkai.pages.language import words
from gongkai.pages.processes import Processes
from gongkai.portal.checker import keeping, reading
from gongkai.portal.checker.keeping import Kept
from gongkai.portal.views import checker


def test_what_was_read_is_kept_whole_and_the_file_itself_is_not(client, root):
    name, data = "疑问.txt", CIVIL_TEXT.encode()
    address = sent(client, (name, data))
    page(client, address)
    kept = Kept(root, address.split("/")[2])
    assert sorted(path.name for path in kept.folder.iterdir()) == ["1.json", "index.json", "visitor"]
    (root.parent / name).write_bytes(data)
    whole, back = read_report(root.parent / name), kept.read(1)
    assert isinstance(back, Report) and whole.problems and back.cells.keys() == whole.cells.keys()
    assert [each[:2] for each in back.cells.values()] == [each[:2] for each in whole.cells.values()]
    assert (back.title, back.parts, back.opening) == (whole.title, whole.parts, whole.opening)
    assert [each.id for each in back.problems] == [each.id for each in whole.problems]


CIVIL_TEXT = """某县某局 2025 年政府信息公开工作年度报告
一、总体情况
无。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 00 0
行政规范性文件 1 2 3
"""


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/../b.docx", '"><script>alert(1)</script>.docx', "\u202egpj.docx"]
)
def test_hostile_names_are_text_and_nothing_else(client, root, name):
    address = sent(client, (name, CIVIL.read_bytes()))
    shown = page(client, address) + page(client, address + "1/")
    assert "<script" not in shown and "\u202e" not in shown
    assert {path.parent for path in root.glob("*/*")} == {root / address.split("/")[2]}
    answer = client.get(address + "1/corrected/?to=docx")
    assert answer.status_code == 200 and "\n" not in answer["Content-Disposition"]


def test_too_large_and_too_many_are_told_and_fill_nothing(client, root, monkeypatch):
    monkeypatch.setattr(checker, "UPLOAD", checker.UPLOAD._replace(bytes=50_000))
    shown = page(client, sent(client, ("large.txt", b"x" * 400_000), WATER, ("also.txt", b"x" * 60_000)))
    assert shown.count("没有读出报告") == 2 and "没有发现问题" in shown and "没有收取" in shown
    assert sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) < 100_000
    refused(send(client, *[WATER] * 21), "checker.too-many", most=20)
    refused(send(client, *[("x.txt", b"x")] * 150), "checker.too-many", most=20)
    assert len(list(root.iterdir())) == 1


def test_nothing_chosen_a_torn_form_and_a_full_house_are_told(client, root, monkeypatch):
    refused(client.post("/checker/", {}), "checker.none")
    torn = client.post("/checker/", b"torn", content_type="multipart/form-data; boundary=")
    refused(torn, "checker.broken")
    monkeypatch.setattr(keeping, "ROOM", -1)
    refused(send(client, WATER), "checker.full", 503)
    assert not root.exists() or not list(root.iterdir())


def test_one_address_has_its_share_and_the_others_theirs(client, root, monkeypatch):
    first = sent(client, WATER)
    monkeypatch.setattr(keeping, "SHARE", 100)
    refused(send(client, WATER), "checker.share", 503, size=checker.SHARE >> 20)
    other = Client(SERVER_NAME="localhost", REMOTE_ADDR="203.0.113.7")
    assert sent(other, WATER) != first and len(list(root.iterdir())) == 2
    assert b"203.0.113.7" not in b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    client.post(f"{first}delete/")
    assert sent(client, WATER)


def test_a_full_disk_is_told_and_leaves_nothing(client, root, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keeping, "_store", full)
    refused(send(client, WATER), "checker.full", 503)
    assert not list(root.iterdir())


def test_a_form_of_another_site_is_refused(root):
    assert send(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"), WATER).status_code == 403
    assert not root.exists()


def test_files_are_deleted_at_a_word(client, root):
    address = sent(client, CIVIL)
    assert client.get(f"{address}delete/").status_code == 405
    answer = client.post(f"{address}delete/", follow=True)
    assert "文件已经全部删除" in answer.content.decode()
    assert not list(root.iterdir())
    for each in ("", "1/", "1/findings/", "1/corrected/?to=docx"):
        assert "这些文件已经不在了" in page(client, address + each, 404)


def test_files_are_gone_after_an_hour_whoever_comes(client, root):
    address = sent(client, CIVIL)
    index = root / address.split("/")[2] / "index.json"
    young = time.time() - keeping.HOUR + 60
    os.utime(index, (young, young))
    page(client, address)
    old = time.time() - keeping.HOUR - 1
    os.utime(index, (old, old))
    page(client, "/checker/")
    assert not list(root.iterdir())
    assert "满一小时" in page(client, address, 404)


@pytest.mark.parametrize("token", ["..", "x", "%2e%2e%2fkeys", "a" * 32, "A" * 31 + "%00"])
def test_addresses_that_were_never_given_lead_nowhere(client, root, token):
    (root / "x").mkdir(parents=True)
    assert client.get(f"/checker/{token}/").status_code == 404
    assert client.get(f"/checker/{token}/1/").status_code == 404


def test_no_name_and_no_text_is_in_a_log_or_an_address(client, caplog):
    caplog.set_level(logging.DEBUG)
    address = sent(client, CIVIL, ("秘密.docx", b"junk"))
    page(client, address)
    page(client, address + "1/")
    page(client, address + "2/", 404)
    assert "yunling" not in caplog.text and "秘密" not in caplog.text and "民政局" not in caplog.text
    assert "yunling" not in address


def test_a_page_never_reads_for_long_and_goes_on_when_asked(client, monkeypatch):
    monkeypatch.setattr(checker, "SECONDS", 0)
    address = sent(client, CIVIL, WATER)
    shown = page(client, address)
    assert "还有 2 份没有读完" in shown and shown.count("等待读取") == 2
    monkeypatch.setattr(checker, "SECONDS", 5)
    assert "没有读完" not in page(client, address)


def test_a_file_that_ends_its_reader_is_given_up_and_not_tried_again(client, root, monkeypatch):
    address = sent(client, CIVIL)
    kept = Kept(root, address.split("/")[2])
    (kept.folder / "1.busy").touch()  # another process reads it, or died of it
    assert "等待读取" in page(client, address)
    monkeypatch.setattr(keeping, "PATIENCE", 0)
    assert kept.read(1, patience=0).id == "checker.gave-up"
    assert "读取时间过长" in page(client, address)


def test_an_error_nobody_foresaw_is_told_in_words_and_nothing_of_this_machine(monkeypatch):
    def fail(*_):
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(reading, "check", fail)
    told = reading.from_kept(json.loads(reading.kept_of(CIVIL, "甲.docx")), "甲.docx")
    assert told.id == "checker.unexpected" and told.params == {"file": "甲.docx", "kind": "RuntimeError"}


def test_a_reader_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 600\n", "utf-8")
    office.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "slow.rtf").write_text("{\\rtf1 slow}", "utf-8")
    told = reading.from_kept(json.loads(reading.read(tmp_path / "slow.rtf", "慢.rtf", deadline=2)), "慢.rtf")
    assert told.id == "checker.gave-up" and told.params == {"file": "慢.rtf"}
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text("utf-8")), 0)


def test_as_many_files_are_read_at_once_as_there_are_processors(client, monkeypatch):
    monkeypatch.setattr(
        reading, "_READERS", Processes("gongkai.portal.checker.reading", deadline=30, turn=0.01, most=1)
    )
    address = sent(client, CIVIL)
    with reading._READERS._free:
        assert "还有 1 份没有读完" in page(client, address)
    assert "没有读完" not in page(client, address)


@pytest.mark.parametrize(
    ("most", "said"), [({"deadline": 30, "turn": 0.01}, "busy"), ({"deadline": 0, "turn": 1}, "late")]
)
def test_a_file_that_cannot_be_made_now_is_told_and_keeps_nobody_waiting(client, monkeypatch, most, said):
    makers = Processes("gongkai.pages.apart", most=1, **most)
    monkeypatch.setattr(apart, "_VISITORS", makers)
    address = sent(client, CIVIL)
    page(client, address)
    with makers._free if said == "busy" else nullcontext():
        shown = page(client, f"{address}1/corrected/?to=pdf", 503)
    assert words(f"pages.file-{said}") in shown


def test_many_pages_at_once_read_a_file_once_and_none_is_told_that_it_is_gone(client, root, monkeypatch):
    reads = []
    monkeypatch.setattr(reading, "read", lambda path, name: reads.append(name) or reading.given_up(name))
    with ThreadPoolExecutor(8) as pool:
        for _ in range(60):
            kept = Kept(root, sent(client, CIVIL).split("/")[2])
            list(pool.map(lambda _, kept=kept: kept.read(1), range(8)))
    assert len(reads) == 60


def test_a_report_of_endless_findings_costs_its_page_no_more_than_its_text(client):
    _, data = with_figure(TOTAL, 5)
    report = json.loads(data)
    lines = "\n".join(f"本年新收政府信息公开申请{count}件。" for count in range(10, 1510))
    part = next(each for each in report["parts"] if each["number"] == 1)
    part["text"] = lines
    address = sent(client, ("多.json", json.dumps(report).encode()))
    assert "没有读出" not in page(client, address)
    begun = time.process_time()
    shown = page(client, address + "1/")
    assert "个问题没有在此列出" in shown and time.process_time() - begun < 3


def test_a_report_that_keeps_the_rules_busy_is_shown_by_no_page(monkeypatch):
    monkeypatch.setattr(reading, "CHECKED", 0)
    assert reading.from_kept(json.loads(reading.kept_of(CIVIL, "甲.docx")), "甲.docx").id == "checker.gave-up"


def test_half_a_character_costs_only_its_file(client):
    name, data = with_figure(TOTAL, 5)
    broken = data.replace("青川".encode(), b"\\ud800")
    shown = page(client, sent(client, (name, broken), ("no.json", b'{"form": "\\ud800"}'), WATER))
    assert shown.count("没有读出报告") == 2 and "没有发现问题" in shown


def test_uploads_that_break_off_are_told(client):
    class Torn(BytesIO):
        def read(self, *_):
            raise OSError("connection reset")

    answer = client.generic(
        "POST", "/checker/", b"", content_type="multipart/form-data; boundary=x", **{"wsgi.input": Torn()}
    )
    assert answer.status_code == 422
