"""The law as data: what holds on a day, what a region changes, and how a broken file is refused."""

from datetime import date
from pathlib import Path

import pytest

from gongkai.core.law.values import MARKS, Step
from gongkai.rulebook.load.fields import RulebookError
from gongkai.rulebook.load.law import FOLDER, law, load

BROKEN = sorted((Path(__file__).parent / "broken_law").glob("*.toml"))
NOW = date(2026, 11, 28)

# Read by hand from the texts; the second number is what held on 1 January 2018, None where nothing was fixed.
NUMBERS = {
    "reply_working_days": (20, 15),
    "extension_working_days": (20, 15),
    "extensions_allowed": (1, 1),
    "correction_notice_working_days": (7, None),
    "correction_notices_allowed": (1, None),
    "third_party_working_days": (15, None),
    "joint_organ_working_days": (15, None),
    "fee_payment_working_days": (20, None),
    "proactive_working_days": (20, 20),
    "reconsideration_days": (60, 60),
    "reconsideration_no_notice_limit_years": (1, None),
    "litigation_months": (6, 6),
    "litigation_after_reconsideration_days": (15, 15),
    "litigation_no_notice_limit_years": (1, 2),
    "reconsideration_decision_days": (60, 60),
    "reconsideration_extension_days": (30, 30),
    "simplified_reconsideration_decision_days": (30, None),
    "reconsideration_copy_working_days": (7, 7),
    "simplified_reconsideration_copy_working_days": (3, None),
    "organ_answer_working_days": (10, None),
    "organ_answer_days": (None, 10),
    "simplified_organ_answer_working_days": (5, None),
    "litigation_answer_days": (15, 15),
    "penalty_withdrawal_working_days": (3, None),
    "budget_publication_days": (20, 20),
    "reassessment_interval_years": (1, None),
    "request_file_retention_years": (10, None),
    "impact_assessment_retention_years": (3, None),
    "leak_report_hours": (24, 24),
}


@pytest.mark.parametrize("id", NUMBERS)
def test_the_numbers_of_the_law(id):
    for day, number in zip((NOW, date(2018, 1, 1)), NUMBERS[id], strict=True):
        assert law().has(id, day) is (number is not None), day
        if number is not None:
            assert law().at(id, day).number == number, day


@pytest.mark.parametrize(
    ("id", "day", "value"),
    [
        ("third_party_silence", NOW, "organ_decides"),
        ("joint_organ_silence", NOW, "consent"),
        ("refusal_remedy_order", date(2023, 12, 31), "free_choice"),
        ("refusal_remedy_order", date(2024, 1, 1), "reconsideration_first"),
        ("remedy_order", NOW, "free_choice"),
        ("annual_report_submission_deadline", date(2019, 5, 14), "03-31"),
        ("annual_report_submission_deadline", date(2019, 5, 15), "01-31"),
        ("annual_report_government_deadline", NOW, "03-31"),
        ("annual_report_retention", NOW, "permanent"),
        ("item_tariff", NOW, (Step(1, 0), Step(11, 100), Step(31, 200, 10, 100))),
        ("page_tariff", NOW, (Step(1, 0), Step(31, 10), Step(101, 20), Step(201, 40))),
    ],
)
def test_what_is_no_number(id, day, value):
    assert law().at(id, day).value == value


def test_the_days_on_which_the_law_changed():
    first = {
        "reply_working_days": (date(2019, 5, 15), date(2019, 4, 3)),
        "fee_payment_working_days": (date(2021, 1, 1), date(2020, 11, 17)),
        "reconsideration_days": (date(2024, 1, 1), date(2023, 9, 1)),
    }
    for id, (from_, known_from) in first.items():
        value = law().at(id, NOW)
        assert (value.from_, value.known_from) == (from_, known_from)
        assert not law().has(id, from_, known_by=date(1980, 1, 1))
    assert law().at("reply_working_days", date(2019, 6, 1), known_by=date(2019, 4, 2)).number == 15


def test_every_value_is_known_before_it_holds_and_says_where_it_stands():
    for id in law().ids:
        rule = law().rule(id)
        assert rule.title_zh and rule.title_en
        for entry in rule.dated:
            assert entry.known_from <= entry.from_, id
            assert entry.mark in MARKS and ("第" in entry.source or "号" in entry.source), id


def test_every_file_is_read():
    assert len(law().ids) == len(list(FOLDER.glob("*.toml"))) >= 50


def text(value, from_="2020-01-01", id="reply_working_days", unit="working_days"):
    return f'id = "{id}"\nunit = "{unit}"\ntitle_zh = "期限"\ntitle_en = "Period"\n' + dated(value, from_)


def dated(value, from_):
    return (
        f'\n[[values]]\nfrom = {from_}\nknown_from = {from_}\nvalue = {value}\nsource = "地方办法第一条"\nmark = "V"\n'
    )


def write(folder, code, words, id="reply_working_days"):
    place = folder / "regions" / code if code else folder
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{id}.toml").write_text(words, encoding="utf-8")


def test_a_region_holds_only_while_its_value_does(tmp_path):
    write(tmp_path, "440000", text(15) + dated('"none"', "2024-01-01"))
    write(tmp_path, "440300", text(10, "2021-01-01") + dated('"none"', "2023-01-01"))

    def of(region, *days):
        values = law(region, tmp_path)
        return [values.at("reply_working_days", date(*day)).number for day in days]

    assert of("440305", (2018, 1, 1), (2019, 6, 1), (2020, 1, 1)) == [15, 20, 15]
    assert of("440305", (2021, 1, 1), (2022, 12, 31), (2023, 1, 1), (2024, 1, 1)) == [10, 10, 15, 20]
    assert of("440300", (2021, 1, 1)) == of("440305001", (2021, 1, 1)) == of("440305001002", (2021, 1, 1)) == [10]
    assert of("440400", (2021, 1, 1), (2024, 1, 1)) == [15, 20]
    assert of("330000", (2021, 1, 1)) == of(None, (2021, 1, 1)) == [20]
    assert law("440305").at("reply_working_days", date(2021, 1, 1)).number == 20


def test_an_added_value_goes_before_ours_and_may_be_new(tmp_path):
    write(tmp_path, "", text(18, "2022-01-01"))
    write(tmp_path, "", text('"02-20"', id="township_report", unit="month_day"), id="township_report")
    values = law(added=tmp_path)
    assert [values.at("reply_working_days", date(year, 1, 1)).number for year in (2018, 2021, 2022)] == [15, 20, 18]
    assert values.at("township_report", NOW).month_day == (2, 20)
    assert "township_report" not in law().ids
    write(tmp_path, "", text(19, "2022-01-01"))
    assert law(added=tmp_path).at("reply_working_days", NOW).number == 19


def test_a_region_keeps_the_unit_of_the_nation(tmp_path):
    write(tmp_path, "440000", text(15, unit="days"))
    with pytest.raises(RulebookError, match=r"regions/440000/reply_working_days\.toml: unit: must be 'working_days'"):
        law("440000", tmp_path)


def test_a_region_is_a_code(tmp_path):
    for wrong in ("guangdong", "44", "44030", ""):
        with pytest.raises(ValueError, match="6, 9 or 12 digits"):
            law(wrong)
    write(tmp_path, "guangdong", text(15))
    with pytest.raises(RulebookError, match=r"regions/guangdong/.*: stands in a folder that must be a region's code"):
        load(tmp_path)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_names_file_key_and_fault(broken, tmp_path):
    first, words = broken.read_text(encoding="utf-8").split("\n", 1)
    (tmp_path / broken.name).write_text(words, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{broken.name}: {first.removeprefix('# expect: ')}")


def test_there_are_broken_files():
    assert len(BROKEN) >= 25


def test_a_folder_without_values_and_a_file_that_is_no_text_are_named(tmp_path):
    with pytest.raises(RulebookError, match="holds no value"):
        load(tmp_path)
    (tmp_path / "a.toml").write_bytes("期限".encode("gb18030"))
    with pytest.raises(RulebookError, match=r"a\.toml: is not UTF-8"):
        load(tmp_path)
