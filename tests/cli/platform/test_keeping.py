"""Backup, restoration, examination: of a real installation, by real processes."""

import json
import sqlite3
import tarfile

import pytest

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


@pytest.fixture
def gongkai(real, tmp_path):
    def gongkai(*words, data="data", now=NOW):
        return real(*words, GONGKAI_DATA=str(tmp_path / data), GONGKAI_DATABASE_URL="", GONGKAI_NOW=now)

    register = tmp_path / "register.jsonl"
    register.write_text(json.dumps(LINE, ensure_ascii=False), "utf-8")
    assert gongkai("ledger", "import", register).code == 0
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
    assert again.code == 2 and "已有数据库" in again.err


def test_with_its_keys_a_backup_needs_nothing_else(gongkai, tmp_path):
    archive = tmp_path / "backup.tar.gz"
    assert "读出全部姓名" in gongkai("backup", "-o", archive, "--with-keys").out.replace("\n", "")
    assert gongkai("restore", archive, data="other").code == 0
    register = tmp_path / "register.jsonl"
    again = gongkai("ledger", "import", register, "--format", "jsonl", data="other")
    assert json.loads(again.out)["passed_over"] == 1


def test_what_is_no_backup_restores_nothing(gongkai, tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"x" * 100)
    strange = tmp_path / "strange.tar.gz"
    with tarfile.open(strange, "w:gz") as archive:
        archive.add(broken, "../outside")
        archive.add(broken, "gongkai.sqlite3")
    for path in (broken, strange, tmp_path / "none"):
        said = gongkai("restore", path, data="other")
        assert said.code == 2 and str(path) in said.err
    assert not (tmp_path / "other" / "gongkai.sqlite3").exists() and not (tmp_path / "outside").exists()


def test_a_backup_is_not_written_into_the_installation(gongkai, tmp_path):
    refused = gongkai("backup", "-o", tmp_path / "data" / "gongkai.sqlite3")
    assert refused.code == 2 and "GONGKAI_DATA" in refused.err
    assert gongkai("ledger", "verify").code == 0


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
