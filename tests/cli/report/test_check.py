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
    assert "没有发现问题" in ended.out and "青川市档案局 · 2021年度 · 2021年格式" in ended.out


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


def test_a_correction_stands_below_the_errors_that_it_mends(run, make, broken, ambiguous) -> None:
    cells = {**broken, **ambiguous, "requests/carried_in/total": None}
    path = make(cells=cells, agency="云岭县水务局")
    text = path.read_text("utf-8").replace("本年通过门户网站", "2020年将通过门户网站[bookmark: _GoBack]")
    path.write_text(text, "utf-8")
    lines = [line.strip() for line in run("report", "check", path).out.splitlines()]
    at = {words: next(n for n, line in enumerate(lines) if line.startswith(words)) for words in (
        "错误", "column-total", "更正：收到和处理", "review-total", "更正：政府信息公开行政复议", "提示"
    )}  # fmt: skip
    assert list(at.values()) == sorted(at.values())
    assert max(n for n, line in enumerate(lines) if line.startswith("balance")) < at["更正：收到和处理"]
    assert at["更正：政府信息公开行政复议"] < lines.index("方式 5") < at["提示"]


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


def test_a_path_to_last_year_that_leads_nowhere_is_refused_at_once(run, make, broken, tmp_path) -> None:
    for nowhere in (tmp_path / "nowhere", ""):
        ended = run("report", "check", make(cells=broken), "--previous", tmp_path, "--previous", nowhere)
        assert (ended.code, ended.out) == (2, "") and len(ended.err.splitlines()) == 1
    assert "nowhere" in run("report", "check", make(), "--previous", tmp_path / "nowhere").err


def test_a_share_is_told_with_its_sign_and_its_limit_and_stays_a_number_in_objects(run, make) -> None:
    more = "一是公开目录不够细，二是解读形式单一，三是栏目更新较慢。下一步将逐项整改，明确责任人和完成时限，" * 3
    for year in (2021, 2022):
        path = make(f"all/{year}.html", year=year)
        path.write_text(path.read_text("utf-8").replace("存在的主要问题是公开", f"{more}存在的主要问题是公开"), "utf-8")
    line = ("report", "check", path, "--previous", path.with_name("2021.html"))
    assert "copied-text  现为 100%，上限 80%\n" in run(*line).out
    assert "copied-text  found 100%, limit 80%\n" in run(*line, "--lang", "en").out
    copied = [finding for finding in run(*line, "--format", "jsonl").objects if finding["rule"] == "copied-text"]
    assert {(finding["found"], finding["expected"]) for finding in copied} == {(100, None)} and copied


CHANGED = (
    "review/reconsideration/total",
    "requests/refused.admin_query/business",
    "requests/other.unpaid/public_welfare",
    "requests/total/total",
)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (
            80,
            """\
      表四「行政复议 · 总计」                               0 → 1
      表三「（三）不予公开 8.属于行政查询事项 · 商业企业」  0 → 1
      表三「（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处
      理其政府信息公开申请 · 社会公益组织」  0 → 1
      表三「（七）总计 · 总计」                             0 → 1
""",
        ),
        (
            60,
            """\
      表四「行政复议 · 总计」    0 → 1
      表三「（三）不予公开 8.属于行政查询事项 · 商业企业」
        0 → 1
      表三「（六）其他处理 2.申请人逾期未按收费通知要求缴纳
      费用、行政机关不再处理其政府信息公开申请 · 社会公益组
      织」  0 → 1
      表三「（七）总计 · 总计」  0 → 1
""",
        ),
    ],
)
def test_arrows_stand_below_each_other_and_long_names_are_broken(capsys, monkeypatch, columns, shown) -> None:
    from gongkai.cli.report.findings import show_changes
    from gongkai.cli.terminal import Terminal
    from gongkai.core.checks.finding import Change

    monkeypatch.setenv("COLUMNS", str(columns))
    show_changes([Change(cell, 0, 1) for cell in CHANGED], Terminal("zh", "text"), 6)
    assert capsys.readouterr().out == shown


def test_two_reports_of_last_year_are_named(run, make, tmp_path) -> None:
    make("last/a.html")
    make("last/b.html")
    this = make("2022.html", year=2022)
    ended = run("report", "check", this, "--previous", tmp_path / "last")
    (line,) = ended.err.splitlines()
    assert line.index("b.html") < line.index("a.html")


def test_an_object_of_read_is_checked_as_the_report_is(run, make, broken, tmp_path) -> None:
    path, copy = make(cells=broken), tmp_path / "copy.json"
    copy.write_text(run("report", "read", path, "--format", "jsonl").out, "utf-8")
    for lang in ("zh", "en"):
        said = [run("report", "check", file, "--lang", lang).out.splitlines()[1:] for file in (path, copy)]
        assert said[0] == said[1]
    assert "right.json" in run("report", "repair", copy, "-o", tmp_path / "right.json").out
    assert run("report", "check", tmp_path / "right.json", "--format", "jsonl") == (0, "", "")
    (again,) = run("report", "read", copy, "--format", "jsonl").objects
    assert again["cells"]["requests/total/total"] == 0


def test_json_that_is_no_object_of_read_is_named_and_the_others_go_on(run, make, broken, tmp_path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"form": "annual-2021"}')
    ended = run("report", "check", bad, make(cells=broken), tmp_path / "gone.json", "--format", "jsonl")
    assert ended.code == 2 and len(ended.objects) == 4
    first, second = ended.err.splitlines()
    assert "bad.json" in first and "cells" in first and "gone.json" in second


def test_files_passed_over_are_counted_once(run, make, tmp_path) -> None:
    make("all/a.html")
    make("all/deep/b.html", year=2022)
    for name in ("x.png", "y.PNG", "deep/z.json", "README", ".hidden", "~$a.docx"):
        (tmp_path / "all" / name).touch()
    ended = run("report", "check", tmp_path / "all", "--previous", tmp_path / "all")
    (line,) = [line for line in ended.err.splitlines() if "跳过" in line]
    assert "4 个文件" in line and all(kind in line for kind in (".png", ".json", "无后缀"))
    assert ended.code == 0
    ended = run("report", "read", tmp_path / "all", "--lang", "en", "--format", "jsonl")
    assert len(ended.objects) == 2 and ended.code == 0
    assert "4 (.png" in ended.err and ended.err.isascii() and len(ended.err.splitlines()) == 1


def test_an_empty_path_is_not_the_folder_one_is_in(run, make, monkeypatch, tmp_path) -> None:
    make()
    monkeypatch.chdir(tmp_path)
    for command in (["check", ""], ["read", ""], ["repair", "", "-o", "a.html"]):
        ended = run("report", *command)
        assert (ended.code, ended.out) == (2, "") and "路径是空的" in ended.err


def test_what_could_not_be_read_with_certainty_is_said(run, make) -> None:
    path = make()
    path.write_bytes(path.read_bytes().replace(b"</body>", b"<!-- \xff\xfe --></body>"))
    text = run("report", "check", path)
    assert (text.code, text.err) == (0, "") and "没有发现问题，但读取时有疑问" in text.out
    ended = run("report", "check", path, "--format", "jsonl")
    assert (ended.code, ended.out) == (0, "")
    (line,) = ended.err.splitlines()
    assert path.name in line and "1 处疑问" in line


def test_a_name_cannot_steer_the_terminal(run, make, broken, tmp_path, monkeypatch) -> None:
    path = make("a\x1b[31m\x1b[2mred\u202e\n.html", broken)
    monkeypatch.setenv("FORCE_COLOR", "1")
    for ended in (run("report", "check", path), run("report", "read", path), run("report", "read", f"{path}x")):
        for text in (ended.out, ended.err):
            assert not any(steering in text for steering in ("\x1b[31m", "\x1b[2mred", "\u202e"))
        assert "a\\x1b[31m\\x1b[2mred\\u202e" in ended.out + ended.err


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
