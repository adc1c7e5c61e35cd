"""A register written flat and read back is the same; the invented example reads without a problem."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.core.ledger.events import Received
from gongkai.core.ledger.request import replay
from gongkai.core.ledger.wire import to_event
from gongkai.documents.register import read_register
from gongkai.rulebook.load.register import meanings, outcomes, register_words

WORDS = register_words()
EXAMPLES = Path(__file__).parents[3] / "examples" / "registers"
REPLIES = sorted(outcomes() - {"other.no_correction", "other.unpaid"})

texts = (
    st.text("云岭文旅档案局甲乙丙丁ABC123（）〔〕，、 ", min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: len(text) > 1)
)
days = st.integers(1, 40)


@st.composite
def lines(draw):
    """A request as it can stand in one row: each event at most once, in an order that can happen."""
    number = draw(st.from_regex(r"云[文档]依申请〔20[12]\d〕[1-9]\d?号", fullmatch=True))
    today = received = draw(st.dates(date(2019, 5, 15), date(2030, 12, 31)))
    events = []

    def happen(type, **more):
        nonlocal today
        today += timedelta(days=draw(days))
        events.append({"type": type, "on": today.isoformat(), **more})

    if draw(st.booleans()):
        happen("correction_notice_sent")
        if draw(st.booleans()):
            happen("correction_received")
    for consulted in ("third_party", "joint_organ", "other_organ"):
        if draw(st.booleans()):
            happen("consultation_sent", **{"with": consulted, "ref": consulted})
            if draw(st.booleans()):
                happen("consultation_received_by_third_party", ref=consulted)
            if draw(st.booleans()):
                opinion = draw(st.sampled_from([None, "agrees", "objects"])) if consulted == "third_party" else None
                happen("consultation_answered", ref=consulted, **({"opinion": opinion} if opinion else {}))
    if draw(st.booleans()):
        happen("extension_notified", working_days=draw(st.integers(1, 20)))
    if draw(st.booleans()):
        happen("fee_notice_received")
        if draw(st.booleans()):
            happen("fee_paid")
    end = draw(st.sampled_from(["open", "replied", "lapsed", "withdrawn"]))
    if end == "replied":
        happen("replied", outcome=draw(st.sampled_from(REPLIES)))
    elif end == "lapsed":
        happen("lapsed", outcome=draw(st.sampled_from(["other.no_correction", "other.unpaid"])))
    elif end == "withdrawn":
        happen("withdrawn")
    for kind in ("reconsideration", "litigation"):
        if draw(st.booleans()):
            ref = draw(st.sampled_from([kind, "云府复〔2024〕7号", "（2024）云01行初3号"]))
            after = {"after_reconsideration": draw(st.booleans())} if kind == "litigation" else {}
            happen(f"{kind}_filed", ref=ref, **after)
            if draw(st.booleans()):
                happen(f"{kind}_decided", ref=ref, result=draw(st.sampled_from(["upheld", "corrected", "other"])))
    return {
        "number": number,
        "agency": draw(texts),
        "applicant": {"kind": draw(st.sampled_from(meanings()["applicant_kind"])), "name": draw(texts)},
        "channel": draw(st.sampled_from(meanings()["channel"])),
        "subject": draw(texts),
        "received_on": received.isoformat(),
        "events": events,
    }


def flat(line, choose):
    """The cells of a request by concept; ``choose`` picks one of the words of a meaning."""

    def word(field, meaning):
        return choose(WORDS.fields[field].words[meaning])

    cells = {key: line[key] for key in ("number", "agency", "subject", "received_on")}
    cells["applicant_name"] = line["applicant"]["name"]
    cells["applicant_kind"] = word("applicant_kind", line["applicant"]["kind"])
    cells["channel"] = word("channel", line["channel"])
    for plain in line["events"]:
        type, ref = plain["type"], plain.get("ref")
        concept = {
            "consultation_sent": f"{ref}_sent",
            "consultation_received_by_third_party": f"{ref}_received",
            "consultation_answered": f"{ref}_answered",
            "lapsed": "replied",
        }.get(type, type)
        cells[concept] = plain["on"]
        if "opinion" in plain:
            cells["third_party_opinion"] = word("opinion", plain["opinion"])
        if "working_days" in plain:
            cells["extension_days"] = str(plain["working_days"])
        if "outcome" in plain:
            cells["outcome"] = word("outcome", plain["outcome"])
        if "after_reconsideration" in plain:
            cells["after_reconsideration"] = word("yes_no", "yes" if plain["after_reconsideration"] else "no")
        kind = type.partition("_")[0]
        if kind in ("reconsideration", "litigation"):
            cells[f"{kind}_ref"] = "" if ref == kind else ref
            if "result" in plain:
                cells[f"{kind}_result"] = word("result", plain["result"])
    return cells


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(lines(), min_size=1, max_size=4), st.data())
def test_what_was_written_flat_is_read_back(tmp_path, register, data):
    def choose(words):
        return data.draw(st.sampled_from(words))

    concepts = data.draw(st.permutations([column.concept for column in WORDS.columns]))
    head = [choose(next(c.words for c in WORDS.columns if c.concept == concept)) for concept in concepts]
    rows = [flat(line, choose) for line in register]
    table = [head, *([row.get(concept, "") for concept in concepts] for row in rows)]
    if data.draw(st.booleans()):
        path = tmp_path / "register.csv"
        text = io.StringIO()
        csv.writer(text).writerows(table)
        path.write_text(text.getvalue(), encoding=data.draw(st.sampled_from(["utf-8", "gb18030"])))
    else:
        path = tmp_path / "register.xlsx"
        book = openpyxl.Workbook()
        for row in table:
            book.active.append(row)
        book.save(path)
    read = read_register(path)
    assert not read.problems and not read.unread
    assert [tuple(line) for line in read.lines] == list(enumerate(register, 2))


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*-register-2025.*")), ids=lambda file: file.suffix)
def test_the_example_is_a_register_that_the_ledger_takes(file):
    register = read_register(file, agency="青川市云岭区文化旅游局")
    assert not register.problems and register.unread == ("备注",)
    assert len({line.data["number"] for line in register.lines}) == 12
    for line in register.lines:
        data = line.data
        receipt = Received(date.fromisoformat(data["received_on"]), data["applicant"]["kind"], data["channel"])
        replay([receipt, *map(to_event, data["events"])])


def test_the_examples_are_the_same_register():
    sheet, table = (
        read_register(EXAMPLES / f"yunling-culture-register-2025.{suffix}", agency="青川市云岭区文化旅游局")
        for suffix in ("xlsx", "csv")
    )
    assert [line.data for line in sheet.lines] == [line.data for line in table.lines]
