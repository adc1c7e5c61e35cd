"""``gongkai report check``: the contract of its objects, exit codes, pairing with last year, and its text."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = ["source", "rule", "severity", "cell", "found", "expected", "message", "repair"]
TOTALS = ["requests/total/natural_person", "requests/total/total"]


def test_sound_report_has_no_finding(run, make) -> None:
    path = make()
    assert run("report", "check", path, "--format", "jsonl") == (0, "", "")
    ended = run("report", "check", path)
    assert (ended.code, ended.err) == (0, "")
    assert "没有发现问题" in ended.out and "青川市档案局 · 2021 · annual-2021" in ended.out


def test_findings_as_objects(run, make, broken) -> None:
    path = make(cells=broken)
    ended = run("report", "check", path, "--format", "jsonl")
    assert (ended.code, ended.err) == (1, "")
    assert [list(finding) for finding in ended.objects] == [KEYS] * 4
    assert [(finding["rule"], finding["cell"]) for finding in ended.objects] == [
        (rule, cell) for rule in ("column-total", "balance") for cell in TOTALS
    ]
    for finding in ended.objects:
        assert (finding["source"], finding["severity"]) == (str(path), "error")
        assert (finding["found"], finding["expected"]) == (0, 1)
        assert finding["repair"] == {
            "status": "unique",
            "size": 2,
            "count": 1,
            "changes": [{"cell": cell, "from": 0, "to": 1} for cell in TOTALS],
            "alternatives": [],
        }


def test_findings_read_well_in_both_languages(run, make, broken) -> None:
    path = make(cells=broken)
    chinese, english = run("report", "check", path), run("report", "check", path, "--lang", "en")
    assert chinese.code == english.code == 1
    for text, words in (
        (chinese.out, ("错误 4", "column-total", "现为 0", "应为 1", "（七）总计", "0 → 1", "只有这一种")),
        (english.out, ("error 4", "column-total", "found 0", "expected 1", TOTALS[0], "0 → 1", "the only way")),
    ):
        for word in words:
            assert word in text
    # One table, one correction, though four findings carry it.
    assert chinese.out.count("0 → 1") == 2
    assert "\x1b" not in chinese.out


def test_several_ways_are_numbered(run, make, ambiguous) -> None:
    text = run("report", "check", make(cells=ambiguous)).out
    assert "有 5 种方式" in text
    assert [f"方式 {number}" in text for number in range(1, 7)] == [True] * 5 + [False]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_text_keeps_to_the_width_of_the_screen(run, make, broken, monkeypatch, columns) -> None:
    from gongkai.cli.columns import width

    monkeypatch.setenv("COLUMNS", str(columns))
    path = make(cells=broken)
    for lang in ("zh", "en"):
        text = run("report", "check", path, "--lang", lang).out.replace(str(path), "")
        # Only what has no place to break, such as an id, may stand out.
        assert [line for line in text.splitlines() if width(line) > columns and " " in line.strip()] == []


def test_an_unreadable_file_is_named_and_the_others_go_on(run, make, broken, tmp_path) -> None:
    bad, missing = tmp_path / "bad.pdf", tmp_path / "missing.html"
    bad.write_bytes(bytes(range(256)) * 4)
    ended = run("report", "check", bad, make(cells=broken), missing, "--format", "jsonl")
    assert ended.code == 2
    assert len(ended.objects) == 4
    first, second = ended.err.splitlines()
    assert "bad.pdf" in first and "missing.html" in second


def test_a_fault_of_ours_costs_one_file(run, make, broken, monkeypatch) -> None:
    from gongkai.documents.read import report as reader

    sound = reader.read_report

    def faulty(path: Path):
        if path.name == "b.html":
            raise ZeroDivisionError("division by\nzero")
        return sound(path)

    monkeypatch.setattr(reader, "read_report", faulty)
    paths = [make(f"{name}.html", broken) for name in "abc"]
    ended = run("report", "check", *paths, "--format", "jsonl")
    assert ended.code == 2
    assert {Path(str(finding["source"])).name for finding in ended.objects} == {"a.html", "c.html"}
    (line,) = ended.err.splitlines()
    assert "b.html" in line and "ZeroDivisionError" in line and "Traceback" not in line
    monkeypatch.setenv("GONGKAI_DEBUG", "1")
    assert "Traceback" in run("report", "check", *paths).err


def test_previous_pairs_by_agency_and_year(run, make, tmp_path) -> None:
    carried = {"requests/carried_in/natural_person": 2, "requests/carried_in/total": 2}
    for year, cells in ((2021, {}), (2022, {**carried})):
        make(f"all/{year}.html", cells, year=year)
    make("all/other.html", agency="云岭县水务局", year=2021)
    make("all/older.html", year=2020)
    this = tmp_path / "all" / "2022.html"

    def carry_overs(*argv: object) -> tuple[list[object], str]:
        ended = run("report", "check", *argv, "--format", "jsonl")
        return [f["cell"] for f in ended.objects if f["rule"] == "carry-over"], ended.err

    found = ["requests/carried_in/natural_person", "requests/carried_in/total"]
    assert carry_overs(this) == ([], "")
    assert carry_overs(this, "--previous", tmp_path / "all") == (found, "")
    assert carry_overs(this, "--previous", tmp_path / "all" / "2021.html") == (found, "")
    cells, err = carry_overs(this, "--previous", tmp_path / "all" / "other.html")
    assert cells == [] and "2022.html" in err and "2021" in err
    # The same folder on both sides: each year is held against the one before it.
    assert carry_overs(tmp_path / "all", "--previous", tmp_path / "all")[0] == found


def test_many_files_end_with_a_summary(run, make, broken, tmp_path) -> None:
    make("many/a.html", broken)
    make("many/b.html", broken)
    make("many/c.html")
    (tmp_path / "many" / "d.docx").write_bytes(b"PK\x03\x04")
    ended = run("report", "check", tmp_path / "many")
    assert ended.code == 2
    assert ended.out.splitlines()[-1] == "共 4 个文件，读出 3 份报告；错误 8，警告 0，提示 0；无法读取 1。"
    table = [line.split() for line in ended.out.splitlines()[-5:-1]]
    assert ["错误", "balance", "4", "2"] in table and ["错误", "column-total", "4", "2"] in table


MEASURED = """
import os, re, sys
from pathlib import Path
from gongkai.site.main import main
sys.stdout = open(os.devnull, "w")
for folder in sys.argv[1:]:
    main(["report", "check", folder, "--format", "jsonl"])
    # Not ru_maxrss, which remembers the process that started this one.
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


def test_memory_does_not_grow_with_the_number_of_files(make, broken, tmp_path) -> None:
    one = make("few/0.html", broken)
    (tmp_path / "many").mkdir()
    for folder, count in (("few", 20), ("many", 300)):
        for number in range(count):
            (tmp_path / folder / f"{number}.html").write_bytes(one.read_bytes())
    folders = [str(tmp_path / "few"), str(tmp_path / "many")]
    ended = subprocess.run(
        [sys.executable, "-c", MEASURED, *folders], capture_output=True, encoding="utf-8", check=True
    )
    few, many = map(int, ended.stderr.split())
    # Kilobytes. Were the reports kept, these would be 7,000 and more.
    assert many - few < 3000


def test_real_command(real, make, broken) -> None:
    path = make(cells=broken)
    ended = real("report", "check", path, "--format", "jsonl", PYTHONIOENCODING="gbk")
    assert (ended.code, ended.err) == (1, "")
    assert [json.loads(line)["expected"] for line in ended.out.splitlines()] == [1] * 4
    assert "表" in ended.out or "总计" in ended.out
