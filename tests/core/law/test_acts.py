"""What may be done next: the same answer that the ledger would give, with the reason where not."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.core.ledger.histories import histories, reckoned

from gongkai.core.law.acts import _PROBES, admissible
from gongkai.core.ledger import events
from gongkai.core.ledger.refusal import Refused
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import render

D = date.fromisoformat
RECEIVED = events.Received(D("2025-03-03"), "business", "online")


def acts(*history, on):
    return {act.name: act for act in admissible(list(history), D(on), calendar=calendar(), values=law())}


def test_a_request_just_received():
    found = acts(RECEIVED, on="2025-03-05")
    assert {name for name, act in found.items() if act.refusal is None} == {
        *("correction_notice_sent", "consultation_sent", "extension_notified", "reasons_demanded", "delayed_until"),
        *("fee_notice_received", "replied", "withdrawn", "split", "reconsideration_filed", "litigation_filed"),
    }
    assert found["correction_notice_sent"].until == D("2025-03-12")
    assert found["replied"].until == found["extension_notified"].until == D("2025-03-31")


def test_a_correction_is_asked_for_within_seven_working_days():
    assert acts(RECEIVED, on="2025-03-12")["correction_notice_sent"].refusal is None
    late = acts(RECEIVED, on="2025-03-13")["correction_notice_sent"].refusal
    assert "第三十条" in render(late) and "2025-03-12" in render(late)


def test_nobody_is_ended_as_unpaid_before_the_time_to_pay_is_over():
    noticed = events.FeeNoticeReceived(D("2025-03-10"))
    assert acts(RECEIVED, noticed, on="2025-04-08")["lapsed.other.unpaid"].refusal.id == "acts.still-payable"
    assert acts(RECEIVED, noticed, on="2025-04-09")["lapsed.other.unpaid"].refusal is None


def test_after_the_reply_only_service_and_disputes_remain():
    found = acts(RECEIVED, events.Replied(D("2025-03-10"), "granted"), on="2025-03-11")
    allowed = {name for name, act in found.items() if act.refusal is None}
    assert allowed == {"served", "reconsideration_filed", "litigation_filed"}
    assert render(found["extension_notified"].refusal).startswith("申请已于 2025-03-10 办结")


def test_beyond_all_tables_nothing_is_raised():
    fixed = (
        events.Received(D("2150-03-03"), "business", "online"),
        events.DelayedUntil(D("2150-03-04"), D("2150-06-01")),
    )
    found = acts(*fixed, on="2150-03-05")
    assert found["correction_notice_sent"].until is None
    assert (found["replied"].refusal, found["replied"].until) == (None, D("2150-06-01"))
    unpaid = acts(*fixed, events.FeeNoticeReceived(D("2150-03-05")), on="2150-03-06")["lapsed.other.unpaid"]
    assert unpaid.refusal.id == "calendar.unknown-day"


@given(histories(), st.integers(0, 60))
def test_what_is_admissible_the_ledger_takes(history, days):
    today = history[-1].on + timedelta(days=days)
    for act in admissible(history, today, calendar=calendar(), values=law()):
        try:
            reckoned([*history, _PROBES[act.name](today)])
        except (Refused, LookupError):
            assert act.refusal is not None
        for lang in ("zh", "en"):
            assert act.refusal is None or render(act.refusal, lang) != act.refusal.id
