from gongkai.core.checks import missing_row

COLUMNS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other", "total")


def row(id, value=None):
    return dict.fromkeys((f"requests/{id}/{column}" for column in COLUMNS), value)


def test_a_row_without_any_cell(make, found):
    findings = found(missing_row, make(cells=row("refused.process") | row("carried_out")))
    assert [(f.cell, f.expected) for f in findings] == [
        (None, "6.属于四类过程性信息"),
        (None, "四、结转下年度继续办理"),
    ]


def test_the_row_printed_in_place_of_three(make, found):
    three = {k: v for part in ("no_correction", "unpaid", "other") for k, v in row(f"other.{part}").items()}
    assert len(found(missing_row, make(cells=three))) == 3
    assert found(missing_row, make(cells=three | row("other.all", 0))) == []


def test_silent_for_blank_rows_and_absent_tables(make, found):
    assert found(missing_row, make()) == []
    assert found(missing_row, make(cells=row("new", ""))) == []
    assert found(missing_row, make(cells=dict.fromkeys(make().cells))) == []
