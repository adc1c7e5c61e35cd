"""How an installation begins: agencies and people are named on the command line, by real processes."""

import json
import sqlite3

import pytest

OFFICE, BUREAU = "云岭县人民政府办公室", "云岭县民政局"


@pytest.fixture
def gongkai(real, tmp_path):
    def gongkai(*words, **environment):
        return real(
            *words, **{"GONGKAI_DATA": str(tmp_path / "data"), "GONGKAI_DATABASE_URL": "", "PORT": "", **environment}
        )

    return gongkai


def test_agencies_and_people_are_named(gongkai, tmp_path):
    added = gongkai("agency", "add", OFFICE, "--competent")
    assert (added.code, added.out) == (0, f"已设立：{OFFICE}\n")
    assert gongkai("agency", "add", BUREAU, "--above", OFFICE, "--region", "999999", "--line", "民政").code == 0
    for words, said in (
        (("agency", "add", BUREAU), "已经设立"),
        (("agency", "add", "云岭县财政局", "--above", "没有的局"), "没有的局"),
        (("person", "add", "王某", "--agency", "没有的局", "--login", "wang", "--role", "clerk"), "没有的局"),
        (("person", "add", "王某", "--agency", BUREAU, "--login", "wang", "--role", "citizen"), "citizen"),
        (("person", "reset", "nobody"), "nobody"),
        (("person", "leave", "nobody"), "nobody"),
    ):
        refused = gongkai(*words)
        assert refused.code == 2 and said in refused.err, words
    words = ("person", "add", "王某", "--agency", BUREAU, "--login", "wang", "--role", "clerk", "head")
    invited = gongkai(*words, GONGKAI_BASE_URL="https://gk.example.org")
    link = invited.out.splitlines()[-1]
    assert invited.code == 0 and link.startswith("https://gk.example.org/desk/enrol/") and "72 小时" in invited.out
    assert gongkai(*words).code == 2
    reset = json.loads(gongkai("person", "reset", "wang", "--format", "jsonl").out)
    assert reset["login"] == "wang" and reset["link"].startswith("http://127.0.0.1:8000/desk/enrol/")
    assert gongkai("person", "leave", "wang").code == 0
    with sqlite3.connect(tmp_path / "data" / "gongkai.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM gongkai_person WHERE ended IS NOT NULL").fetchone() == (1,)
        stored = "\n".join(database.iterdump())
    assert link.split("/")[-2] not in stored
    assert "4 条" in gongkai("ledger", "verify").out  # name and place of two agencies


def test_an_agency_of_an_import_takes_its_place(gongkai, tmp_path):
    line = {"number": "甲1", "agency": BUREAU, "applicant": {"kind": "business", "name": "虚构商贸有限公司"}}
    line |= {"channel": "online", "subject": "低保名单", "received_on": "2024-03-04", "events": []}
    register = tmp_path / "register.jsonl"
    register.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    assert gongkai("ledger", "import", register).code == 0
    assert gongkai("agency", "add", BUREAU).code == 0
    assert "1 个机关" in gongkai("ledger", "verify").out
