from gongkai.core.checks import blank_cell


def test_each_blank_or_dash(make, found):
    cells = {
        "requests/new/other": "",
        "requests/new/research": " ",
        "review/reconsideration/other": "—",
        "art20/rules/made": "/",
    }
    findings = found(blank_cell, make(cells=cells))
    assert {f.cell: f.found for f in findings} == {
        "requests/new/other": None,
        "requests/new/research": None,
        "review/reconsideration/other": "—",
        "art20/rules/made": "/",
    }


def test_silent_for_figures_words_and_absent_cells(make, found):
    assert found(blank_cell, make(cells={"requests/new/other": None, "requests/new/research": "若干"})) == []
