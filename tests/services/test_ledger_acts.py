"""A register in, figures out, everything exported and verified: on SQLite and on PostgreSQL."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from tests.core.ledger.histories import histories

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.wire import to_plain
from gongkai.documents.register import Line, read_register
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.forms import forms
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import New
from gongkai.services.report.fill import fill_report, form_of
from gongkai.services.request.import_register import import_register
from gongkai.store import models

D = date.fromisoformat
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
AGENCY = "云岭县民政局"


def taken(ledgers, lines, now=NOW, **options):
    return import_register(lines, ledgers, calendar=calendar(), values=law(), outcomes=outcomes(), now=now, **options)


def line(place, number="甲1", received="2024-03-04", plain=(), agency=AGENCY, recorded=None, name="张三丰"):
    data = {
        "number": number,
        "agency": agency,
        "applicant": {"kind": "natural_person", "name": name},
        "channel": "online",
        "subject": "低保名单",
        "received_on": received,
        "events": list(plain),
    }
    return Line(place, data if recorded is None else {**data, "recorded": recorded})


GRANTED = {"type": "replied", "on": "2024-03-20", "outcome": "granted"}


def filled(ledgers, year=2024, known_by=None, agency=AGENCY):
    figures = fill_report(ledgers, agency, year, forms(), known_by).figures
    return json.dumps({cell: [str(figure.value), figure.of] for cell, figure in figures.items()})


def test_the_worked_register(ledgers, shared):
    folder = shared / "examples" / "law"
    register = read_register(folder / "register-small.jsonl")
    assert register.problems == ()
    imported = taken(ledgers, register.lines)
    assert (imported.requests, imported.passed_over, imported.problems) == (30, 0, ())
    for wanted in map(json.loads, (folder / "register-small.expected.jsonl").read_text("utf-8").splitlines()):
        found = fill_report(ledgers, wanted["agency"], wanted["year"], forms())
        assert found.form.id == wanted["form"]
        assert {cell: found.figures[cell].value for cell in wanted["cells"]} == wanted["cells"]
    assert verify(ledgers) == []
    again = taken(ledgers, register.lines)
    assert (again.requests, again.passed_over, again.problems) == (0, 30, ())


def test_the_same_file_twice_imports_once_and_other_content_is_refused(ledgers):
    assert taken(ledgers, [line(1, plain=[GRANTED])]).requests == 1
    before = list(models.Entry.objects.values_list("hash", flat=True))
    assert taken(ledgers, [line(1, plain=[GRANTED])]).passed_over == 1
    other = taken(ledgers, [line(1), line(2, "甲2")])
    assert [(problem.place, problem.message.id) for problem in other.problems] == [(1, "import.other-content")]
    renamed = taken(ledgers, [line(1, plain=[GRANTED], name="李四")])
    assert [problem.message.id for problem in renamed.problems] == ["import.other-content"]
    assert list(models.Entry.objects.values_list("hash", flat=True)) == before


def test_blanks_at_the_edges_of_a_number_or_a_name_are_none_of_it(ledgers):
    assert taken(ledgers, [line(1)]).requests == 1
    padded = line(1)
    padded = padded._replace(data={**padded.data, "number": f"{padded.data['number']} ", "agency": f"　{AGENCY}\t"})
    assert taken(ledgers, [padded]).passed_over == 1


def test_nothing_is_half_imported(ledgers):
    lines = [
        line(1, "甲1"),
        line(2, "甲2", plain=[{**GRANTED, "on": "2024-03-01"}]),
        line(3, "甲3", plain=[{"type": "replied", "on": "2024-03-20"}]),
        line(4, "甲4", plain=[{**GRANTED, "outcome": "given"}]),
        line(5, "甲5", plain=[{"type": "extension_notified", "on": "2024-03-20", "working_days": 21}]),
        line(6, "甲6", received="2024-02-30"),
        line(7, "甲7"),
        line(8, "甲7"),
        line(9, "甲9", recorded="2024-03-04 10:00"),
    ]
    refused = taken(ledgers, lines)
    assert [(problem.place, problem.message.id) for problem in refused.problems] == [
        (2, "ledger.before-receipt"),
        (3, "import.no-outcome"),
        (4, "import.unknown-outcome"),
        (5, "clock.extension-too-long"),
        (6, "ledger.no-such-date"),
        (7, "import.number-twice"),
        (8, "import.number-twice"),
        (9, "import.no-instant"),
    ]
    assert refused.requests == 0
    assert not models.Entry.objects.exists() and not models.Agency.objects.exists()


def test_the_outcome_follows_from_the_answer_and_its_grounds(ledgers):
    lines = [
        line(1, "甲1", plain=[{**GRANTED, "answer": "R2"}]),
        line(2, "甲2", plain=[{**GRANTED, "outcome": "refused.process", "answer": "R3.6"}]),
        line(3, "甲3", plain=[{**GRANTED, "outcome": "partial", "answer": "RP", "grounds": ["R3.4", "R3.6"]}]),
        line(4, "甲4", plain=[{**GRANTED, "answer": "R4.1"}]),
        line(5, "甲5", plain=[{**GRANTED, "outcome": "partial", "answer": "RP"}]),
        line(6, "甲6", plain=[{**GRANTED, "answer": "R9"}]),
    ]
    assert [problem.place for problem in taken(ledgers, lines).problems] == [4, 5, 6]
    assert taken(ledgers, lines[:3]).requests == 3


def test_a_dry_run_says_what_would_be_and_does_nothing(ledgers):
    told = taken(ledgers, [line(1, plain=[GRANTED])], dry_run=True)
    assert (told.requests, told.events) == (1, 2)
    assert not models.Entry.objects.exists()


def test_recorded_is_kept_where_the_chain_is_empty_and_claimed_elsewhere(ledgers):
    early, later = "2024-03-05T09:00:00+08:00", "2024-03-21T09:00:00+08:00"
    first = line(1, plain=[{**GRANTED, "recorded": later}], recorded=early)
    # Recorded before the receipt was: that cannot be kept.
    odd = line(2, "甲2", plain=[{**GRANTED, "recorded": early}], recorded=later)
    taken(ledgers, [first, odd])
    agency = ledgers.agency(AGENCY)
    kept = {(entry.thing.number, entry.event.name): entry for entry in ledgers.entries(agency)}
    assert kept["甲1", "received"].recorded == datetime.fromisoformat(early)
    assert kept["甲1", "replied"].recorded == datetime.fromisoformat(later)
    assert kept["甲2", "replied"].recorded == NOW
    assert kept["甲2", "replied"].claimed_recorded == datetime.fromisoformat(early)
    taken(ledgers, [line(1, "甲3", recorded=early)])
    (third,) = ledgers.history(agency, Thing("request", "甲3"))
    assert (third.recorded, third.claimed_recorded) == (NOW, datetime.fromisoformat(early))
    recorded = [entry.recorded for entry in ledgers.entries(agency)]
    assert recorded == sorted(recorded)


def test_what_was_known_on_a_day_stays_byte_for_byte(ledgers):
    recorded = "2024-04-01T09:00:00+08:00"
    taken(ledgers, [line(1, plain=[{**GRANTED, "recorded": recorded}], recorded=recorded)])
    agency, thing = ledgers.agency(AGENCY), Thing("request", "甲1")
    day = D("2024-12-31")
    then = filled(ledgers, known_by=day)
    # A letter of December entered in February, a correction of the reply, the person erased.
    taken(ledgers, [line(1, "甲2", received="2024-12-30")], now=datetime(2025, 2, 20, tzinfo=UTC))
    partial = events.Amended(D("2025-02-21"), 2, events.Replied(D("2024-03-20"), "partial"))
    with ledgers.unit() as unit:
        unit.append(agency, [New(thing, partial, datetime(2025, 2, 21, tzinfo=UTC))])
    ledgers.erase(agency, thing)
    assert filled(ledgers, known_by=day) == then
    assert filled(ledgers) != then
    assert ledgers.outside(agency, thing) is None


def test_an_agency_or_a_year_without_requests_has_a_form_full_of_zeros(ledgers):
    found = fill_report(ledgers, "别处", 2023, forms())
    assert {figure.value for figure in found.figures.values()} == {0}
    assert list(found.figures) == list(found.form.cell_ids)


def test_the_form_follows_the_year():
    assert [form_of(year, forms()).id for year in (2018, 2019, 2020, 2021, 2030)] == [
        *["annual-2019"] * 3,
        *["annual-2021"] * 2,
    ]


def test_standings_are_what_the_ledger_says(ledgers):
    taken(ledgers, [line(1, plain=[GRANTED]), line(2, "甲2"), line(3, "甲3", received="2026-11-27")], now=NOW)
    rows = models.Standing.objects.order_by("number").values_list("number", "state", "due_on", "closed_on")
    assert list(rows) == [
        ("甲1", "closed", D("2024-04-01"), D("2024-03-20")),
        ("甲2", "handling", D("2024-04-01"), None),
        ("甲3", "handling", D("2026-12-25"), None),
    ]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories())
def test_any_history_goes_through_import_and_back(history):
    """Whatever the core accepts, the importer takes: its plain form is the register's."""
    receipt, *rest = map(to_plain, history)
    told = line(1, received=receipt["on"], plain=rest)
    told.data["applicant"]["kind"], told.data["channel"] = receipt["applicant"], receipt["channel"]

    class Nothing:
        def agency(self, name):
            return None

        def renamed(self):
            return {}

    found = taken(Nothing(), [told], dry_run=True)
    assert (found.requests, found.events, found.problems) == (1, len(history), ())


@pytest.mark.parametrize("text", ["2024-03-04", "gestern", 5])
def test_an_instant_needs_its_offset(ledgers, text):
    assert [problem.message.id for problem in taken(ledgers, [line(1, recorded=text)]).problems] == [
        "import.no-instant"
    ]
