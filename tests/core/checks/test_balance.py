from gongkai.core.checks import balance


def test_what_came_in_is_handled_or_carried_over(make, found):
    report = make(cells={"requests/carried_out/business": 1, "requests/carried_in/total": 4})
    assert [(f.cell, f.found, f.expected) for f in found(balance, report)] == [
        ("requests/total/business", 1, 0),
        ("requests/total/total", 4, 7),
    ]


def test_expected_may_be_below_zero(make, found):
    report = make(base=False, cells={"requests/carried_out/total": 2})
    assert [(f.cell, f.found, f.expected) for f in found(balance, report)] == [("requests/total/total", 0, -2)]


def test_silent_for_a_correct_report(make, found):
    assert found(balance, make()) == []
