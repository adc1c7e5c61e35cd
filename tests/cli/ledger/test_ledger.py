"""An installation from the command line: made in an empty folder, filled, exported, verified; on both databases."""

import json
import os

import pytest
from django.test import override_settings
from tests.databases import fresh, vacant


@pytest.fixture(params=["sqlite", "postgresql"])
def gongkai(request, run, monkeypatch, tmp_path):
    """The command in this process, on an installation of its own."""
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("GONGKAI_DATA", str(data))
    with fresh(request.param, data), override_settings(DATA=data):
        yield run


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_nothing_becomes_an_installation_that_the_next_command_finds(real, tmp_path, vendor):
    data = tmp_path / "data"
    with vacant(vendor, tmp_path / "no") as url:

        def gongkai(*words):
            return real(*words, GONGKAI_DATA=str(data), GONGKAI_DATABASE_URL=url)

        assert gongkai("ledger", "import", register(tmp_path, line("甲1", REPLIED))).code == 0
        assert gongkai("ledger", "verify").out == "台账完整：1 个机关，共 2 条。\n"
        shown = gongkai("ledger", "cases", "--agency", "云岭县民政局", "--as-of", "2024-04-08")
        assert shown.code == 0 and "办结  2024-03-20" in shown.out


def register(tmp_path, *lines):
    path = tmp_path / "register.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def line(number, *events, received="2024-03-04"):
    return {
        "number": number,
        "agency": "云岭县民政局",
        "applicant": {"kind": "business", "name": "虚构商贸有限公司"},
        "channel": "post_signed",
        "subject": "低保名单",
        "received_on": received,
        "events": list(events),
    }


REPLIED = {"type": "replied", "on": "2024-03-20", "outcome": "refused.process"}
FILED = {"type": "reconsideration_filed", "on": "2024-04-02", "ref": "云府复〔2024〕3号"}


def test_a_name_or_a_year_that_cannot_be_is_told(gongkai, tmp_path):
    gongkai("ledger", "import", register(tmp_path, line("甲1", REPLIED)))
    other = gongkai("report", "fill", "--agency", "云岭县民政厅", "--year", "2024", "--format", "jsonl")
    assert other.code == 0 and not any(json.loads(other.out)["cells"].values())
    assert "云岭县民政局" in other.err
    for year in ("0", "2007", "2027", "99999"):
        refused = gongkai("report", "fill", "--agency", "云岭县民政局", "--year", year)
        assert (refused.code, refused.out) == (2, "") and f"{year} 年没有年度报告" in refused.err


def test_an_export_never_overwrites_the_installation_and_a_head_is_one(gongkai, tmp_path):
    gongkai("ledger", "import", register(tmp_path, line("甲1")))
    for own in ("gongkai.sqlite3", "keys/outside.key", "new.jsonl"):
        refused = gongkai("ledger", "export", "-o", tmp_path / "data" / own)
        assert (refused.code, refused.out) == (2, "") and "GONGKAI_DATA" in refused.err
    assert gongkai("ledger", "verify").code == 0
    gongkai("ledger", "export", "-o", tmp_path / "out.jsonl")
    for head in ("", "abc", "g" * 64):
        assert gongkai("ledger", "verify", tmp_path / "out.jsonl", "--head", head).code == 2


def test_what_would_lock_a_ledger_is_refused_by_its_line(gongkai, tmp_path):
    late = {**line("甲2"), "recorded": "2099-01-01T00:00:00+08:00"}
    tomorrow = line("甲3", {**REPLIED, "on": "2099-03-20"})
    old = line("甲4", received="1999-02-03")
    path = register(tmp_path, line("甲1"), late, tomorrow, old, line("长" * 201), line("甲\n5"))
    refused = gongkai("ledger", "import", path)
    assert refused.code == 1
    assert [said.split("：")[0] for said in refused.err.splitlines()[:5]] == [f"第{n}行" for n in (2, 3, 4, 5, 6)]
    assert gongkai("ledger", "import", register(tmp_path, line("甲1"))).code == 0


OF_AGENCY = "  云岭县民政局：2 件（台账中的新机关）\n"


def test_a_year_of_an_installation(gongkai, tmp_path):
    path = register(tmp_path, line("甲1", REPLIED, FILED), line("甲2"))
    dry = gongkai("ledger", "import", path, "--dry-run")
    assert (dry.code, dry.out) == (0, "检查通过：将导入 2 件申请、4 个事件；0 件已在台账中。\n" + OF_AGENCY)
    imported = gongkai("ledger", "import", path).out
    assert imported == "已导入 2 件申请、4 个事件；0 件已在台账中，未重复导入。\n" + OF_AGENCY
    again = gongkai("ledger", "import", path, "--format", "jsonl")
    assert json.loads(again.out)["passed_over"] == 2

    words = ("report", "fill", "--agency", "云岭县民政局", "--year", "2024")
    told = json.loads(gongkai(*words, "--format", "jsonl").out)
    assert (told["agency"], told["year"], told["form"]) == ("云岭县民政局", 2024, "annual-2021")
    assert {cell for cell, value in told["cells"].items() if value} == {
        *(f"requests/{row}/{column}" for column in ("business", "total")
          for row in ("new", "refused.process", "total", "carried_out")),
        "review/reconsideration/pending",
        "review/reconsideration/total",
    }  # fmt: skip
    assert "云岭县民政局 · 2024" in gongkai(*words).out
    explained = json.loads(gongkai(*words, "--explain", "review/reconsideration/total", "--format", "jsonl").out)
    assert explained == {"cell": "review/reconsideration/total", "value": 1, "of": ["甲1"]}
    assert "甲1  云府复〔2024〕3号" in gongkai(*words, "--explain", "review/reconsideration/total").out
    wrong = gongkai(*words, "--explain", "requests/new/everyone")
    assert (wrong.code, wrong.out) == (2, "")
    assert "requests/new/natural_person" in wrong.err.replace("\n", "")
    assert "requests/granted、" in gongkai(*words, "--explain", "requests/grantd/total").err.replace("\n", "")
    assert "：art20、requests、review。" in gongkai(*words, "--explain", "x").err.replace("\n", "")
    known = json.loads(gongkai(*words, "--known-by", "2020-01-01", "--format", "jsonl").out)
    assert set(known["cells"].values()) == {0}
    assert "2022 年" in gongkai(*words[:-1], "2022").err and "没有计入" not in gongkai(*words).err

    assert gongkai("ledger", "verify").out == "台账完整：1 个机关，共 4 条。\n"
    target = tmp_path / "export.jsonl"
    head = json.loads(gongkai("ledger", "export", "-o", target, "--format", "jsonl").out)["head"]
    lines = target.read_text("utf-8").splitlines()
    assert len(lines) == 5 and json.loads(lines[-1])["head"] == head
    assert gongkai("ledger", "verify", target, "--head", head).code == 0
    target.write_text("\n".join([lines[0], lines[1].replace("2024", "2023"), *lines[2:]]), "utf-8")
    broken = gongkai("ledger", "verify", target, "--head", head, "--format", "jsonl")
    assert (broken.code, json.loads(broken.out)["line"]) == (1, 2)
    assert gongkai("ledger", "verify", tmp_path / "none").code == 2
    assert gongkai("ledger", "verify", "--head", head).code == 2


def test_every_bad_line_is_named_and_nothing_imported(gongkai, tmp_path):
    path = register(
        tmp_path,
        line("甲1"),
        line("甲2", {**REPLIED, "on": "2024-03-01"}),
        line("甲3", {"type": "extension_notified", "on": "2024-04-20", "working_days": 5}),
        {"number": "甲4"},
    )
    ended = gongkai("ledger", "import", path)
    assert (ended.code, ended.out) == (1, "")
    said = ended.err.splitlines()
    assert [one[: one.index("行") + 1] for one in said[:3]] == ["第2行", "第3行", "第4行"]
    assert "第三十三条第二款" in said[1]
    assert said[-1].endswith("一行也没有导入。请改正后重新导入。")
    assert gongkai("ledger", "verify").out == "台账完整：0 个机关，共 0 条。\n"


def test_where_requests_stand(gongkai, tmp_path):
    path = register(tmp_path, line("甲1", REPLIED), line("甲2"), line("甲3", received="2024-03-11"))
    gongkai("ledger", "import", path)
    words = ("ledger", "cases", "--agency", "云岭县民政局", "--as-of", "2024-04-08")
    shown = gongkai(*words).out.splitlines()
    assert [text.split()[:3] for text in shown[1:4]] == [
        ["甲2", "2024-03-04", "2024-04-01"],
        ["甲3", "2024-03-11", "2024-04-09"],
        ["甲1", "2024-03-04", "2024-04-01"],
    ]
    assert "已逾期 4 个工作日" in shown[1] and "紧急，还有 1 个工作日" in shown[2] and "办结  2024-03-20" in shown[3]
    told = [json.loads(text) for text in gongkai(*words, "--open", "--format", "jsonl").out.splitlines()]
    assert [(each["number"], each["level"], each["days_left"]) for each in told] == [
        ("甲2", "overdue", -4),
        ("甲3", "urgent", 1),
    ]
    one = gongkai(*words, "--number", "甲3").out
    assert "数满 20 个工作日：2024-04-09" in one and "答复（最迟 2024-04-09）" in one
    told = json.loads(gongkai(*words, "--number", "甲3", "--format", "jsonl").out)
    assert {"number", "due_on", "steps", "acts"} <= told.keys()
    missing = gongkai(*words, "--number", "甲33")
    assert missing.code == 2 and "甲3" in missing.err.partition("相近")[2]
    assert "还没有收到" in gongkai(*words[:-1], "2024-03-05", "--number", "甲3").err
    rest = gongkai(*words[:-1], "2024-05-02", "--number", "甲3").out
    assert "2024-04-09 已到期，应尽快办理" in rest
    other = gongkai("ledger", "cases", "--agency", "云岭县档案局")
    assert other.code == 2 and "云岭县民政局" in other.err


def test_figures_that_nobody_recorded_are_said(gongkai, tmp_path):
    gongkai("ledger", "import", register(tmp_path, line("甲1", REPLIED)))
    words = ("report", "fill", "--agency", "云岭县民政局", "--year", "2024")
    assert "第二部分" in gongkai(*words).err
    assert "到 2024-12-31 为止登记的" in gongkai(*words, "--known-by", "2024-12-31").err


def test_what_is_possible_is_listed_once(gongkai, tmp_path):
    unknown = [{**line(f"甲{number}"), "channel": "letter"} for number in (1, 2)]
    said = gongkai("ledger", "import", register(tmp_path, *unknown)).err.splitlines()
    assert "post_signed" in said[0] and "post_signed" not in said[1] and "见上" in said[1]


def test_a_spreadsheet_comes_in(gongkai, tmp_path):
    from pathlib import Path

    examples = Path(__file__).parents[3] / "examples" / "registers"
    ended = gongkai(
        "ledger", "import", examples / "yunling-culture-register-2025.xlsx", "--agency", "青川市云岭区文化旅游局"
    )
    assert ended.code == 0, ended.err
    words = ("report", "fill", "--agency", "青川市云岭区文化旅游局", "--year", "2025", "--format", "jsonl")
    cells = json.loads(gongkai(*words).out)["cells"]
    assert cells["requests/new/total"] + cells["requests/carried_in/total"] == 12


def test_commands_on_files_need_neither_database_nor_django(real, tmp_path):
    program = "import sys; from gongkai.site.main import main; main(sys.argv[1:]); print('django' in sys.modules)"
    import subprocess
    import sys

    data = tmp_path / "data"
    ended = subprocess.run(
        [sys.executable, "-c", program, "law", "workdays", "--from", "2025-03-03", "--count", "1"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "GONGKAI_DATA": str(data)},
        check=True,
    )
    assert ended.stdout.splitlines()[-1] == "False"
    assert not data.exists()
