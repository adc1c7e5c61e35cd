"""``gongkai report repair``: what is written, what is said, and what is refused."""

import pytest

from gongkai.documents.read.report import read_report

TOTALS = ["requests/total/natural_person", "requests/total/total"]
KEYS = ["source", "output", "changes", "status", "count", "alternatives", "warnings", "remaining"]


def test_smallest_correction_is_written_and_listed(run, make, broken, tmp_path) -> None:
    path, output = make(cells=broken), tmp_path / "right.html"
    ended = run("report", "repair", path, "-o", output, "--format", "jsonl")
    assert (ended.code, ended.err) == (0, "")
    (done,) = ended.objects
    assert list(done) == KEYS
    assert done["changes"] == [{"cell": cell, "from": 0, "to": 1} for cell in TOTALS]
    assert (done["status"], done["count"], done["alternatives"]) == ("unique", 1, [])
    assert done["remaining"] == {"error": 0, "warning": 0, "notice": 0}
    before, after = read_report(path), read_report(output)
    assert {cell for cell in after.cells if after.value(cell) != before.value(cell)} == set(TOTALS)
    assert (after.title, after.parts, after.opening) == (before.title, before.parts, before.opening)
    assert run("report", "check", output, "--format", "jsonl") == (0, "", "")


def test_text_names_the_cells_in_printed_words(run, make, broken, tmp_path) -> None:
    ended = run("report", "repair", make(cells=broken), "-o", tmp_path / "right.json")
    assert ended.code == 0
    for words in ("改动 2 处", "（七）总计", "0 → 1", "已写出：", "没有发现问题"):
        assert words in ended.out


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "pdf", "json"])
def test_what_is_left_for_people_is_told_and_true_of_what_was_written(run, make, broken, tmp_path, suffix) -> None:
    path, output = make(cells={**broken, "requests/carried_in/business": None}, year=2022), tmp_path / f"right.{suffix}"
    page = path.read_text("utf-8").replace("组织业务培训", "2021年将组织[bookmark: _GoBack]业务培训")
    path.write_text(page.replace("本年度没有收取政府信息公开信息处理费", "没有其他事项"), "utf-8")
    (done,) = run("report", "repair", path, "-o", output, "--format", "jsonl").objects
    left = [finding["severity"] for finding in run("report", "check", output, "--format", "jsonl").objects]
    assert done["remaining"] == {kind: left.count(kind) for kind in ("error", "warning", "notice")}
    assert done["remaining"]["error"] == 0 and len(left) >= 3
    text = run("report", "repair", path, "-o", output).out
    assert f"仍有错误 0、警告 {left.count('warning')}、提示 {left.count('notice')}" in "".join(text.splitlines())
    assert "report check" in text


def test_several_ways_first_applied_others_listed_and_chosen(run, make, ambiguous, tmp_path) -> None:
    path, output = make(cells=ambiguous), tmp_path / "right.json"
    ended = run("report", "repair", path, "-o", output)
    assert ended.code == 0 and "共有 5 种方式，这里采用第 1 种" in ended.out
    (first,) = run("report", "repair", path, "-o", output, "--format", "jsonl").objects
    assert (first["status"], first["count"], len(first["alternatives"])) == ("several", 5, 4)
    (second,) = run("report", "repair", path, "-o", output, "--choose", 2, "--format", "jsonl").objects
    assert second["changes"] == first["alternatives"][0]
    assert first["changes"] in second["alternatives"]
    # The ways keep their numbers, whichever was applied.
    text = run("report", "repair", path, "-o", output, "--choose", 2).out
    assert [f"方式 {number}" in text for number in range(1, 7)] == [True, False, True, True, True, False]
    for number in (0, 6):
        ended = run("report", "repair", path, "-o", output, "--choose", number)
        assert ended.code == 2 and "1 至 5" in ended.err
    ended = run("report", "repair", make("sound.html"), "-o", output, "--choose", 2)
    assert ended.code == 2 and "只有一种" in ended.err


def test_ways_of_two_tables_go_with_each_other(run, make, broken, ambiguous, tmp_path) -> None:
    path = make(cells={**broken, **ambiguous})
    (done,) = run("report", "repair", path, "-o", tmp_path / "right.json", "--format", "jsonl").objects
    assert (done["status"], done["count"]) == ("several", 5)
    ways = [done["changes"], *done["alternatives"]]
    assert len({str(way) for way in ways}) == 5
    assert all([change["cell"] for change in way][:2] == TOTALS and len(way) == 3 for way in ways)


def test_nothing_broken_is_written_as_it_is(run, make, tmp_path) -> None:
    path, output = make(), tmp_path / "same.html"
    ended = run("report", "repair", path, "-o", output)
    assert ended.code == 0 and "不需要改动" in ended.out
    assert read_report(output).cells.keys() == read_report(path).cells.keys()


def test_no_known_correction_writes_nothing(run, make, tmp_path) -> None:
    rows = ("refused.law", "refused.process", "unable.not_held", "unprocessed.petition", "partial", "new", "carried_in")
    path, output = make(cells={f"requests/{row}/total": 50 + n * n for n, row in enumerate(rows)}), tmp_path / "no.html"
    ended = run("report", "repair", path, "-o", output)
    assert ended.code == 1 and "至少要改 7 处" in ended.out
    (done,) = run("report", "repair", path, "-o", output, "--format", "jsonl").objects
    assert (done["status"], done["output"], done["changes"], done["remaining"]) == ("none", None, [], None)
    assert not output.exists()


def test_the_source_is_never_overwritten(run, make, broken, tmp_path) -> None:
    path = make(cells=broken)
    before = path.read_bytes()
    link = tmp_path / "link.html"
    link.symlink_to(path)
    for output in (path, link, tmp_path / "." / "report.html"):
        ended = run("report", "repair", path, "-o", output)
        assert (ended.code, ended.out) == (2, "") and "不能覆盖原件" in ended.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["right.odt", "right", "nowhere/right.html"])
def test_what_cannot_be_written_is_refused(run, make, broken, tmp_path, name) -> None:
    ended = run("report", "repair", make(cells=broken), "-o", tmp_path / name)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1 and "right" in ended.err
    assert "No such file" not in ended.err


def test_a_folder_that_is_not_there_is_named_with_the_command_that_makes_it(run, make, tmp_path) -> None:
    folder = tmp_path / "no where" / "deep"
    for lang, words in (("zh", "没有 {} 这个文件夹"), ("en", "there is no folder {}")):
        ended = run("report", "repair", make(), "-o", folder / "a.html", "--lang", lang)
        assert (ended.code, ended.out) == (2, "")
        assert words.format(folder) in ended.err and f"mkdir -p '{folder}'\n" in ended.err


def test_what_the_system_refuses_is_told_in_its_words(run, make, tmp_path) -> None:
    source = make()
    for name, reason in ((source / "a.html", "不是文件夹"), (tmp_path / f"{'n' * 300}.html", "文件名太长")):
        ended = run("report", "repair", source, "-o", name)
        (line,) = ended.err.splitlines()
        assert ended.code == 2 and line.startswith(f"{name}：无法写入（") and reason in line and "意外" not in line


def test_a_folder_is_no_file_to_write(run, make, tmp_path) -> None:
    ended = run("report", "repair", make(), "-o", tmp_path, "--lang", "en")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"{tmp_path}: this is a folder") and f"{tmp_path}/report.docx" in ended.err
    ended = run("report", "repair", make(), "-o", "")
    assert ended.code == 2 and "路径是空的" in ended.err


def test_the_whole_path_is_named_where_its_suffix_is_wrong(run, make, tmp_path) -> None:
    ended = run("report", "repair", make(), "-o", tmp_path / "deep" / "right.odt")
    assert ended.err.startswith(f"{tmp_path}/deep/right.odt：")


def test_an_existing_file_is_replaced_and_the_help_says_so(run, make, broken, tmp_path) -> None:
    output = tmp_path / "right.html"
    output.write_text("old")
    assert run("report", "repair", make(cells=broken), "-o", output).code == 0
    assert "old" not in output.read_text("utf-8")
    for command in ("repair", "write"):
        assert "会被替换" in "".join(run("report", command, "--help").out.split())


def test_one_readable_file_is_needed(run, tmp_path) -> None:
    assert run("report", "repair", tmp_path, "-o", tmp_path / "a.html").code == 2
    ended = run("report", "repair", tmp_path / "missing.html", "-o", tmp_path / "a.html")
    assert ended.code == 2 and "missing.html" in ended.err


def test_history_makes_charts_of_several_years(run, make, tmp_path) -> None:
    rows = ("new", "granted", "total")
    cells = {f"requests/{row}/{column}": 30 for row in rows for column in ("natural_person", "total")}
    for year in (2021, 2022):
        make(f"all/{year}.html", cells, year=year)
    make("all/other.html", agency="云岭县水务局", year=2020)
    alone, whole = tmp_path / "alone.html", tmp_path / "whole.html"
    assert run("report", "repair", tmp_path / "all" / "2022.html", "-o", alone).code == 0
    ended = run("report", "repair", tmp_path / "all" / "2022.html", "-o", whole, "--history", tmp_path / "all")
    assert (ended.code, ended.err) == (0, "")
    assert whole.read_text("utf-8").count("<figure") > alone.read_text("utf-8").count("<figure")


def test_a_history_that_leads_nowhere_is_refused_before_anything_is_written(run, make, broken, tmp_path) -> None:
    output = tmp_path / "right.html"
    for nowhere in (tmp_path / "nowhere", ""):
        ended = run("report", "repair", make(cells=broken), "-o", output, "--history", nowhere)
        assert (ended.code, ended.out) == (2, "") and len(ended.err.splitlines()) == 1
        assert not output.exists()


def test_named_history_that_makes_no_chart_is_named(run, make, tmp_path) -> None:
    this, twin = make(), make("twin.html")
    other, bad = make("other.html", agency="云岭县水务局", year=2020), tmp_path / "bad.pdf"
    bad.write_bytes(bytes(range(256)) * 4)
    output, line = tmp_path / "right.html", []
    for path in (this, twin, other, bad):
        line += ["--history", path]
    ended = run("report", "repair", this, "-o", output, *line)
    assert ended.code == 0 and output.exists()
    names = ("report.html", "twin.html", "other.html", "bad.pdf")
    assert all(name in said for name, said in zip(names, ended.err.splitlines(), strict=True))


def test_two_histories_of_one_year_are_named(run, make, tmp_path) -> None:
    make("all/a.html", year=2020)
    make("all/b.html", year=2020)
    ended = run("report", "repair", make(), "-o", tmp_path / "right.html", "--history", tmp_path / "all")
    (line,) = ended.err.splitlines()
    assert ended.code == 0 and line.index("b.html") < line.index("a.html")
