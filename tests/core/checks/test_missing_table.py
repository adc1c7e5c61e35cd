from gongkai.core.checks import missing_table


def absent(make, table):
    return make(cells=dict.fromkeys(id for id in make().cells if id.startswith(table)))


def test_a_table_of_which_nothing_was_found(make, found):
    findings = found(missing_table, absent(make, "review/"))
    assert [(f.cell, f.message.params["part_number"]) for f in findings] == [(None, 4)]


def test_silent_where_any_cell_stands(make, found):
    assert found(missing_table, make()) == []
    report = absent(make, "review/")
    report.cells["review/litigation_after/other"] = make(cells={"a": ""}).cells["a"]
    assert found(missing_table, report) == []
