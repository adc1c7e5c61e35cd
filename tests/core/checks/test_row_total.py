from gongkai.core.checks import row_total


def test_every_row_that_does_not_add_up(make, found):
    report = make(cells={"requests/new/total": 5, "requests/granted/business": 0})
    assert [(f.cell, f.found, f.expected) for f in found(row_total, report)] == [
        ("requests/new/total", 5, 4),
        ("requests/granted/total", 2, 1),
    ]


def test_a_blank_counts_as_zero(make, found):
    blank = make(cells={"requests/new/other": "", "requests/new/total": "/"})
    assert [(f.cell, f.found, f.expected, f.message.id) for f in found(row_total, blank)] == [
        ("requests/new/total", None, 4, "row-total.blank")
    ]


def test_silent_for_a_row_of_blanks(make, found):
    row = ("natural_person", "business", "research", "public_welfare", "legal_service", "other", "total")
    assert found(row_total, make(cells={f"requests/new/{column}": "" for column in row})) == []
    assert found(row_total, make()) == []
