"""Reports laid out by somebody who did not know how they would be read.

``independent/`` holds invented reports in as many layouts as their maker could think of, with odd prints of figures,
and ``truth.json`` what they say: ``cells`` those that are not 0, ``zeros`` how many are, ``unknown`` how many figures
we could not make out when the file was added. A figure may be unknown, never wrong; and what was read once must stay
readable.
"""

import json
from pathlib import Path

import pytest

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.documents.read.report import read_report
from gongkai.rulebook.load.words import words

FOLDER = Path(__file__).parent / "independent"
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))


def test_every_file_has_its_truth():
    assert {path.name for path in FOLDER.iterdir()} - {"truth.json"} == TRUTH.keys()


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_no_figure_is_wrong(name):
    truth = TRUTH[name]
    report = read_report(FOLDER / name)
    unknown = zeros = 0
    for id, cell in report.cells.items():
        value = None if cell.value is None else float(cell.value)
        if id not in truth["cells"]:
            assert value in (0, None), id
            zeros += value == 0
            continue
        expected = truth["cells"][id]
        if value is None:
            unknown += expected is not None
        else:
            assert expected is not None and abs(value - expected) < 1e-9, id
    assert unknown + truth["zeros"] - zeros <= truth["unknown"]
    assert report.form.id == truth["form"]
    for fact in ("agency", "year"):
        assert truth[fact] is None or getattr(report, fact) == truth[fact]


UNTRUE = ("missing-table", "missing-part", "text-mismatch", "agency-name", "residue")


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_no_finding_is_untrue(name):
    """The reports' sums hold and their tables are there: whatever the layout hides must not be called a mistake."""
    report = read_report(FOLDER / name)
    found = run(Case(report, words=words()))
    assert not [each for each in found if each.rule.severity == "error" or each.rule.id in UNTRUE]
