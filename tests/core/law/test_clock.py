"""The clock: worked cases, and what holds for any history."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ledger.histories import histories, reckoned

from gongkai.core.law.clock import reckon
from gongkai.core.law.periods import CITING
from gongkai.core.ledger import events
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import catalogue, render

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


def certainly(*history):
    return reckon(list(history), calendar=calendar(), values=law())


def test_a_notified_date_needs_no_calendar():
    delayed = events.DelayedUntil(D("2026-10-20"), D("2027-01-07"))
    for reckoning in (certainly, lambda *history: reckoned(list(history))):
        found = reckoning(received("2026-10-09"), delayed, events.Replied(D("2027-01-08"), "granted"))
        assert (found.due_on, found.provisional_on, found.overdue) == (D("2027-01-07"), None, True)
        assert [step.message.id for step in found.steps][-2:] == ["clock.due-fixed", "clock.replied"]
    # Nor does it where the period itself reaches into days that nobody knows, or began in them.
    late = events.DelayedUntil(D("2026-12-20"), D("2027-02-26"))
    letter = (
        events.ConsultationSent(D("2026-12-21"), "third_party", "c"),
        events.ConsultationReceived(D("2027-01-05"), "c"),
    )
    answered = events.ConsultationAnswered(D("2027-02-01"), "c")
    assert certainly(received("2026-12-14"), late, *letter, answered).due_on == D("2027-02-26")
    assert certainly(received("2027-01-05"), events.DelayedUntil(D("2027-01-06"), D("2027-03-01"))).overdue is False


@pytest.mark.parametrize(
    ("receipt", "due", "reply"),
    [("2026-11-30", "2026-12-28", "2026-12-29"), ("2026-11-02", "2026-11-30", "2026-12-30")],
)
def test_what_follows_a_certain_date_is_not_counted(receipt, due, reply):
    found = certainly(received(receipt), events.Replied(D(reply), "granted"))
    assert (found.due_on, found.overdue) == (D(due), True)
    assert [step.total for step in found.steps] == [0, 20, 20]
    letter = (
        events.ConsultationSent(D("2026-12-30"), "third_party", "c"),
        events.ConsultationReceived(D("2026-12-31"), "c"),
    )
    assert certainly(received(receipt), *letter).due_on == D(due)
    with pytest.raises(Refused, match="too-late"):
        certainly(received(receipt), events.ExtensionNotified(D("2026-12-31"), 5))


def test_a_letter_whose_end_nobody_knows_gives_no_date():
    letter = (
        events.ConsultationSent(D("2026-12-10"), "third_party", "c"),
        events.ConsultationReceived(D("2026-12-11"), "c"),
    )
    with pytest.raises(LookupError, match="unknown-december"):
        certainly(received("2026-12-01"), *letter)
    # An opinion that came in known days ends the pause whatever the notice will say.
    answered = events.ConsultationAnswered(D("2026-12-11"), "c")
    assert certainly(received("2026-11-20"), *letter, answered).due_on == D("2026-12-22")


@pytest.mark.parametrize("on", ["0001-01-01", "0202-05-01", "1999-12-31", "2008-04-30"])
def test_no_period_ran_before_the_law(on):
    with pytest.raises(Refused, match="before-the-law") as refused:
        certainly(received(on))
    assert on in render(refused.value.message) and "2008" in render(refused.value.message, "en")
    with pytest.raises(LookupError, match="unknown-day"):
        certainly(received("2008-05-01"))


def said(*history):
    return [step.message.id.removeprefix("clock.") for step in reckoned(list(history)).steps]


def letter(sent, arrived=None, answered=None, consulted="third_party", ref="c"):
    yield events.ConsultationSent(D(sent), consulted, ref)
    if arrived:
        yield events.ConsultationReceived(D(arrived), ref)
    if answered:
        yield events.ConsultationAnswered(D(answered), ref)


def test_a_late_opinion_prolongs_nothing():
    found = reckoned([received("2025-03-10"), *letter("2025-03-12", "2025-03-14", "2025-04-11")])
    assert found.steps[3].message.id == "clock.answered-late"
    assert "2025-04-08" in render(found.steps[3].message)
    assert said(received("2025-03-10"), *letter("2025-03-12", "2025-03-14", "2025-04-07"))[3] == "consultation_answered"


def test_the_day_on_which_the_period_runs_again_is_said_only_where_it_holds():
    alone, among = "consultation_received_by_third_party.third_party", "letter-received-among-others.third_party"
    start = received("2025-07-07")
    assert said(start, *letter("2025-07-10", "2025-07-11"))[2] == alone
    assert (
        said(start, *letter("2025-07-10", consulted="other_organ", ref="o"), *letter("2025-07-10", "2025-07-11"))[3]
        == among
    )
    longer = letter("2025-07-14", "2025-07-15", consulted="joint_organ", ref="j")
    assert said(start, *letter("2025-07-10", "2025-07-11"), *longer)[2::2] == [
        among,
        alone.replace("third_party.third_party", "third_party.joint_organ"),
    ]
    shorter = letter("2025-07-14", answered="2025-07-16", consulted="other_organ", ref="o")
    assert said(start, *letter("2025-07-10", "2025-07-11"), *shorter)[2] == alone


def test_nothing_runs_while_a_correction_is_awaited():
    notice = events.CorrectionNoticeSent(D("2024-03-08"))
    open_letter = letter("2024-03-11", "2024-03-12", "2024-03-13")
    assert said(received("2024-03-04"), notice, *open_letter)[3:] == [
        "letter-received-among-others.third_party",
        "answered-nothing-runs",
    ]


# Art. 35 and Art. 30 together: the date that was notified rests while a correction is awaited, and the new period has
# its own. Working days counted by hand on the calendar of 2025.
def test_a_notified_date_ends_with_the_period_it_was_notified_for():
    delayed = events.DelayedUntil(D("2025-03-10"), D("2025-05-30"))
    notice = events.CorrectionNoticeSent(D("2025-03-12"))
    history = [received("2025-03-03"), delayed, notice]
    assert due(*history, as_of=D("2025-06-01")) is None
    found = reckoned([*history, events.Replied(D("2025-06-05"), "granted")])
    assert (found.due_on, found.overdue) == (None, False)
    corrected = [*history, events.CorrectionReceived(D("2025-03-20"))]
    assert due(*corrected) == "2025-04-18"
    assert said(*corrected)[3:] == ["correction_received", "fixed-no-longer", "due"]
    with pytest.raises(Refused, match="no-period"):
        due(received("2025-03-03"), notice, events.DelayedUntil(D("2025-03-13"), D("2025-05-30")))


def test_a_letter_after_the_end_prolongs_nothing_and_says_so():
    late = list(letter("2025-04-10", "2025-04-11", "2025-04-14"))
    assert due(received("2025-03-03"), *late) == "2025-03-31"
    assert said(received("2025-03-03"), *late)[2:] == [
        "consultation_sent.ended",
        "consultation_received_by_third_party.ended",
        "consultation_answered.ended",
    ]
    delayed = events.DelayedUntil(D("2025-03-20"), D("2025-05-30"))
    assert said(received("2025-03-03"), delayed, *late)[2:5] == [
        "consultation_sent.fixed",
        "consultation_received_by_third_party.fixed",
        "consultation_answered.fixed",
    ]
    # On the last day itself a letter still holds the period.
    assert said(received("2025-03-03"), *letter("2025-03-31"))[1] == "consultation_sent.third_party"


# An agency cannot make a late reply timely by a notice after the end. Counted by hand: due on 2025-03-31.
@pytest.mark.parametrize(
    ("notice", "answer"),
    [
        (events.CorrectionNoticeSent, events.CorrectionReceived),
        (events.FeeNoticeReceived, events.FeePaid),
        (lambda on: events.DelayedUntil(on, D("2025-05-30")), None),
    ],
)
def test_a_notice_after_the_end_begins_nothing_anew(notice, answer):
    history = [received("2025-03-03"), notice(D("2025-04-01"))]
    assert reckoned(history, as_of=D("2025-04-02")).overdue
    history += [answer(D("2025-04-08"))] if answer else []
    found = reckoned([*history, events.Replied(D("2025-04-20"), "granted")])
    assert (found.due_on, found.overdue) == (D("2025-03-31"), True)
    assert [step.message.id for step in found.steps][2:3] == [f"clock.{history[1].name}.ended"]
    assert [step.total for step in found.steps] == [0, *[20] * (len(found.steps) - 1)]
    # On the last day itself it is in time.
    timely = [received("2025-03-03"), notice(D("2025-03-31"))]
    assert reckoned(timely).due_on in (None, D("2025-05-30"))


def beside(*history):
    return [name for name in said(*history) if name.endswith(".beside")]


def test_the_period_runs_on_is_said_only_where_one_runs():
    on = D("2024-05-08")
    acts = [events.IdentityShown(on), events.ContactAttempted(on, False), events.ReasonsDemanded(on)]
    every = ["identity_shown.beside", "contact_attempted.beside", "reasons_demanded.beside"]
    start = received("2024-04-25")
    assert beside(start, *acts) == []
    assert beside(start, events.CorrectionNoticeSent(D("2024-05-06")), *acts) == every
    assert beside(start, events.FeeNoticeReceived(D("2024-05-06")), *acts) == every
    assert beside(start, *letter("2024-05-07"), *acts) == every
    assert beside(start, events.Replied(D("2024-05-07"), "granted"), acts[1]) == every[1:2]
    assert beside(received("2024-03-04"), *acts) == every
    assert beside(start, events.DelayedUntil(D("2024-05-06"), D("2024-05-07")), *acts) == every


def test_an_opinion_before_the_next_letter_lets_nothing_run():
    letters = letter("2024-06-28", answered="2024-06-30", consulted="joint_organ", ref="j")
    assert said(received("2024-06-17"), *letters, *letter("2024-07-01"))[2] == "answered"
    assert said(received("2024-06-17"), *letter("2024-06-28", answered="2024-06-30"))[2] == "consultation_answered"


def test_an_end_that_may_change_ends_nothing():
    """With the notice of 2027 unknown, a letter or notice of January is held against no end of December."""
    letters = letter("2027-01-05", answered="2027-01-20", consulted="other_organ")
    assert not [name for name in said(received("2026-12-01"), *letters) if "ended" in name]
    found = reckoned([received("2026-12-01"), events.CorrectionNoticeSent(D("2027-01-05"))])
    assert (found.due_on, found.provisional_on, found.state) == (None, None, "awaiting_correction")


def test_days_that_are_not_needed_may_be_unknown():
    early = [received("2018-12-20"), events.CorrectionNoticeSent(D("2018-12-21"))]
    assert certainly(*early).due_on is None
    assert certainly(*early, events.CorrectionReceived(D("2019-03-04"))).due_on == D("2019-03-25")
    delayed = events.DelayedUntil(D("2018-12-21"), D("2019-01-03"))
    assert certainly(received("2018-12-20"), delayed).due_on == D("2019-01-03")
    open_letter = events.ConsultationSent(D("2027-01-05"), "other_organ", "c")
    assert certainly(received("2027-01-05"), open_letter).due_on is None


def test_a_second_extension_is_refused_whatever_the_calendar_knows():
    extended = [received("2026-11-24"), events.ExtensionNotified(D("2026-11-26"), 6)]
    with pytest.raises(Refused, match="second-extension"):
        certainly(*extended, events.ExtensionNotified(D("2026-12-01"), 1))


def test_a_late_withdrawal_is_no_late_reply():
    for end in (events.Withdrawn(D("2024-08-20")), events.Split(D("2024-08-20"), ("甲", "乙"))):
        found = reckoned([received("2024-05-06"), end])
        assert (found.due_on, found.overdue) == (D("2024-05-31"), False)


def test_what_follows_the_reply_counts_nothing():
    history = [
        received("2025-03-03"),
        events.Replied(D("2025-03-11"), "granted"),
        events.Served(D("2025-03-14"), "post"),
    ]
    found = reckoned([*history, events.ReconsiderationFiled(D("2025-03-20"), "案1")])
    assert [(step.counted, step.total) for step in found.steps] == [(0, 0), (6, 6), (0, 6), (0, 6), (14, 20)]


def test_a_correction_asked_for_too_late_is_remarked():
    assert said(received("2025-03-03"), events.CorrectionNoticeSent(D("2025-03-12"))) == [
        "received",
        "correction_notice_sent",
    ]
    found = reckoned([received("2025-03-03"), events.CorrectionNoticeSent(D("2025-03-13"))])
    assert [step.message.id for step in found.steps][2:] == ["clock.correction-notice-late"]
    assert "2025-03-12" in render(found.steps[2].message)
    # The former Regulation set no such number of days.
    assert len(said(received("2019-03-04"), events.CorrectionNoticeSent(D("2019-03-20")))) == 2


def test_what_a_notice_to_come_may_change_is_said_as_such():
    found = reckoned([received("2026-12-04"), *letter("2026-12-10", "2026-12-28")])
    assert [step.message.id for step in found.steps][2:] == [
        "clock.letter-received-among-others.third_party",
        "clock.due-provisional",
    ]
    found = reckoned([received("2026-12-04"), *letter("2026-12-10", "2026-12-28", "2027-02-26")])
    assert found.steps[-1].message.id == "clock.answered-late-provisional"
    december = reckoned([received("2026-12-01")]).steps[-1].message
    assert december.id == "clock.due-provisional-december" and december.params["year"] == 2027
    # An extension after a day that may still move is not refused for it.
    extended = events.ExtensionNotified(D("2027-01-20"), 5)
    assert reckoned([received("2026-12-15"), extended]).provisional_on > D("2027-01-14")


@pytest.mark.parametrize(
    ("notice", "end"),
    [
        (events.CorrectionNoticeSent, lambda on: events.Lapsed(on, "other.no_correction")),
        (events.FeeNoticeReceived, lambda on: events.Lapsed(on, "other.unpaid")),
        (events.FeeNoticeReceived, events.Withdrawn),
        (events.CorrectionNoticeSent, lambda on: events.Replied(on, "granted")),
    ],
)
def test_no_day_is_counted_after_the_notice(notice, end):
    found = reckoned([received("2024-03-04"), notice(D("2024-03-08")), end(D("2024-04-10"))])
    assert [(step.counted, step.total) for step in found.steps] == [(0, 0), (4, 4), (0, 4)]
    assert certainly(received("2026-11-02"), notice(D("2026-11-05")), end(D("2027-01-05"))).due_on is None


def test_each_request_is_told_of_the_articles_of_its_own_law():
    on = D("2019-05-16")
    history = [
        *(
            received("2019-05-14"),
            events.IdentityShown(on),
            events.ContactAttempted(on, True),
            events.ReasonsDemanded(on),
        ),
        *(
            events.CorrectionNoticeSent(on),
            events.CorrectionReceived(on),
            *letter("2019-05-16", "2019-05-16", "2019-05-16"),
        ),
        *(events.ExtensionNotified(on, 5), events.FeeNoticeReceived(on), events.FeePaid(on)),
    ]
    endings = [
        [events.DelayedUntil(on, D("2019-08-01"))],
        [events.FeeNoticeReceived(on), events.Lapsed(on, "other.unpaid")],
        [events.Replied(on, "granted")],
    ]
    for lang in ("zh", "en"):
        for ending in endings:
            lines = [render(step.message, lang) for step in reckoned([*history, *ending]).steps]
            cited = [line for line in lines if "条" in line.replace("条例", "") or "Art." in line]
            assert cited and all("第492号）第二十四条" in line or "Order 492, Art. 24" in line for line in cited)
            assert not any("109" in line for line in lines)
    with pytest.raises(Refused, match=r"former\.extension-too-late"):
        due(received("2019-03-04"), events.ExtensionNotified(D("2019-05-20"), 5))
    assert said(received("2019-05-15"))[0] == "received"


def test_every_sentence_that_cites_has_one_of_the_former_law():
    for id in CITING:
        for lang in ("zh", "en"):
            assert catalogue()[id.replace("clock.", "clock.former.")][lang]


def test_fees_before_their_measures_cite_none():
    for noticed, cites in (("2020-12-31", False), ("2021-01-04", True)):
        fee = events.FeeNoticeReceived(D(noticed)), events.FeePaid(D("2021-01-05"))
        found = reckoned([received("2020-12-28"), *fee])
        assert found.due_on == D("2021-02-02")
        assert ["109号" in render(step.message) for step in found.steps[1:3]] == [cites, cites]


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


BEGINS = {f"clock.{law}{name}" for law in ("", "former.") for name in ("received", "correction_received", "fee_paid")}


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
    # The extension that counts is that of the last period.
    begun = _last_beginning(history)
    start = history[begun].on
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
STOP = (events.CorrectionNoticeSent, events.FeeNoticeReceived)


def _last_beginning(history):
    """Where the last period begins: what answers a notice after the end begins none."""
    begun, late = 0, False
    for place, event in enumerate(history):
        if isinstance(event, STOP):
            before = reckoned(history[:place])
            ended = before.due_on
            late = ended is not None and event.on > ended
        elif isinstance(event, BEGIN) and not late:
            begun = place
    return begun


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
