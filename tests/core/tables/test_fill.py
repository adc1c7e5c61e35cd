"""Figures from a ledger: identities hold for any history, every case counts once, every figure opens."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ledger.histories import entries, histories, instant

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Entry, Thing, known_by
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.core.tables.difference import differences
from gongkai.core.tables.fill import Counted, Figure, fill, read
from gongkai.rulebook.load.forms import form, forms
from gongkai.rulebook.load.messages import render

D = date.fromisoformat
F2019, F2021 = form("annual-2019"), form("annual-2021")
BOOKS = st.lists(histories(), max_size=6)
YEARS = st.integers(2019, 2026)


@given(BOOKS, YEARS, st.sampled_from([each.id for each in forms()]))
def test_every_identity_holds_in_every_column(requests, year, id):
    of = form(id)
    figures = fill(of, year, read(entries(requests)))
    assert list(figures) == list(of.cell_ids)
    for identity in of.identities:
        if identity.previous or identity.total not in figures:
            continue
        plus = sum(figures[cell].value for cell in identity.plus if cell in figures)
        minus = sum(figures[cell].value for cell in identity.minus)
        assert figures[identity.total].value == plus - minus, identity
    assert all(len(figure.of) == figure.value for cell, figure in figures.items() if "art20" not in cell)


@given(BOOKS, YEARS)
def test_a_case_open_in_a_year_counts_once_at_its_end(requests, year):
    book = read(entries(requests))
    figures = fill(F2021, year, book)
    begun = {*figures["requests/new/total"].of, *figures["requests/carried_in/total"].of}
    ended = [*figures["requests/total/total"].of, *figures["requests/carried_out/total"].of]
    assert sorted(ended) == sorted(begun)
    assert len(set(ended)) == len(ended)


@given(BOOKS, YEARS, st.dates(D("2019-06-01"), D("2027-06-01")))
def test_what_is_carried_out_is_carried_in(requests, year, day):
    book = read(known_by(entries(requests), day))
    before, after = fill(F2021, year, book), fill(F2021, year + 1, book)
    for cell, figure in before.items():
        if cell.startswith("requests/carried_out/"):
            assert after[cell.replace("carried_out", "carried_in")].value == figure.value


@given(BOOKS, YEARS, st.dates(D("2019-06-01"), D("2026-06-01")), st.integers(1, 400))
def test_what_was_known_on_a_day_stays_as_it_was(requests, year, day, delay):
    """Whatever is recorded later, the filling known by a day does not change."""
    ledger = entries(requests, delay=0)
    then = fill(F2021, year, read(known_by(ledger, day)))
    known = [entry for entry in ledger if entry.recorded_on <= day]
    assert fill(F2021, year, read(known)) == then
    shuffled = [*known, *(entry for entry in ledger if entry.recorded_on > day)]
    assert fill(F2021, year, read(known_by(shuffled, day))) == then


@given(BOOKS, YEARS, st.dates(D("2019-06-01"), D("2026-06-01")))
def test_every_difference_is_explained(requests, year, day):
    ledger = entries(requests)
    published, today = fill(F2021, year, read(known_by(ledger, day))), fill(F2021, year, read(ledger))
    found = differences(published, today)
    assert {each.cell for each in found} == {cell for cell in published if published[cell] != today[cell]}
    for each in found:
        assert each.added or each.removed
        assert each.today - each.published == len(each.added) - len(each.removed)


def test_the_worked_register(shared):
    lines = (shared / "examples" / "law" / "register-small.jsonl").read_text("utf-8").splitlines()
    histories_of = {}
    for line in map(json.loads, lines):
        receipt = {"type": "received", "on": line["received_on"], "channel": line["channel"]}
        receipt["applicant"] = line["applicant"]["kind"]
        history = [to_event(plain) for plain in (receipt, *line["events"])]
        histories_of.setdefault(line["agency"], []).append(history)
    expected = (shared / "examples" / "law" / "register-small.expected.jsonl").read_text("utf-8").splitlines()
    for wanted in map(json.loads, expected):
        figures = fill(form(wanted["form"]), wanted["year"], read(entries(histories_of[wanted["agency"]])))
        assert {cell: figures[cell].value for cell in wanted["cells"]} == wanted["cells"]


def entry(sequence, number, event, kind="request"):
    return Entry("a", sequence, Thing(kind, number), event, datetime(2024, 6, 1, tzinfo=UTC))


# Counted by hand.
def test_a_case_over_the_year_and_its_disputes():
    ledger = [
        entry(1, "甲1", events.Received(D("2023-12-20"), "business", "fax")),
        entry(2, "甲1", events.Replied(D("2024-01-15"), "refused.process")),
        entry(3, "甲1", events.ReconsiderationFiled(D("2024-02-01"), "复1")),
        entry(4, "甲1", events.ReconsiderationDecided(D("2025-01-10"), "复1", "corrected", anew=True)),
        entry(5, "甲1", events.Replied(D("2025-01-20"), "granted", after="复1")),
        entry(6, "甲1", events.LitigationFiled(D("2024-05-01"), "诉1", False)),
        entry(7, "甲1", events.LitigationDecided(D("2024-08-01"), "诉1", "upheld")),
        entry(8, "甲1", events.LitigationFiled(D("2024-09-01"), "诉2", False, appeal_of="诉1")),
        entry(9, "甲2", events.Received(D("2024-03-01"), "other", "fax", own_record=True)),
    ]
    ledger[2:] = sorted(ledger[2:], key=lambda each: each.event.on)
    book = read(ledger)
    filled = {year: fill(F2021, year, book) for year in (2023, 2024, 2025)}

    def counted(year):
        found = {cell: figure.of for cell, figure in filled[year].items() if figure.value and "total" not in cell}
        return {cell: tuple(" ".join(each).rstrip() for each in of) for cell, of in found.items()}

    assert counted(2023) == {"requests/new/business": ("甲1",), "requests/carried_out/business": ("甲1",)}
    assert counted(2024) == {
        "requests/carried_in/business": ("甲1",),
        "requests/refused.process/business": ("甲1",),
        "review/reconsideration/pending": ("甲1 复1",),
        "review/litigation_direct/pending": ("甲1 诉2",),
    }
    assert counted(2025) == {
        "review/reconsideration/corrected": ("甲1 复1",),
        "review/litigation_direct/pending": ("甲1 诉2",),
    }


def test_part_two_from_documents_decisions_and_fees():
    ledger = [
        entry(1, "期初", events.Opened(D("2023-12-31"), "normative_documents", 7), "documents"),
        entry(2, "文1", events.DocumentMade(D("2024-02-01"), "normative_documents"), "documents"),
        entry(3, "文0", events.DocumentAbolished(D("2024-03-01"), "normative_documents"), "documents"),
        entry(4, "文2", events.DocumentMade(D("2025-03-01"), "normative_documents"), "documents"),
        entry(5, "许可", events.DecisionsMade(D("2024-12-31"), "licences", 12), "documents"),
        entry(6, "费", events.FeesCollected(D("2024-12-31"), 123_456), "documents"),
    ]
    figures = fill(F2021, 2024, read(ledger))
    assert figures["art20/normative_documents/made"] == Figure(1, (Counted("2"),))
    assert figures["art20/normative_documents/abolished"] == Figure(1, (Counted("3"),))
    assert figures["art20/normative_documents/in_force"] == Figure(
        7,
        (
            Counted("1", "opened"),
            Counted("2"),
            Counted("3"),
        ),
    )
    assert figures["art20/licences/decisions"] == Figure(12, (Counted("5"),))
    assert figures["art20/fees/amount_10k_yuan"] == Figure(Decimal("0.123456"), (Counted("6"),))


def test_documents_that_were_made_before_the_opening_stand_in_its_figure():
    ledger = [
        entry(1, "期初", events.Opened(D("2024-06-30"), "normative_documents", 7), "documents"),
        entry(2, "文1", events.DocumentMade(D("2024-02-01"), "normative_documents"), "documents"),
        entry(3, "文2", events.DocumentMade(D("2023-02-01"), "normative_documents"), "documents"),
        entry(4, "文3", events.DocumentMade(D("2024-07-01"), "normative_documents"), "documents"),
    ]
    told = {year: fill(F2021, year, read(ledger)) for year in (2023, 2024)}
    row = "art20/normative_documents"
    assert [told[year][f"{row}/made"].value for year in told] == [1, 2]
    assert [told[year][f"{row}/in_force"].value for year in told] == [1, 8]


@pytest.mark.parametrize("outcome", ["other.unpaid", "other.other", "other.no_correction"])
def test_the_form_of_2019_has_one_row_for_the_other_results(outcome):
    ledger = [
        entry(1, "甲1", events.Received(D("2020-03-01"), "business", "fax")),
        entry(2, "甲1", events.Replied(D("2020-03-02"), outcome)),
    ]
    figures = fill(F2019, 2020, read(ledger))
    assert figures["requests/other.all/business"].of == (Counted("甲1"),)
    assert figures["requests/total/total"].of == (Counted("甲1"),)


def test_a_history_that_does_not_hold_is_named():
    day = date(2024, 3, 4)
    told = [events.Received(day, "business", "online"), events.CorrectionReceived(day)]
    broken = [Entry("a", n, Thing("request", "甲7"), event, instant(day)) for n, event in enumerate(told, 1)]
    with pytest.raises(Refused, match="broken-history") as refused:
        read(broken)
    assert "甲7" in render(refused.value.message) and "没有相应的通知" in render(refused.value.message)


def test_what_a_total_counts_stands_in_the_order_of_the_ledger():
    histories = [
        [events.Received(date(2024, 3, 4), "business", "online"), events.Replied(date(2024, 3, 20), outcome)]
        for outcome in ("other.other", "granted", "refused.law")
    ]
    figures = fill(form("annual-2021"), 2024, read(entries(histories)))
    assert [each.number for each in figures["requests/total/total"].of] == ["第1号", "第2号", "第3号"]


def test_an_amended_reply_moves_its_figure():
    ledger = [
        entry(1, "甲1", events.Received(D("2024-03-01"), "business", "fax")),
        entry(2, "甲1", events.Replied(D("2024-03-02"), "granted")),
        entry(3, "甲1", events.Amended(D("2024-05-02"), 2, events.Replied(D("2024-03-02"), "partial"))),
    ]
    figures = fill(F2021, 2024, read(ledger))
    assert (figures["requests/granted/business"].value, figures["requests/partial/business"].value) == (0, 1)
