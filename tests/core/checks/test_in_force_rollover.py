from gongkai.core.checks import in_force_rollover


def test_documents_in_force_follow_from_last_years(make, found):
    before = make(year=2022, cells={"art20/normative_documents/in_force": 20})
    assert [(f.cell, f.found, f.expected) for f in found(in_force_rollover, make(), before)] == [
        ("art20/normative_documents/in_force", 9, 21)
    ]
    right = make(year=2022, cells={"art20/normative_documents/in_force": 8})
    assert found(in_force_rollover, make(), right) == []


def test_silent_after_a_report_of_the_earlier_form(make, found):
    assert found(in_force_rollover, make(year=2021), make(year=2020, form="annual-2019")) == []
    assert found(in_force_rollover, make()) == []
