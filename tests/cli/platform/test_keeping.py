"""Backup, restoration, examination: of a real installation, by real processes."""

import io
import json
import os
import sqlite3
import tarfile
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection
from tests.databases import created, vacant
from tests.faults.load import Filing, Load
from tests.faults.served import Installation
from tests.faults.whole import half_done

from gongkai.store import models

LINE = {
    "number": "甲1",
    "agency": "云岭县民政局",
    "applicant": {"kind": "business", "name": "虚构商贸有限公司"},
    "channel": "online",
    "subject": "低保名单",
    "received_on": "2024-03-04",
    "events": [],
}
NOW = "2026-03-02T10:00:00+08:00"


@pytest.fixture(scope="module")
def filled(real, tmp_path_factory):
    """A folder with an installation of one request, and the register from which it came."""
    folder = tmp_path_factory.mktemp("filled")
    register = folder / "register.jsonl"
    register.write_text(json.dumps(LINE, ensure_ascii=False), "utf-8")
    environment = {"GONGKAI_DATA": str(folder / "data"), "GONGKAI_DATABASE_URL": "", "GONGKAI_NOW": NOW}
    assert real("ledger", "import", register, **environment).code == 0
    return folder


@pytest.fixture
def gongkai(real, filled, tmp_path):
    """The command on folders beside each other; the first, ``data``, is a copy of that installation."""
    copytree(filled, tmp_path, dirs_exist_ok=True)

    def gongkai(*words, data="data", now=NOW, database=""):
        return real(*words, GONGKAI_DATA=str(tmp_path / data), GONGKAI_DATABASE_URL=database, GONGKAI_NOW=now)

    return gongkai


def test_a_backup_comes_back_whole(gongkai, tmp_path):
    archive, file = tmp_path / "backup.tar.gz", "data/files/ab/abc"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_bytes(b"sealed")
    made = gongkai("backup", "-o", archive)
    assert made.code == 0 and "没有密钥" in made.out and archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as found:
        assert not any(name.startswith("keys") for name in found.getnames())
    (tmp_path / "other" / "keys").mkdir(parents=True)
    key = tmp_path / "data" / "keys" / "outside.key"
    (tmp_path / "other" / "keys" / "outside.key").write_bytes(key.read_bytes())
    restored = gongkai("restore", archive, data="other")
    assert (restored.code, restored.err) == (0, "")
    words = ("ledger", "cases", "--agency", "云岭县民政局", "--format", "jsonl")
    assert gongkai(*words, data="other").out == gongkai(*words).out
    assert (tmp_path / file.replace("data", "other", 1)).read_bytes() == b"sealed"
    again = gongkai("restore", archive, data="other")
    assert again.code == 2 and "数据库不是空的" in again.err


def test_a_backup_moves_an_installation_to_postgresql_and_back(gongkai, tmp_path):
    words = ("ledger", "cases", "--agency", "云岭县民政局", "--format", "jsonl")
    archive, back = tmp_path / "backup.tar.gz", tmp_path / "back.tar.gz"
    assert gongkai("backup", "-o", archive, "--with-keys").code == 0
    with created("postgresql", tmp_path, "template0") as url:
        assert gongkai("restore", archive, data="moved", database=url).code == 0
        assert gongkai(*words, data="moved", database=url).out == gongkai(*words).out
        again = gongkai("restore", archive, data="moved", database=url)
        assert again.code == 2 and "数据库不是空的" in again.err
        assert gongkai("backup", "-o", back, "--with-keys", data="moved", database=url).code == 0
    assert gongkai("restore", back, data="other").code == 0
    assert gongkai("ledger", "verify", data="other").out == gongkai("ledger", "verify").out
    assert gongkai(*words, data="other").out == gongkai(*words).out


def test_a_backup_is_taken_from_a_server_under_load(tmp_path):
    installation = Installation(tmp_path)
    installation.start()
    try:
        load = Load(installation.url)
        load.begin()
        load.wait(10)
        archive = tmp_path / "backup.tar.gz"
        before = dict(load.acknowledged)
        code, said = installation.run("backup", "-o", archive, "--with-keys")
        load.wait(5)
        load.end()
    finally:
        installation.kill()
    assert code == 0, said
    assert load.unanswered == [], "nobody waits for a backup so long that it fails"
    installation.move(tmp_path / "restored")
    code, said = installation.run("restore", archive)
    assert code == 0, said
    installation.open()
    assert half_done(installation.ledgers, installation.county.rules) == []
    numbers = set(models.Standing.objects.values_list("agency__name", "number"))
    assert {(act.agency, answer["number"]) for act, answer in before.values() if isinstance(act, Filing)} <= numbers


def test_with_its_keys_a_backup_needs_nothing_else(gongkai, tmp_path):
    archive = tmp_path / "backup.tar.gz"
    assert "读出全部姓名" in gongkai("backup", "-o", archive, "--with-keys").out.replace("\n", "")
    assert gongkai("restore", archive, data="other").code == 0
    register = tmp_path / "register.jsonl"
    again = gongkai("ledger", "import", register, "--format", "jsonl", data="other")
    assert json.loads(again.out)["passed_over"] == 1


def test_files_are_restored_onto_another_disk(gongkai, tmp_path):
    archive, file = tmp_path / "backup.tar.gz", "ab/abc"
    (tmp_path / "data" / "files" / "ab").mkdir(parents=True)
    (tmp_path / "data" / "files" / file).write_bytes(b"sealed")
    assert gongkai("backup", "-o", archive, "--with-keys").code == 0
    with TemporaryDirectory(dir="/dev/shm") as disk:
        (tmp_path / "other").mkdir(mode=0o700)
        assert Path(disk).stat().st_dev != tmp_path.stat().st_dev
        (tmp_path / "other" / "files").symlink_to(disk)
        restored = gongkai("restore", archive, data="other")
        assert (restored.code, restored.err) == (0, "")
        kept = tmp_path / "other" / "files" / file
        assert kept.read_bytes() == b"sealed" and kept.stat().st_mode & 0o077 == 0
        assert gongkai("backup", "-o", tmp_path / "again.tar.gz", data="other").code == 0
        with tarfile.open(tmp_path / "again.tar.gz") as found:
            assert found.extractfile(f"files/{file}").read() == b"sealed"


def test_what_is_no_backup_restores_nothing(gongkai, tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"x" * 100)
    strange = tmp_path / "strange.tar.gz"
    with tarfile.open(strange, "w:gz") as archive:
        archive.add(broken, "../outside")
    made, cut, changed = (tmp_path / f"{name}.tar.gz" for name in ("made", "cut", "changed"))
    gongkai("backup", "-o", made)
    content = made.read_bytes()
    cut.write_bytes(content[:-100])
    changed.write_bytes(content[:400] + bytes([content[400] ^ 1]) + content[401:])
    for path in (broken, strange, cut, changed, tmp_path / "none"):
        said = gongkai("restore", path, data="other")
        assert said.code == 2 and str(path) in said.err
    assert not (tmp_path / "other" / "gongkai.sqlite3").exists() and not (tmp_path / "outside").exists()


def member(name, content=b"x", type=tarfile.REGTYPE, link="", mode=0o644):
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mode = type, link, mode
    made.size = len(content) if type == tarfile.REGTYPE else 0
    return made, content


EVIL = {
    "out": [member("files/../../escaped")],
    "beside": [member("files/../checker/x")],
    "database": [member("files/../gongkai.sqlite3")],
    "absolute": [member("/files/x")],
    "unplain": [member("files//x")],
    "link-out": [member("files/aa", type=tarfile.SYMTYPE, link="/")],
    "link-up": [member("files/aa", type=tarfile.SYMTYPE, link=".."), member("files/aa/escaped")],
    "hard": [member("files/aa", type=tarfile.LNKTYPE, link="none")],
    "pipe": [member("files/aa", type=tarfile.FIFOTYPE)],
    "demo": [member("demo", type=tarfile.SYMTYPE, link="keys")],
    "key": [member("keys/outside.key", type=tarfile.SYMTYPE, link="../demo")],
    "twice": [member("manifest.json", b"{}")],
    "table": [member("tables/other.jsonl")],
    "no-folder": [member("files")],
    "in-the-way": [member("files/aa"), member("files/aa/x")],
}


def with_members(source, target, members):
    with tarfile.open(source) as archive, tarfile.open(target, "w:gz") as made:
        for each in archive:
            made.addfile(each, archive.extractfile(each) if each.isreg() else None)
        for each, content in members:
            made.addfile(each, io.BytesIO(content))


def test_an_archive_that_nobody_wrote_restores_nothing(gongkai, run, monkeypatch, tmp_path):
    good, evil, other = (tmp_path / name for name in ("good.tar.gz", "evil.tar.gz", "other"))
    assert gongkai("backup", "-o", good).code == 0
    monkeypatch.setattr(settings, "DATA", other)
    with vacant("sqlite", other):
        for name, members in EVIL.items():
            with_members(good, evil, members)
            refused = run("restore", evil)
            assert (refused.code, refused.out) == (2, "") and "没有恢复" in refused.err.replace("\n", ""), name
            assert all(each.name.startswith("gongkai.sqlite3") for each in other.iterdir()), name
            assert connection.introspection.table_names() == [], name
    assert not (tmp_path / "escaped").exists()
    with_members(good, evil, [member("keys/outside.key", mode=0o777)])
    gongkai("restore", evil, data="odd")
    assert (tmp_path / "odd" / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "odd" / "keys" / "outside.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["manifest.json", "tables/gongkai_person.jsonl"])
def test_an_archive_nested_without_end_is_told_in_words(gongkai, tmp_path, name):
    good, deep = tmp_path / "good.tar.gz", tmp_path / "deep.tar.gz"
    gongkai("backup", "-o", good)
    with tarfile.open(good) as archive, tarfile.open(deep, "w:gz") as made:
        assert name in archive.getnames()
        for each in archive:
            content = archive.extractfile(each).read() if each.isreg() else b""
            told, content = member(name, b"[" * 200_000) if each.name == name else (each, content)
            made.addfile(told, io.BytesIO(content))
    said = gongkai("restore", deep, data="deep")
    assert said.code == 2 and "没有恢复" in said.err.replace("\n", "") and "Traceback" not in said.err


def test_a_backup_is_not_written_into_the_installation(gongkai, tmp_path):
    refused = gongkai("backup", "-o", tmp_path / "data" / "gongkai.sqlite3")
    assert refused.code == 2 and "GONGKAI_DATA" in refused.err
    assert gongkai("ledger", "verify").code == 0


def test_without_the_key_of_its_data_nothing_is_served_and_none_is_made(gongkai, tmp_path):
    archive, keys = tmp_path / "backup.tar.gz", tmp_path / "other" / "keys"
    assert gongkai("backup", "-o", archive).code == 0
    restored = gongkai("restore", archive, data="other")
    assert restored.code == 1 and "已恢复到" in restored.out
    said = "没有密钥 keys/outside.key"
    for told in (
        restored.err,
        gongkai("doctor", data="other").out,
        gongkai("serve", data="other").err,
        gongkai("ledger", "import", tmp_path / "register.jsonl", data="other").err,
    ):
        assert said in told.replace("\n", "") and str(tmp_path) not in told
    assert [gongkai(each, data="other").code for each in ("doctor", "serve")] == [1, 2] and not keys.exists()
    keys.mkdir(0o700)
    (keys / "outside.key").write_bytes(Fernet.generate_key())
    ill, refused = gongkai("doctor", data="other"), gongkai("serve", data="other")
    assert (ill.code, refused.code) == (1, 2) and "不是加密这些数据的密钥" in refused.err.replace("\n", "")
    (keys / "outside.key").write_bytes((tmp_path / "data" / "keys" / "outside.key").read_bytes())
    assert gongkai("doctor", data="other").code == 0


def test_what_is_no_file_is_not_replaced_by_a_backup_or_an_export(gongkai, tmp_path):
    pipe, link, linked, inward = (tmp_path / name for name in ("pipe", "link", "linked", "inward"))
    os.mkfifo(pipe)
    inward.symlink_to(tmp_path / "data" / "gongkai.sqlite3")
    for command in (("backup",), ("ledger", "export")):
        refused = gongkai(*command, "-o", pipe)
        assert (refused.code, refused.out) == (2, "") and "不是普通文件" in refused.err and pipe.is_fifo()
        refused = gongkai(*command, "-o", inward)
        assert refused.code == 2 and "GONGKAI_DATA" in refused.err
        linked.write_text("old")
        link.unlink(missing_ok=True)
        link.symlink_to(linked.name)
        assert gongkai(*command, "-o", link).code == 0
        assert link.is_symlink() and linked.stat().st_size > 100
    assert {each.name for each in tmp_path.iterdir()} == {"data", "register.jsonl", "pipe", "link", "linked", "inward"}


def test_the_doctor_tells_what_is_wrong(gongkai, tmp_path):
    well = gongkai("doctor")
    assert (well.code, well.out) == (0, "一切正常。\n")
    assert "2027 年放假安排" in gongkai("doctor", now="2026-12-01T10:00:00+08:00").out.replace("\n", "")
    (tmp_path / "data").chmod(0o755)
    assert gongkai("doctor").out.startswith("警告")
    told = [json.loads(line) for line in gongkai("doctor", "--format", "jsonl").out.splitlines()]
    assert [each["severity"] for each in told] == ["warning"]
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        database.execute("DROP TRIGGER entry_never_changes")
        database.execute("UPDATE gongkai_entry SET text = replace(text, '甲1', '甲2')")
    ill = gongkai("doctor")
    assert ill.code == 1 and "第 1 条起台账被改动过" in ill.out


def test_the_doctor_tells_what_opens_no_more(gongkai, tmp_path):
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({**LINE, "number": "甲2"}, ensure_ascii=False), "utf-8")
    assert gongkai("ledger", "import", other).code == 0 and gongkai("doctor").code == 0
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        database.execute("UPDATE gongkai_outside SET sealed = x'00' WHERE number = '甲2'")
    asked = gongkai("doctor")
    assert asked.code == 1 and "gongkai_outside 中有 1 条加密内容无法打开" in asked.err + asked.out
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        first = "(SELECT sealed FROM gongkai_outside WHERE number = '甲1')"
        database.execute(f"UPDATE gongkai_outside SET sealed = {first} WHERE number = '甲2'")
    asked = gongkai("doctor")
    assert asked.code == 1 and "甲2：加密保存的姓名、事项或内容与台账记载的摘要不符" in asked.err + asked.out


@pytest.mark.parametrize("text", ["year = 2027", "[[", f"year = {'9' * 5000}"], ids=["half", "none", "digits"])
def test_holiday_notices_at_fault_restore_nothing(gongkai, tmp_path, text):
    archive, torn = tmp_path / "backup.tar.gz", tmp_path / "torn.tar.gz"
    assert gongkai("backup", "-o", archive, "--with-keys").code == 0
    with tarfile.open(archive) as old, tarfile.open(torn, "w:gz") as new:
        for each in old:
            new.addfile(each, old.extractfile(each) if each.isfile() else None)
        bad = tarfile.TarInfo("calendar/2027.toml")
        bad.size = len(text)
        new.addfile(bad, io.BytesIO(text.encode()))
    told = gongkai("restore", torn, data="other")
    assert told.code == 2 and "没有恢复" in told.err and "2027.toml" in told.err
    assert gongkai("restore", archive, data="other").code == 0


def test_the_doctor_makes_the_lists_anew(gongkai, tmp_path):
    assert "已改正的行：0。" in gongkai("doctor", "--rebuild").out
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        database.execute("UPDATE gongkai_standing SET due_on = '2030-01-01'")
    rebuilt = gongkai("doctor", "--rebuild", "--format", "jsonl")
    assert rebuilt.code == 0 and json.loads(rebuilt.out) == {"rebuilt": 1, "differed": 1}
    assert "已改正的行：0。" in gongkai("doctor", "--rebuild").out
