from gongkai.core.checks import carry_over


def test_carried_in_is_what_was_carried_out(make, found):
    before = make(year=2022, cells={"requests/carried_out/natural_person": 3, "requests/carried_out/total": 3})
    assert [(f.cell, f.found, f.expected) for f in found(carry_over, make(), before)] == [
        ("requests/carried_in/natural_person", 1, 3),
        ("requests/carried_in/total", 1, 3),
    ]
    assert found(carry_over, make(), make(year=2022)) == []


def test_from_the_earlier_form_to_the_later(make, found):
    assert len(found(carry_over, make(year=2021), make(year=2020, form="annual-2019", base=False))) == 2


def test_silent_without_the_report_of_the_year_before(make, found):
    nothing = {"base": False}
    assert found(carry_over, make()) == []
    assert found(carry_over, make(), make(year=2021, **nothing)) == []
    assert len(found(carry_over, make(), make(year=None, **nothing))) == 2


def test_silent_where_either_report_lacks_the_row(make, found):
    row = [f"requests/carried_out/{column}" for column in ("natural_person", "total")]
    assert found(carry_over, make(), make(year=2022, base=False, cells=dict.fromkeys(row))) == []
    here = [f"requests/carried_in/{column}" for column in ("natural_person", "total")]
    before = make(year=2022, cells=dict.fromkeys(row, 3))
    assert found(carry_over, make(cells=dict.fromkeys(here)), before) == []
