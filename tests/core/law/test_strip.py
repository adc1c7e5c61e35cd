"""The strip of days agrees with the reckoning, for worked cases and for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from tests.core.ledger.histories import histories, reckoned

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.strip import strip
from gongkai.core.ledger import events
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import catalogue, render

D = date.fromisoformat


def received(on):
    return events.Received(D(on), "natural_person", "online")


def strip_of(*history):
    return strip(history, calendar=calendar().provisional(), values=law())


def on(days, text):
    return next(day for day in days if day.on == D(text))


def said(reason):
    yield reason.id
    for value in reason.params.values():
        if isinstance(value, Message):
            yield from said(value)


@given(histories())
def test_the_strip_agrees_with_the_reckoning(history):
    found, days = reckoned(history), strip_of(*history)
    due = found.due_on or found.provisional_on
    last = due or found.request.closed_on or found.request.last_on
    # Every civil day once, from the receipt to the end.
    assert [day.on for day in days] == [history[0].on + timedelta(n) for n in range((last - history[0].on).days + 1)]
    assert days[0].kind == ("received" if due != history[0].on else "due")
    assert [day.on for day in days if day.kind == "due"] == [due] * (due is not None)
    # The numbers run through, 1 after each beginning; what has none is not counted.
    number = 0
    for day in days:
        number = 0 if day.kind == "received" else number
        assert day.number in (None, number + 1)
        assert day.kind == "due" or (day.number is not None) == (day.kind in ("counted", "extension"))
        number = day.number or number
    # The total of each line of the reckoning is what has been counted so far.
    total = max((step.total for step in found.steps if step.message.id.rpartition(".")[2].startswith("due")), default=0)
    if due is not None:
        assert number == total
        fixed = days[-1].reason.id.endswith("due-fixed")
        wanted = 20 if found.request.extension is None else 20 + found.request.extension.working_days
        assert fixed or days[-1].number in (20, wanted)
        assert days[-1].certain == (found.due_on is not None)
    for day in days:
        assert all(id in catalogue() for id in said(day.reason))
        assert not render(day.reason).startswith("strip.") and "None" not in render(day.reason)
        assert day.kind != "paused" or day.number is None


@given(histories())
def test_each_line_of_the_reckoning_has_counted_as_many_days_as_the_strip(history):
    found, number, reached = reckoned(history), 0, {}
    for day in strip_of(*history):
        number = 0 if day.kind == "received" else day.number or number
        reached[day.on] = None if day.kind == "received" else number
    for step in found.steps:
        shown = reached.get(step.on)
        if shown is not None and step.on <= (found.request.closed_on or step.on):
            assert step.total == shown, step


@given(histories())
def test_what_a_known_calendar_says_stays_when_more_is_shown(history):
    try:
        known = strip(history, calendar=calendar(), values=law())
    except UnknownDay:
        return
    shown = strip_of(*history)
    assert [day for day in known if day.certain] == [day for day in shown if day.certain]


def test_a_holiday_and_its_make_up_days():
    days = strip_of(received("2026-02-06"))
    assert (days[0].kind, days[-1].kind, days[-1].number) == ("received", "due", 20)
    assert on(days, "2026-02-07").reason.params["day"].id == "strip.day.weekend"
    holiday = on(days, "2026-02-17")
    assert (holiday.kind, holiday.number, render(holiday.reason)) == ("rest", None, "春节放假，不计入")
    worked = on(days, "2026-02-14")
    assert (worked.kind, worked.number) == ("counted", 6)
    assert render(worked.reason) == "春节调休上班，计入，第 6 个（共 20 个）工作日"
    assert all(day.certain for day in days)


def test_a_letter_holds_the_period_and_names_the_article():
    days = strip_of(
        received("2024-10-14"),
        events.ConsultationSent(D("2024-10-21"), "third_party", "c"),
        events.ConsultationAnswered(D("2024-11-01"), "c"),
    )
    held = [day.on for day in days if day.kind == "paused"]
    assert (held[0], held[-1], len(held)) == (D("2024-10-21"), D("2024-11-01"), 12)
    assert "第三十三条第三款" in render(on(days, "2024-10-26").reason)
    assert (on(days, "2024-10-18").number, on(days, "2024-11-04").number) == (4, 5)
    assert days[-1].on == D("2024-11-25")


def test_a_correction_begins_anew():
    days = strip_of(
        received("2024-03-04"), events.CorrectionNoticeSent(D("2024-03-08")), events.CorrectionReceived(D("2024-03-18"))
    )
    assert on(days, "2024-03-08").number == 4
    assert {day.kind for day in days if D("2024-03-08") < day.on < D("2024-03-18")} == {"paused"}
    assert on(days, "2024-03-18").kind == "received" and "重新计算" in render(on(days, "2024-03-18").reason)
    assert (on(days, "2024-03-19").number, days[-1].on, days[-1].number) == (1, D("2024-04-16"), 20)


def test_while_something_is_awaited_the_strip_ends_with_what_happened():
    days = strip_of(received("2024-03-04"), events.CorrectionNoticeSent(D("2024-03-08")))
    assert (days[-1].on, days[-1].kind, days[-1].number) == (D("2024-03-08"), "counted", 4)
    lapsed = events.Lapsed(D("2024-05-06"), "other.no_correction")
    ended = strip_of(received("2024-03-04"), events.CorrectionNoticeSent(D("2024-03-08")), lapsed)
    assert (ended[-1].on, ended[-1].kind) == (D("2024-05-06"), "paused")


def test_an_extension_is_told_apart():
    days = strip_of(received("2025-03-03"), events.ExtensionNotified(D("2025-03-20"), 10))
    kinds = [day.kind for day in days if day.number]
    assert kinds == ["counted"] * 20 + ["extension"] * 9 + ["due"]
    assert "第三十三条第二款" in render(next(day for day in days if day.kind == "extension").reason)


def test_a_date_that_was_notified():
    days = strip_of(received("2025-03-03"), events.DelayedUntil(D("2025-03-20"), D("2025-05-12")))
    assert (days[-1].on, days[-1].kind, days[-1].number) == (D("2025-05-12"), "due", None)
    assert "第三十五条" in render(days[-1].reason)
    assert on(days, "2025-04-30").kind == "beyond" and on(days, "2025-05-01").kind == "rest"
    far = strip_of(received("2025-03-03"), events.DelayedUntil(D("2025-03-20"), D("2041-05-10")))
    assert (far[-2].kind, far[-2].certain, far[-1].certain) == ("beyond", False, True)


def test_days_of_a_year_without_notice_are_provisional():
    days = strip_of(received("2026-12-14"))
    assert days[-1].on.year == 2027 and not days[-1].certain
    assert on(days, "2026-12-15").certain and not on(days, "2027-01-05").certain
    assert "2027 年放假安排" in render(days[-1].reason)
    with pytest.raises(UnknownDay):
        strip([received("2026-12-14")], calendar=calendar(), values=law())
    held = [received("2026-12-14"), events.ConsultationSent(D("2026-12-21"), "third_party", "c")]
    kept = strip_of(*held, events.ConsultationAnswered(D("2027-02-01"), "c"))
    assert on(kept, "2027-01-20").certain


def test_the_former_regulation_has_other_articles():
    days = strip_of(received("2019-03-04"), events.ExtensionNotified(D("2019-03-20"), 15))
    assert "第三十一条" not in render(days[0].reason)
    assert "原《政府信息公开条例》" in render(next(day for day in days if day.kind == "extension").reason)


def test_what_is_no_history_is_refused():
    with pytest.raises(Refused):
        strip_of()
    with pytest.raises(Refused):
        strip_of(events.FeePaid(D("2025-03-03")))
