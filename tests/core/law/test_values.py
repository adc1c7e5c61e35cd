"""Values as of a day: old beside new, what was public when, a region's value in force, else that of the level above."""

import pickle
from datetime import date

import pytest

from gongkai.core.law.values import Dated, MissingValue, Rule, Step, Values
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

D = date


def rule(*dated, unit="working_days", id="reply"):
    newest = sorted(dated, key=lambda entry: (entry.from_, entry.known_from), reverse=True)
    return Rule(id, unit, "期限", "Period", tuple(newest))


def entry(from_, value, known=None):
    return Dated(from_, known or from_, value, f"of {from_}", "V")


NATION = {"reply": rule(entry(D(2008, 5, 1), 15, D(2007, 4, 5)), entry(D(2019, 5, 15), 20, D(2019, 4, 3)))}


@pytest.mark.parametrize(
    ("day", "number"), [(D(2008, 5, 1), 15), (D(2019, 5, 14), 15), (D(2019, 5, 15), 20), (D(2030, 1, 1), 20)]
)
def test_the_value_in_force_on_a_day(day, number):
    value = Values((NATION,)).at("reply", day)
    assert (value.id, value.number, value.unit, value.mark) == ("reply", number, "working_days", "V")
    assert value.source == f"of {value.from_}"


def test_a_day_before_the_first_value_is_named():
    with pytest.raises(LookupError) as caught:
        Values((NATION,)).at("reply", D(2008, 4, 30))
    assert isinstance(caught.value, MissingValue)
    assert caught.value.message.id == "law.no-value"
    assert caught.value.message.params["id"] == "reply"
    assert caught.value.message.params["day"] == D(2008, 4, 30)
    assert not Values((NATION,)).has("reply", D(2008, 4, 30))
    assert Values((NATION,)).has("reply", D(2008, 5, 1))


def test_an_unknown_id_is_named():
    with pytest.raises(MissingValue, match=r"law\.unknown-value .*id=replies, day=2020-01-01"):
        Values((NATION,)).at("replies", D(2020, 1, 1))


def test_what_was_not_yet_public_does_not_count():
    values = Values(({"reply": rule(entry(D(2020, 1, 1), 5), entry(D(2020, 3, 1), 7, D(2020, 6, 1)))},))
    day = D(2020, 4, 1)
    assert values.at("reply", day).number == 7
    assert values.at("reply", day, known_by=D(2020, 6, 1)).number == 7
    assert values.at("reply", day, known_by=D(2020, 5, 31)).number == 5
    with pytest.raises(MissingValue):
        values.at("reply", day, known_by=D(2019, 12, 31))


def test_of_two_values_from_one_day_the_later_known_holds():
    values = Values(({"reply": rule(entry(D(2020, 1, 1), 5), entry(D(2020, 1, 1), 6, D(2020, 2, 1)))},))
    assert values.at("reply", D(2020, 1, 1)).number == 6
    assert values.at("reply", D(2020, 1, 1), known_by=D(2020, 1, 31)).number == 5


def test_a_region_hides_nothing_of_the_years_before_it():
    province = {"reply": rule(entry(D(2025, 1, 1), 15))}
    values = Values((province, NATION))
    assert [values.at("reply", D(year, 1, 1)).number for year in (2018, 2020, 2024, 2025)] == [15, 20, 20, 15]


def test_a_rule_that_ends_falls_back_to_the_level_above():
    city = {"reply": rule(entry(D(2021, 1, 1), 10), entry(D(2023, 1, 1), None))}
    province = {"reply": rule(entry(D(2022, 1, 1), 12))}
    values = Values((city, province, NATION))
    assert [values.at("reply", D(year, 6, 1)).number for year in (2020, 2021, 2022, 2023)] == [20, 10, 10, 12]


def test_a_rule_of_the_nation_that_ends_is_missing():
    values = Values(({"reply": rule(entry(D(2000, 1, 1), 10), entry(D(2024, 1, 1), None))},))
    assert values.at("reply", D(2023, 12, 31)).number == 10
    with pytest.raises(MissingValue):
        values.at("reply", D(2024, 1, 1))


def test_each_type_of_value_is_asked_for_by_its_name():
    day = D(2020, 1, 1)
    values = Values(
        (
            {
                "n": rule(entry(day, 3), id="n"),
                "w": rule(entry(day, "consent"), unit="word", id="w"),
                "ws": rule(entry(day, ("a", "b")), unit="words", id="ws"),
                "md": rule(entry(day, "01-31"), unit="month_day", id="md"),
                "t": rule(entry(day, (Step(1, 0),)), unit="yuan_per_item", id="t"),
            },
        )
    )
    right = {"n": ("number", 3), "w": ("word", "consent"), "ws": ("words", ("a", "b")), "md": ("month_day", (1, 31))}
    right["t"] = ("steps", (Step(1, 0),))
    for id, (name, expected) in right.items():
        assert getattr(values.at(id, day), name) == expected
        for other in {name for name, _ in right.values()} - {name}:
            with pytest.raises(TypeError, match=f"{id} is no"):
                getattr(values.at(id, day), other)
    assert values.ids == ("md", "n", "t", "w", "ws")


def test_titles_and_dates_of_an_id():
    values = Values(({}, NATION))
    assert values.rule("reply").title_zh == "期限"
    with pytest.raises(KeyError):
        values.rule("other")


def test_errors_keep_their_message_between_processes():
    again = pickle.loads(pickle.dumps(Refused(message("law.no-fee", day=D(2020, 1, 1)))))
    assert isinstance(again, Refused) and again.message.params == {"day": D(2020, 1, 1)}
