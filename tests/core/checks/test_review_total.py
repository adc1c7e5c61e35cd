from gongkai.core.checks import review_total


def test_each_of_the_three_totals(make, found):
    report = make(cells={"review/litigation_after/other": 1, "review/reconsideration/total": 0})
    assert [(f.cell, f.found, f.expected) for f in found(review_total, report)] == [
        ("review/reconsideration/total", 0, 1),
        ("review/litigation_after/total", 0, 1),
    ]


def test_silent_for_a_correct_report(make, found):
    assert found(review_total, make()) == []
