"""The clock: worked cases, and what holds for any history."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ledger.histories import histories, reckoned

from gongkai.core.law.clock import reckon
from gongkai.core.ledger import events
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import render

D = date.fromisoformat


def received(on):
    return events.Received(D(on), "natural_person", "online")


def due(*history, **options):
    found = reckoned(list(history), **options)
    return found.due_on and found.due_on.isoformat()


def test_the_worked_cases(shared):
    for line in (shared / "examples" / "law" / "clock.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        receipt = {"type": "received", "on": case["received_on"], "applicant": "other", "channel": "fax"}
        try:
            found = reckon([to_event(plain) for plain in (receipt, *case["events"])], calendar=calendar(), values=law())
        except (Refused, LookupError):
            assert case["expect"] == {"error": True}, case["id"]
            continue
        answer = {
            "due_on": found.due_on and found.due_on.isoformat(),
            "state": found.state,
            "overdue": found.overdue,
        }
        assert answer == case["expect"], case["id"]


# Counted by hand on the calendars of 2019, 2020, 2024 and 2025.
def test_periods_counted_by_hand():
    assert due(received("2025-01-20")) == "2025-02-21"
    assert due(received("2024-01-22")) == "2024-02-22"
    assert due(received("2020-01-17")) == "2020-02-21"
    notice, corrected = events.CorrectionNoticeSent(D("2024-03-08")), events.CorrectionReceived(D("2024-03-18"))
    assert due(received("2024-03-04"), notice) is None
    assert due(received("2024-03-04"), notice, corrected) == "2024-04-16"
    letter = events.ConsultationSent(D("2024-10-21"), "third_party", "c")
    assert due(received("2024-10-14"), letter) is None
    assert due(received("2024-10-14"), letter, events.ConsultationAnswered(D("2024-11-01"), "c")) == "2024-11-25"


def test_requests_before_the_present_regulation_follow_the_former():
    """Order 492: fifteen working days, extended by at most fifteen."""
    assert due(received("2019-05-14")) == "2019-06-04"
    assert due(received("2019-05-15")) == "2019-06-13"
    with pytest.raises(Refused, match="too-long"):
        due(received("2019-05-14"), events.ExtensionNotified(D("2019-05-20"), 16))


def test_a_year_nobody_knows_gives_a_provisional_date():
    with pytest.raises(LookupError):
        reckon([received("2026-12-15")], calendar=calendar(), values=law())
    found = reckoned([received("2026-12-15")])
    assert found.due_on is None
    assert found.provisional_on is not None and found.provisional_on.year == 2027
    assert "以国务院办公厅公布的放假安排为准" in render(found.steps[-1].message)
    # The last days of December may still be changed by next year's notice.
    assert reckoned([received("2026-12-03")]).due_on is None
    assert reckoned([received("2026-11-27")]).due_on == D("2026-12-25")


def test_an_open_request_past_its_day_is_overdue():
    assert not reckoned([received("2025-03-03")], as_of=D("2025-03-31")).overdue
    assert reckoned([received("2025-03-03")], as_of=D("2025-04-01")).overdue
    assert not reckoned([received("2025-03-03")]).overdue


def test_an_extension_after_a_fixed_date_is_refused():
    delayed = events.DelayedUntil(D("2025-03-20"), D("2025-05-30"))
    with pytest.raises(Refused, match="extension-of-fixed"):
        due(received("2025-03-03"), delayed, events.ExtensionNotified(D("2025-03-21"), 5))


@given(histories())
def test_the_steps_add_up_to_the_due_date(history):
    found = reckoned(history)
    date_due = found.due_on or found.provisional_on
    assert [step.on for step in found.steps] == sorted(step.on for step in found.steps)
    if date_due is None or any(isinstance(event, events.DelayedUntil) for event in history):
        return
    last = [place for place, step in enumerate(found.steps) if step.message.id.startswith("clock.due")]
    assert len(last) == 1
    wanted = found.steps[last[0]].message.params["days"]
    begun = max(place for place, step in enumerate(found.steps[: last[0] + 1]) if step.message.id in BEGINS)
    assert found.steps[last[0]].total == wanted
    assert sum(step.counted for step in found.steps[begun : last[0] + 1]) == wanted
    assert all(render(step.message, lang) != step.message.id for step in found.steps for lang in ("zh", "en"))


BEGINS = ("clock.received", "clock.correction_received", "clock.fee_paid")


@given(histories(), st.integers(1, 30))
def test_a_later_receipt_correction_payment_or_answer_never_makes_the_reply_due_earlier(history, days):
    first = reckoned(history)
    ends = first.due_on or first.provisional_on
    for place, event in enumerate(history):
        if not isinstance(event, MOVABLE) or place + 1 != len(history):
            continue
        later = [*history[:place], _moved(event, days)]
        try:
            moved = reckoned(later)
        except (Refused, LookupError):
            continue
        after = moved.due_on or moved.provisional_on
        assert ends is None or after is None or after >= ends


MOVABLE = (events.Received, events.CorrectionReceived, events.FeePaid, events.ConsultationAnswered)


def _moved(event, days):
    from dataclasses import replace

    return replace(event, on=event.on + timedelta(days=days))


@given(histories())
def test_a_slow_count_agrees(history):
    """Day by day: the period's working days outside every pause."""
    found = reckoned(history)
    ends = found.due_on or found.provisional_on
    if ends is None or any(isinstance(event, events.DelayedUntil) for event in history):
        return
    days = calendar().provisional()
    start = max(event.on for event in history if isinstance(event, (events.Received, *BEGIN)))
    # The extension that counts is that of the last period.
    begun = max(place for place, event in enumerate(history) if isinstance(event, (events.Received, *BEGIN)))
    wanted = law().at("reply_working_days", history[0].on).number + sum(
        event.working_days for event in history[begun:] if isinstance(event, events.ExtensionNotified)
    )
    pauses = _pauses(history, days)
    day = start
    while wanted:
        day += timedelta(days=1)
        if days.is_working(day) and not any(first <= day <= last for first, last in pauses):
            wanted -= 1
    assert day == ends


BEGIN = (events.CorrectionReceived, events.FeePaid)


def _pauses(history, days):
    sent, arrived, answered = {}, {}, {}
    for event in history:
        if isinstance(event, events.ConsultationSent):
            sent[event.ref] = event
        elif isinstance(event, events.ConsultationReceived):
            arrived[event.ref] = event.on
        elif isinstance(event, events.ConsultationAnswered):
            answered[event.ref] = event.on
    pauses = []
    for ref, letter in sent.items():
        ends = [answered[ref]] if ref in answered else []
        if ref in arrived and letter.consulted != "other_organ":
            day, left = arrived[ref], 15
            while left:
                day += timedelta(days=1)
                left -= days.is_working(day)
            ends.append(day)
        pauses.append((letter.on, min(ends) if ends else date.max))
    return pauses
