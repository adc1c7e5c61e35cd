"""JSON lines: whatever is sound is kept as it stands, whatever is not is told with its line."""

import json

import pytest

from gongkai.documents.read.source import Unreadable
from gongkai.documents.register import jsonl, read_register
from gongkai.rulebook.load.messages import render

GOOD = {
    "number": "云档〔2024〕1号",
    "agency": "青川市云岭区档案局",
    "applicant": {"kind": "natural_person", "name": "申请人甲"},
    "channel": "online",
    "subject": "开放档案目录",
    "received_on": "2024-03-04",
    "events": [{"type": "replied", "on": "2024-03-20", "outcome": "granted", "recorded": "2024-03-21T09:00:00+08:00"}],
}


@pytest.fixture
def read(tmp_path):
    """Read lines given as text or as values."""

    def read(*lines, charset="utf-8", **more):
        path = tmp_path / "register.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_bytes("\n".join(texts).encode(charset))
        return read_register(path, **more)

    return read


def test_the_worked_register_is_read_whole(shared):
    path = shared / "examples" / "law" / "register-small.jsonl"
    register = read_register(path)
    assert not register.problems
    assert [line.data for line in register.lines] == [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_lines_are_kept_as_they_stand_with_their_places(read):
    dated = {**GOOD, "recorded": "2024-03-04T16:00:00Z"}
    register = read(GOOD, "", "  ", dated, "")
    assert [tuple(line) for line in register.lines] == [(1, GOOD), (4, dated)] and not register.problems


@pytest.mark.parametrize("charset", ["utf-8-sig", "gb18030", "utf-16"])
def test_any_charset(read, charset):
    assert read(GOOD, charset=charset).lines[0].data == GOOD


def test_a_separator_of_lines_within_a_text_is_no_new_line(read):
    subject = {**GOOD, "subject": "目录\u2028二"}
    assert read(subject, GOOD).lines[0].data == subject


def test_the_agency_may_be_given(read):
    without = {key: value for key, value in GOOD.items() if key != "agency"}
    assert read(without, agency="青川市云岭区档案局").lines[0].data == GOOD
    assert read(GOOD, agency="别的机关").lines[0].data == GOOD


def event(**more):
    return {**GOOD, "events": [{"type": "replied", "on": "2024-03-20", "outcome": "granted", **more}]}


@pytest.mark.parametrize(
    ("line", "id", "said"),
    [
        ('{"number": ', "register.bad-json", "JSON"),
        ('{"number": NaN}', "register.bad-json", "NaN"),
        ("[" * 100_000, "register.bad-json", "JSON"),
        ('{"number": ' + "9" * 5000 + "}", "register.bad-json", "JSON"),
        ("[1]", "register.not-an-object", "对象"),
        ('"云档"', "register.not-an-object", "对象"),
        ('{"number": "1", "number": "2"}', "register.key-twice", "number"),
        ({**GOOD, "subject": "\ud800"}, "register.bad-character", "半个字符"),
        ({**GOOD, "subject": "\0"}, "register.bad-character", "空字符"),
        ({key: value for key, value in GOOD.items() if key != "number"}, "register.key-missing", "number"),
        ({**GOOD, "phone": "1"}, "register.key-unknown", "phone"),
        ({**GOOD, "number": 3}, "register.wrong-type", "number"),
        ({**GOOD, "number": " "}, "register.empty-text", "number"),
        ({**GOOD, "agency": None}, "register.wrong-type", "agency"),
        ({**GOOD, "applicant": "申请人甲"}, "register.wrong-type", "applicant"),
        ({**GOOD, "applicant": {"kind": "natural_person"}}, "register.key-missing", "applicant.name"),
        ({**GOOD, "applicant": {"kind": "citizen", "name": ""}}, "register.not-a-choice", "legal_service"),
        ({**GOOD, "applicant": {"kind": ["business"], "name": ""}}, "register.not-a-choice", "applicant.kind"),
        ({**GOOD, "channel": "letter"}, "register.not-a-choice", "post_signed"),
        ({**GOOD, "received_on": "2024-02-30"}, "register.no-such-date", "2024-02-30"),
        ({**GOOD, "received_on": "2024-W10-1"}, "register.no-such-date", "2024-W10-1"),
        ({**GOOD, "received_on": "２０２４-03-04"}, "register.no-such-date", "received_on"),
        ({**GOOD, "received_on": 45355}, "register.no-such-date", "45355"),
        ({**GOOD, "recorded": "2024-03-04T16:00:00"}, "register.not-an-instant", "recorded"),
        ({**GOOD, "recorded": "0001-01-01T00:00:00+08:00"}, "register.not-an-instant", "recorded"),
        ({**GOOD, "events": {}}, "register.wrong-type", "events"),
        ({**GOOD, "events": ["replied"]}, "register.wrong-type", "events[1]"),
        (event(recorded="昨天"), "register.not-an-instant", "events[1].recorded"),
        (event(outcome="grantd"), "register.not-a-choice", "unable.not_held"),
        (event(outcome="total"), "register.not-a-choice", "events[1].outcome"),
        (event(type="answered"), "ledger.unknown-event", ""),
        (event(on="2024-02-30"), "ledger.no-such-date", ""),
        (event(colour="red"), "ledger.unknown-field", ""),
    ],
)
def test_every_refusal_names_its_line_and_leaves_the_others(read, line, id, said):
    if isinstance(line, dict):
        line = json.dumps(line)
    register = read(GOOD, line, GOOD)
    assert [(problem.place, problem.message.id) for problem in register.problems] == [(2, id)]
    assert said in render(register.problems[0].message)
    assert [line.place for line in register.lines] == [1, 3]


def test_messages_do_not_repeat_who_asked_for_what(read):
    person = {**GOOD, "applicant": ["申请人甲"]}, {**GOOD, "applicant": "申请人甲"}, {**GOOD, "events": ["申请人甲"]}
    named = {**GOOD, "applicant": {"kind": "other", "name": {"of": "申请人甲"}}}, {**GOOD, "subject": ["申请人甲"]}
    problems = read(*person, *named).problems
    assert len(problems) == 5
    assert not any("申请人甲" in render(problem.message) for problem in problems)


def test_all_that_is_wrong_with_a_line_is_told(read):
    register = read({**GOOD, "channel": "letter", "received_on": "", "events": 1})
    assert len(register.problems) == 3 and not register.lines


def test_torn_characters_are_told(tmp_path):
    path = tmp_path / "register.jsonl"
    good = (json.dumps(GOOD, ensure_ascii=False) + "\n").encode() * 9
    path.write_bytes(
        good + json.dumps({**GOOD, "subject": "目"}, ensure_ascii=False).encode().replace("目".encode(), b"\xe7")
    )
    register = read_register(path)
    assert len(register.lines) == 9
    assert [(problem.place, problem.message.id) for problem in register.problems] == [(10, "register.characters-lost")]


def test_an_exported_ledger_is_no_register(read):
    with pytest.raises(Unreadable, match="own-export"):
        read({"entry": {"agency": "a", "sequence": 1}, "hash": "0" * 64})


def test_too_many_lines(read, monkeypatch):
    monkeypatch.setattr(jsonl, "MAX_LINES", 3)
    assert len(read(GOOD, GOOD, GOOD).lines) == 3
    with pytest.raises(Unreadable) as caught:
        read(GOOD, GOOD, GOOD, GOOD)
    assert caught.value.message.id == "register.too-many-lines"


def test_messages_stay_short_and_few(read):
    register = read({**GOOD, "events": [1] * 1000}, {**GOOD, "channel": "长" * 1000})
    assert len(register.problems) == 11
    assert all(len(render(problem.message)) < 300 for problem in register.problems)
