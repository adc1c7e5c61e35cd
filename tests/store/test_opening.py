"""An installation is opened late, and by many processes at once as by one; real processes, on both databases."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from tests.databases import _named, _postgresql

LINE = {
    "number": "甲1",
    "agency": "云岭县民政局",
    "applicant": {"kind": "business", "name": "虚构商贸有限公司"},
    "channel": "online",
    "subject": "低保名单",
    "received_on": "2024-03-04",
    "events": [],
}


def started(data, *words, **environment):
    program = "import sys; from gongkai.site.main import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "GONGKAI_DATA": str(data), "GONGKAI_DATABASE_URL": "", **environment},
    )


def ended(process):
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def registers(tmp_path, count):
    for number in range(count):
        path = tmp_path / f"{number}.jsonl"
        path.write_text(json.dumps({**LINE, "number": f"甲{number}"}, ensure_ascii=False) + "\n", "utf-8")
        yield path


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_fresh_installation_is_made_once_by_many(vendor, tmp_path):
    url = ""
    if vendor == "postgresql":
        import psycopg

        server = _postgresql()
        url = _named(server, "gongkai_opening")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS gongkai_opening WITH (FORCE)")
            connection.execute("CREATE DATABASE gongkai_opening")
    # On PostgreSQL every process is a machine of its own, with the same key.
    key = Fernet.generate_key()
    for at in range(4 if url else 0):
        (tmp_path / f"data{at}" / "keys").mkdir(parents=True)
        (tmp_path / f"data{at}" / "keys" / "outside.key").write_bytes(key)
    processes = [
        started(tmp_path / (f"data{at}" if url else "data"), "ledger", "import", path, GONGKAI_DATABASE_URL=url)
        for at, path in enumerate(registers(tmp_path, 4))
    ]
    assert [(code, err) for code, _, err in map(ended, processes)] == [(0, "")] * 4
    found = ended(started(tmp_path / ("data0" if url else "data"), "ledger", "verify", GONGKAI_DATABASE_URL=url))
    assert found[:2] == (0, "台账完整：1 个机关，共 4 条。\n")


def test_a_file_is_verified_without_a_database_and_since_an_older_one(tmp_path):
    first, second = registers(tmp_path, 2)
    data, old, new = tmp_path / "data", tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    heads = []
    for register, target in ((first, old), (second, new)):
        assert ended(started(data, "ledger", "import", register))[0] == 0
        code, out, err = ended(started(data, "ledger", "export", "-o", target, "--format", "jsonl"))
        assert code == 0, err
        heads.append(json.loads(out)["head"])
    nowhere = {"GONGKAI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "GONGKAI_CHAIN_HASH": "md5"}

    def verified(*words):
        return ended(started(tmp_path / "none", "ledger", "verify", *words, **nowhere))

    assert verified(new)[0] == 0
    assert verified(new, "--head", heads[1].upper())[0] == 0
    code, out, _ = verified(new, "--head", heads[0])
    assert code == 1 and "--since" in out
    assert verified(new, "--since", old, "--head", heads[0])[0] == 0
    assert verified(new, "--since", old, "--head", heads[1])[0] == 1
    assert verified(old, "--since", new)[0] == 1
    assert not (tmp_path / "none").exists()
    assert ended(started(data, "ledger", "verify", "--since", old, "--head", heads[0]))[0] == 0
    code, _, err = ended(started(data, "ledger", "verify", GONGKAI_CHAIN_HASH="md5"))
    assert code == 2 and "md5" in err
    code, _, err = ended(started(data, "ledger", "verify", GONGKAI_CHAIN_HASH="sm3"))
    assert code == 0, err


def test_another_key_is_refused(tmp_path):
    (path,) = registers(tmp_path, 1)
    assert ended(started(tmp_path / "data", "ledger", "import", path))[0] == 0
    key = tmp_path / "data" / "keys" / "outside.key"
    kept = key.read_bytes()
    path.write_text(json.dumps({**LINE, "number": "甲9"}, ensure_ascii=False), "utf-8")
    for other in (Fernet.generate_key(), b"x"):
        key.write_bytes(other)
        code, out, err = ended(started(tmp_path / "data", "ledger", "import", path))
        assert (code, out) == (2, "") and "密钥" in err
    key.unlink()
    code, out, err = ended(started(tmp_path / "data", "ledger", "import", path))
    assert (code, out) == (2, "") and "密钥" in err and not key.exists()
    # The chain needs no key.
    assert ended(started(tmp_path / "data", "ledger", "verify"))[0] == 0
    key.write_bytes(kept)
    assert ended(started(tmp_path / "data", "ledger", "import", path))[0] == 0
    path.write_text(json.dumps({**LINE, "number": "甲10"}, ensure_ascii=False), "utf-8")
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        database.execute("UPDATE gongkai_outside SET sealed = x'00' WHERE id = 1")
    # A row that was damaged does not condemn the key.
    assert ended(started(tmp_path / "data", "ledger", "import", path))[0] == 0


def test_a_table_that_is_gone_is_told(tmp_path):
    assert ended(started(tmp_path / "data", "ledger", "verify"))[0] == 0
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        database.execute("DROP TABLE gongkai_entry")
    code, out, err = ended(started(tmp_path / "data", "ledger", "verify"))
    assert (code, out) == (2, "") and "gongkai_entry" in err and "备份" in err and "意外" not in err


@pytest.mark.parametrize("now", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+14:00", "2024-01-01"])
def test_an_instant_that_cannot_be_is_told(tmp_path, now):
    words = ("report", "fill", "--agency", "云岭县民政局", "--year", "2024")
    code, out, err = ended(started(tmp_path / "data", *words, GONGKAI_NOW=now))
    assert (code, out) == (2, "") and "GONGKAI_NOW" in err and now in err


def test_a_database_that_cannot_be_opened_is_told(tmp_path):
    nobody = {"GONGKAI_DATABASE_URL": "postgresql://u@127.0.0.1:1/x"}
    code, out, err = ended(started(tmp_path / "data", "ledger", "verify", **nobody))
    assert (code, out) == (2, "") and "打不开数据库" in err
