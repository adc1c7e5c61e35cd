"""Remedies: who reviews, in which order, until when, before and after the law of 2024."""

from datetime import date, timedelta
from typing import get_args

import pytest

from gongkai.core.law.remedies import BodyRole, Organ, OrganKind, last_day, remedy
from gongkai.core.law.values import MissingValue, Value
from gongkai.core.ledger.refusal import Refused
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import render
from gongkai.rulebook.load.outcomes import outcomes

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)

NAMES = {
    "own_government": "云岭市人民政府",
    "higher_government": "安和省人民政府",
    "founding_government": "安和省人民政府",
    "seat_government": "云岭市东湖区人民政府",
    "higher_department": "安和省民政厅",
    "own_department": "云岭市民政局",
}


def organ(kind="department", **names):
    return Organ("某机关", kind, **(names or NAMES))


def ask(answer="R1", on=NEW, kind="department", **more):
    given = {"organ": organ(kind), "on": on, "values": law(), "outcomes": outcomes(), **more}
    return remedy(answer, **given)


def weekday(day):
    return day.weekday() < 5


# The law of 2023 Arts. 24 to 28, and that of 1999 Arts. 12 to 15, read by hand.
BODIES = {
    "department": (["own_government"], ["own_government", "higher_department"]),
    "local_government": (["higher_government"], ["higher_government"]),
    "provincial_government": (["itself"], ["itself"]),
    "state_department": (["itself"], ["itself"]),
    "vertical_organ": (["higher_department"], ["higher_department"]),
    "justice_bureau": (["own_government", "higher_department"], ["own_government", "higher_department"]),
    "government_office": (["founding_government"], ["founding_government"]),
    "department_unit": (["own_government"], ["own_department", "own_government"]),
    "district_unit": (["own_government", "seat_government"], ["own_department", "own_government"]),
    "state_department_unit": (["own_department"], ["own_department"]),
    "authorised_organisation": (["own_government"], None),
    "state_authorised_organisation": (["own_department"], ["own_department"]),
}


def test_every_kind_of_organ_has_its_bodies():
    assert set(BODIES) == set(get_args(OrganKind))


@pytest.mark.parametrize("kind", BODIES)
def test_who_reviews(kind):
    new, old = BODIES[kind]
    found = ask(kind=kind)
    assert [body.role for body in found.bodies] == new
    assert [body.name for body in found.bodies] == [NAMES.get(role, "某机关") for role in new]
    if old is None:
        with pytest.raises(MissingValue):
            ask(kind=kind, on=OLD)
    else:
        assert [body.role for body in ask(kind=kind, on=OLD).bodies] == old


def test_roles_in_the_rulebook_are_known():
    for kind in BODIES:
        for entry in law().rule(f"reconsideration_bodies_{kind}").dated:
            assert set(entry.value) <= set(get_args(BodyRole)), kind


def test_only_the_names_that_are_needed_are_asked_for():
    assert ask(organ=organ(own_government="云岭市人民政府")).bodies[0].name == "云岭市人民政府"
    with pytest.raises(Refused) as caught:
        ask(organ=organ(higher_department="安和省民政厅"))
    assert caught.value.message.id == "law.body-without-name"
    assert "own_government" in render(caught.value.message)


@pytest.mark.parametrize(
    ("answer", "grounds", "first"),
    [
        *[(f"R3.{number}", (), True) for number in range(1, 8)],
        ("RP", ("R3.6",), True),
        ("RP", ("R3.8", "R3.1"), True),
        ("RP", ("R3.8",), False),
        ("partial", (), True),
        ("refused.third_party", (), True),
        *[(code, (), False) for code in ("R1", "R2", "R3.8", "R4.1", "R4.1b", "R4.2", "R4.3", "R5.1", "R5.5")],
        *[(code, (), False) for code in ("R6.1", "R6.2", "R6.3", "granted", "unable.not_held")],
    ],
)
def test_reconsideration_comes_first_for_three_articles_since_2024(answer, grounds, first):
    new = ask(answer, NEW, grounds=grounds)
    assert new.first is first
    assert (new.litigation is None) is first
    assert ask(answer, OLD, grounds=grounds).first is False


def test_the_periods_and_their_sources():
    found = ask()
    assert (found.reconsideration.value.number, found.reconsideration.value.unit) == (60, "days")
    assert (found.litigation.value.number, found.litigation.value.unit) == (6, "months")
    assert found.after_reconsideration.value.number == 15
    assert found.reconsideration_limit.value.number == found.litigation_limit.value.number == 1
    assert found.reconsideration.last is found.litigation.last is None
    assert "《行政复议法》（2023年修订）第二十条第一款" in found.sources
    assert len(set(found.sources)) == len(found.sources)
    assert ask("R3.1").sources[0] == "《行政复议法》（2023年修订）第二十三条第一款第四项"
    assert ask("R3.1").litigation_limit is None
    assert ask(on=OLD).reconsideration_limit is None
    assert ask(on=date(2015, 4, 30)).litigation.value.number == 3
    assert ask(on=date(2018, 2, 7)).litigation_limit.value.number == 2


def test_last_days_count_from_the_receipt_and_leave_rest_days():
    # 60 days after Monday 3 June 2024 is Friday 2 August; six months after is Tuesday 3 December.
    found = ask(on=date(2024, 5, 31), received=date(2024, 6, 3), is_working=weekday)
    assert (found.reconsideration.last, found.litigation.last) == (date(2024, 8, 2), date(2024, 12, 3))
    assert found.reconsideration_limit.last == date(2025, 6, 3)
    assert found.after_reconsideration.last is None
    # A day later it would be Saturday 3 August: Monday the 5th.
    assert ask(received=date(2024, 6, 4), is_working=weekday).reconsideration.last == date(2024, 8, 5)
    # 1 February 2025 is a Saturday of the Spring Festival; the first working day is 5 February.
    rest = {date(2025, 1, 28) + timedelta(days=n) for n in range(8)}
    festival = ask(received=date(2024, 12, 3), is_working=lambda day: weekday(day) and day not in rest)
    assert festival.reconsideration.last == date(2025, 2, 5)


def test_months_end_on_the_day_of_the_same_number_or_the_last():
    def period(number, unit):
        return Value("x", number, unit, "", "V", NEW, NEW)

    def always(day):
        return True

    assert last_day(date(2024, 8, 31), period(6, "months"), always) == date(2025, 2, 28)
    assert last_day(date(2023, 8, 31), period(6, "months"), always) == date(2024, 2, 29)
    assert last_day(date(2024, 2, 29), period(1, "years"), always) == date(2025, 2, 28)
    assert last_day(date(2024, 12, 1), period(6, "months"), always) == date(2025, 6, 1)
    with pytest.raises(TypeError, match="working_days"):
        last_day(NEW, period(6, "working_days"), always)


def test_a_calendar_that_does_not_know_the_day_is_heard():
    def unknown(day):
        raise LookupError("no calendar")

    with pytest.raises(LookupError, match="no calendar"):
        ask(received=NEW, is_working=unknown)
    with pytest.raises(TypeError, match="is_working"):
        ask(received=NEW)


def test_the_notice_of_a_refusal():
    found = ask("R3.6", received=date(2024, 6, 3), is_working=weekday)
    said = [render(message) for message in found.messages]
    assert said[0] == "如对本答复不服，应当自收到本答复之日起 60 日内，先向云岭市人民政府申请行政复议。"
    assert "15 日内" in said[1]
    assert said[2:] == ["申请行政复议的最后一日：2024-08-02。"]


def test_the_notice_of_another_answer_names_court_and_choice():
    court = Organ("云岭市司法局", "justice_bureau", **NAMES, court="云岭铁路运输法院")
    said = [render(message) for message in ask("R4.1", organ=court).messages]
    assert "向下列机关之一申请行政复议：云岭市人民政府、安和省民政厅；" in said[0]
    assert "6 个月内直接向人民法院" in said[0]
    assert said[1] == "提起行政诉讼的，可以向云岭铁路运输法院提出。"
    plain = [render(message, "en") for message in ask("R4.1").messages]
    assert len(plain) == 1 and "apply to 云岭市人民政府" in plain[0] and "6 months" in plain[0]
    first = [message.id for message in ask("R3.1", kind="justice_bureau").messages]
    assert first == ["law.remedy-first-choice", "law.remedy-suit-after"]


def test_own_review_may_go_to_the_state_council():
    found = ask("R3.1", kind="provincial_government")
    assert found.ruling and found.messages[-1].id == "law.remedy-ruling"
    assert not ask("R3.1").ruling


def test_without_notice_the_outer_limits_are_told():
    given = {"notice": False, "received": date(2024, 6, 3), "is_working": weekday}
    assert [message.id for message in ask("R1", **given).messages] == [
        "law.remedy-limit-reconsideration",
        "law.remedy-last-reconsideration",
        "law.remedy-limit-suit",
        "law.remedy-last-suit",
    ]
    assert [message.id for message in ask("R3.1", notice=False).messages] == ["law.remedy-limit-reconsideration"]
    assert [message.id for message in ask("R1", OLD, notice=False).messages] == ["law.remedy-limit-suit"]


def test_every_sentence_is_complete_in_both_languages():
    for answer in ("R1", "R3.1"):
        for kind in BODIES:
            for notice in (True, False):
                found = ask(answer, kind=kind, notice=notice, received=NEW, is_working=weekday)
                for message in found.messages:
                    for lang in ("zh", "en"):
                        assert message.id not in render(message, lang)


def test_before_the_first_regulation_there_is_no_remedy():
    with pytest.raises(MissingValue):
        ask(on=date(2008, 4, 30))


def test_an_unknown_answer_is_refused():
    with pytest.raises(Refused):
        ask("R9")
