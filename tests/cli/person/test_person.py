"""How an installation begins: agencies and people are named on the command line."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Ended
from tests.services.test_perform import RULES

from gongkai.cli import command_line
from gongkai.cli.installation import Installation
from gongkai.core.ledger.naming import namings
from gongkai.site.wiring import Web
from gongkai.store import models

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
OFFICE, BUREAU = "云岭县人民政府办公室", "云岭县民政局"
ADD = ("person", "add", "王某", "--agency", BUREAU, "--login", "wang", "--role", "clerk", "head")
LINK = "https://gk.example.org/desk/enrol/"


@pytest.fixture
def gongkai(ledgers, capsys):
    """The command line on ledgers of a test."""
    perform = Web(ledgers, RULES, lambda: NOW, demo=False).perform
    unused = dict.fromkeys(set(Installation._fields) - {"ledgers", "now", "calendars", "perform", "link"})
    link = f"{LINK}{{}}/".format
    installed = Installation(ledgers, lambda: NOW, Path(), perform=perform, link=link, **unused)

    def gongkai(*words):
        code = command_line.run(words, open=lambda: installed, explain=lambda error: None)
        return Ended(code, *capsys.readouterr())

    return gongkai


def test_agencies_and_people_are_named(gongkai, ledgers):
    added = gongkai("agency", "add", OFFICE, "--competent")
    assert (added.code, added.out) == (0, f"已设立：{OFFICE}\n")
    assert gongkai("agency", "add", BUREAU, "--above", OFFICE, "--region", "999999", "--line", "民政").code == 0
    place = models.Place.objects.select_related("agency", "parent").get(agency__name=BUREAU)
    assert (place.parent.name, place.region, place.line, place.competent) == (OFFICE, "999999", "民政", False)
    invited = gongkai(*ADD)
    link = invited.out.splitlines()[-1]
    assert invited.code == 0 and link.startswith(LINK) and "72 小时" in invited.out
    assert ledgers.member("wang").roles == ("clerk", "head")
    again = gongkai("person", "reset", "wang", "--format", "jsonl").objects[0]
    assert again["login"] == "wang" and again["link"] != link
    assert gongkai("person", "leave", "wang").code == 0 and ledgers.member("wang").ended
    stored = str(list(models.Person.objects.values()))
    assert link.split("/")[-2] not in stored and str(again["link"]).split("/")[-2] not in stored


def test_an_agency_keeps_its_ledger_under_another_name(gongkai, ledgers):
    gongkai("agency", "add", BUREAU)
    gongkai(*ADD)
    id, new, reason = ledgers.agency(BUREAU).id, "云岭县民政和社会事务局", ("--reason", "云编发〔2026〕3号")
    renamed = gongkai("agency", "rename", BUREAU, new, *reason)
    assert (renamed.code, renamed.out) == (0, f"{BUREAU} 自 2026-03-02 起更名为 {new}\n")
    assert ledgers.agency(BUREAU) is None and ledgers.agency(new).id == id == ledgers.member("wang").agency
    named = [each.event for each in namings(ledgers.entries(ledgers.agency(new)))]
    assert [(event.called, event.on, event.reason) for event in named] == [
        *((BUREAU, NOW.date(), None), (new, NOW.date(), reason[1])),
    ]
    gongkai("agency", "add", BUREAU)
    for words in ((BUREAU, new), (new, new), (new, " "), ("没有的局", "局"), (new, "局", "--on", "2026-03-01")):
        assert gongkai("agency", "rename", *words, *reason).code == 2
    assert gongkai("agency", "rename", new, "局").code == 2  # no reason
    again = gongkai("agency", "rename", new, "局", *reason, "--on", "2026年3月2日", "--format", "jsonl").objects
    assert again == [{"agency": id, "name": "局", "before": new, "on": "2026-03-02"}]
    assert gongkai("ledger", "verify").code == 0


def test_what_is_there_already_or_not_at_all_is_refused(gongkai):
    for words in (("agency", "add", BUREAU), ADD):
        assert gongkai(*words).code == 0
    for words, said in (
        (("agency", "add", BUREAU), "已经设立"),
        (("agency", "add", OFFICE, "--above", "没有的局"), "没有的局"),
        ((*ADD[:4], "没有的局", *ADD[5:]), "没有的局"),
        (ADD, "已有人使用"),
        ((*ADD[:-2], "citizen"), "citizen"),
        (("person", "reset", "nobody"), "nobody"),
        (("person", "leave", "nobody"), "nobody"),
    ):
        refused = gongkai(*words)
        assert refused.code == 2 and said in refused.err, words
    assert models.Agency.objects.count() == 1 and models.Person.objects.count() == 1


def test_an_empty_folder_becomes_an_installation(real, tmp_path):
    line = {"number": "甲1", "agency": BUREAU, "applicant": {"kind": "business", "name": "虚构商贸有限公司"}}
    line |= {"channel": "online", "subject": "低保名单", "received_on": "2024-03-04", "events": []}
    register = tmp_path / "register.jsonl"
    register.write_text(json.dumps(line, ensure_ascii=False), "utf-8")
    where = {"GONGKAI_DATA": str(tmp_path / "data"), "GONGKAI_DATABASE_URL": "", "GONGKAI_BASE_URL": "", "PORT": "8123"}
    assert real("ledger", "import", register, **where).code == 0
    assert real("agency", "add", BUREAU, **where).code == 0  # the import made it; now it takes its place
    invited = real(*ADD, **where)
    assert (invited.code, invited.err) == (0, "")
    assert invited.out.splitlines()[-1].startswith("http://127.0.0.1:8123/desk/enrol/")
