from gongkai.core.checks import column_total


def test_every_column_that_does_not_add_up(make, found):
    report = make(cells={"requests/unprocessed.abusive/business": 2})
    assert [(f.cell, f.found, f.expected) for f in found(column_total, report)] == [("requests/total/business", 1, 3)]


def test_the_single_row_of_the_earlier_form_counts(make, found):
    rest = {f"requests/other.{row}/total": None for row in ("no_correction", "unpaid", "other")}
    report = make(cells={**rest, "requests/other.all/total": 3, "requests/total/total": 7})
    assert found(column_total, report) == []
    assert [f.expected for f in found(column_total, make(cells={"requests/other.all/total": 3}))] == [7]


def test_silent_for_a_correct_report(make, found):
    assert found(column_total, make()) == []
    assert found(column_total, make(base=False)) == []
