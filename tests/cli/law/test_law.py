"""The law engine on the command line."""

import json

import pytest


def test_worked_cases(run, shared):
    folder = shared / "examples" / "law"
    ended = run("law", "clock", folder / "clock.jsonl", "--format", "jsonl")
    assert ended.code == 0
    cases = map(json.loads, (folder / "clock.jsonl").read_text("utf-8").splitlines())
    for case, answer in zip(cases, map(json.loads, ended.out.splitlines()), strict=True):
        assert answer["id"] == case["id"]
        if case["expect"] == {"error": True}:
            assert answer.keys() == {"id", "error"}
        else:
            assert {key: answer[key] for key in case["expect"]} == case["expect"]
            assert answer["steps"]


def test_worked_days_and_fees(run, shared):
    folder = shared / "examples" / "law"
    for case in map(json.loads, (folder / "workdays.jsonl").read_text("utf-8").splitlines()):
        ended = run("law", "workdays", "--from", case["from"], "--count", case["count"])
        assert ended.out == (f"{case['expect']}\n" if case["expect"] else "")
        assert (ended.code == 0) == (case["expect"] is not None) == (ended.err == "")
    for case in map(json.loads, (folder / "fees.jsonl").read_text("utf-8").splitlines()):
        assert run("law", "fee", "--by", case["by"], "--count", case["count"]) == (0, f"{case['expect']}\n", "")


@pytest.fixture
def cases(tmp_path):
    def cases(*lines):
        path = tmp_path / "cases.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
        return path

    return cases


def case(id="a", received="2025-03-03", events=()):
    return {"id": id, "received_on": received, "events": list(events)}


def test_a_reckoning_reads_well_in_both_languages(run, cases):
    path = cases(case(), case("b", events=[{"type": "replied", "on": "2025-04-02"}]))
    chinese, english = run("law", "clock", path), run("law", "clock", path, "--lang", "en")
    assert "2025-03-03 收到申请（《条例》第三十一条），当日不计" in chinese.out
    assert "数满 20 个工作日：2025-03-31 为答复期限的最后一天。" in chinese.out
    assert "逾期办结" in chinese.out
    assert "Received on 2025-03-03 (Regulation Art. 31); that day is not counted." in " ".join(english.out.split())
    assert not any("一" <= letter <= "鿿" for letter in english.out)


def test_every_line_gets_an_answer(run, cases):
    ended = run("law", "clock", cases("{", "[]", case(received="2025-02-30"), case("z")), "--format", "jsonl")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 0
    assert ["error" in answer for answer in answers] == [True, True, True, False]
    assert answers[2]["error"].startswith("“收到申请”的“on”：没有“2025-02-30”这一天")


def test_what_is_missing_in_a_case_is_named(run, cases):
    path = cases(
        *({"id": "a", "received_on": "2025-03-03"}, {"id": "b", "events": []}),
        *(case("c", events=[{"on": "2025-03-04"}]), {**case("d"), "events": {}}),
    )
    answers = [json.loads(line)["error"] for line in run("law", "clock", path, "--format", "jsonl").out.splitlines()]
    assert "缺少“events”" in answers[0] and "缺少“received_on”" in answers[1]
    assert "缺少 type，写明的只有：on。" in answers[2] and "“{}”" in answers[3]


def test_an_id_that_is_no_text_is_left_out(run, cases):
    path = cases('{"id": NaN, "received_on": "2025-03-03", "events": []}', {**case(), "id": 1e308 * 10}, case(7))
    answers = [json.loads(line) for line in run("law", "clock", path, "--format", "jsonl").out.splitlines()]
    assert [answer["id"] for answer in answers] == [None, None, 7]


def test_only_what_can_follow_a_receipt_is_offered(run, cases):
    path = cases(case(events=[{"type": "document_made", "on": "2025-03-04", "row": "rules"}]))
    error = json.loads(run("law", "clock", path, "--format", "jsonl").out)["error"]
    assert "document_made" in error and "replied" in error and "amended" not in error


@pytest.mark.parametrize("typed", ["2025/3/31", "2025年3月31日", "2025-3-31"])
def test_dates_may_be_typed_as_people_write_them(run, cases, typed):
    path = cases(case())
    assert json.loads(run("law", "clock", path, "--as-of", typed, "--format", "jsonl").out)["overdue"] is False
    wrong = run("law", "clock", path, "--as-of", "31.3.2025")
    assert wrong.code == 2 and "2024-03-04" in wrong.err


def test_dates_before_the_law_or_the_calendar_are_said_and_the_rest_goes_on(run, cases):
    days = ("0001-01-01", "0202-03-03", "1999-01-04", "2008-04-30", "2018-12-10", "9999-12-20", "2025-03-03")
    for options in ((), ("--provisional",)):
        ended = run("law", "clock", cases(*(case(received=on) for on in days)), "--format", "jsonl", *options)
        answers = [json.loads(line) for line in ended.out.splitlines()]
        assert (ended.code, ended.err) == (0, "")
        assert ["error" in answer for answer in answers] == [True] * 6 + [False]
        assert all("2008 年 5 月 1 日" in answer["error"] for answer in answers[:4])


def test_lines_end_at_line_feeds_only(run, tmp_path):
    path = tmp_path / "cases.jsonl"
    lines = (json.dumps(case(f"甲{mark}乙"), ensure_ascii=False) for mark in "\u2028\u2029\u0085")
    path.write_bytes("\r\n".join([*lines, "", json.dumps(case("z"))]).encode("utf-8-sig"))
    ended = run("law", "clock", path, "--format", "jsonl")
    answers = [json.loads(line) for line in ended.out.split("\n") if line]
    assert [answer["id"] for answer in answers] == ["甲\u2028乙", "甲\u2029乙", "甲\u0085乙", "z"]
    assert not any("error" in answer for answer in answers)


@pytest.mark.parametrize("depth", [400, 900, 970, 100_000])
def test_a_line_nested_too_deeply_is_an_error_of_that_line(run, cases, depth):
    deep = "[" * depth + "]" * depth
    broken = [deep, f'{{"id": {deep}, "received_on": "2025-03-03", "events": []}}']
    broken.append(f'{{"id": "e", "received_on": "2025-03-03", "events": [{deep}]}}')
    ended = run("law", "clock", cases(*broken, case("z")), "--format", "jsonl")
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert (ended.code, len(answers)) == (0, 4)
    assert "error" in answers[0] and "error" in answers[2] and "error" not in answers[3]


def test_a_file_of_another_encoding_gets_fitting_advice(run, tmp_path):
    path = tmp_path / "cases.jsonl"
    path.write_bytes('{"id": "甲"}'.encode("gb18030"))
    ended = run("law", "clock", path)
    assert (ended.code, ended.out) == (2, "")
    assert "UTF-8" in ended.err and "report read" not in ended.err


def test_the_advice_for_an_unknown_year_is_true_of_every_command(run):
    ended = run("law", "workdays", "--from", "2026-12-18", "--count", "30")
    assert "gongkai law clock --provisional" in " ".join(ended.err.split())


def test_a_year_nobody_knows(run, cases):
    path = cases(case(received="2026-12-15"))
    (plain,) = map(json.loads, run("law", "clock", path, "--format", "jsonl").out.splitlines())
    (provisional,) = map(json.loads, run("law", "clock", path, "--provisional", "--format", "jsonl").out.splitlines())
    assert "2027年" in plain["error"]
    assert (provisional["due_on"], provisional["provisional_on"][:4]) == (None, "2027")
    assert "暂算为" in run("law", "clock", path, "--provisional").out


def test_open_requests_are_overdue_on_a_day(run, cases):
    for day, late in (("2025-03-31", False), ("2025-04-01", True)):
        (answer,) = map(
            json.loads, run("law", "clock", cases(case()), "--as-of", day, "--format", "jsonl").out.splitlines()
        )
        assert answer["overdue"] is late


def test_an_administrators_calendar_is_used_without_a_release(run, tmp_path, monkeypatch):
    folder = tmp_path / "calendar"
    folder.mkdir()
    shipped = run("law", "workdays", "--from", "2026-12-18", "--count", "30")
    assert shipped.code == 1
    assert "GONGKAI_DATA/calendar" in shipped.err
    (folder / "2027.toml").write_text(YEAR, "utf-8")
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path))
    assert run("law", "workdays", "--from", "2026-12-18", "--count", "30").code == 0
    (folder / "2028.toml").write_text("year = 2027", "utf-8")
    broken = run("law", "workdays", "--from", "2026-12-18", "--count", "30")
    assert broken.code == 2
    assert "2028.toml" in broken.err and "year" in broken.err


YEAR = """
year = 2027
source = "虚构的2027年放假安排（测试用）"
known_from = 2026-11-04

[[holiday]]
name = "元旦"
off = [2027-01-01, 2027-01-03]
worked = []

[[holiday]]
name = "春节"
off = [2027-02-05, 2027-02-11]
worked = [2027-01-31, 2027-02-20]

[[holiday]]
name = "清明节"
off = [2027-04-03, 2027-04-05]
worked = []

[[holiday]]
name = "劳动节"
off = [2027-05-01, 2027-05-05]
worked = [2027-04-25, 2027-05-08]

[[holiday]]
name = "端午节"
off = [2027-06-09, 2027-06-09]
worked = []

[[holiday]]
name = "中秋节"
off = [2027-09-15, 2027-09-15]
worked = []

[[holiday]]
name = "国庆节"
off = [2027-10-01, 2027-10-07]
worked = [2027-09-26, 2027-10-09]
"""


def test_fees_are_explained(run):
    ended = run("law", "fee", "--by", "item", "--count", 31, "--explain")
    assert ended.out.splitlines()[0] == "2200"
    assert len(ended.out.splitlines()) > 3
    (told,) = map(json.loads, run("law", "fee", "--by", "page", "--count", 65, "--format", "jsonl").out.splitlines())
    assert (told["amount"], told["steps"][-1]["rate"]) == (350, 10)


@pytest.mark.parametrize(
    "words",
    [
        ("law", "workdays", "--from", "2025-02-30", "--count", "1"),
        ("law", "workdays", "--from", "2025-02-28", "--count", "-1"),
        ("law", "fee", "--by", "item", "--count", "-1"),
        ("law", "fee", "--by", "hour", "--count", "1"),
        ("law", "clock", "missing.jsonl"),
        ("law", "fee", "--by", "item", "--count", "1", "--on", "2019-01-01"),
    ],
)
def test_wrong_usage_is_said_and_gives_2(run, words):
    ended = run(*words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err and "Traceback" not in ended.err
