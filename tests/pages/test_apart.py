"""The typesetter stays out of the process that serves pages, and its errors come back from where it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.documents.read.report import read_report
from gongkai.documents.write import write
from gongkai.pages.apart import TYPESET, write_report

REPORT = Path(__file__).parents[2] / "examples" / "reports" / "yunling-civil-affairs-2025.docx"
SERVES = """
import sys
from pathlib import Path
from gongkai.documents.read.report import read_report
from gongkai.pages import apart
report = read_report(Path(sys.argv[1]))
for each in sys.argv[2:]:
    apart.write_report(report, Path(each))
print("typst" in sys.modules)
"""


def test_whoever_serves_pages_keeps_no_typesetter(tmp_path):
    files = [tmp_path / f"report.{kind}" for kind in (*TYPESET, "html", "xlsx")]
    said = subprocess.run(
        [sys.executable, "-c", SERVES, str(REPORT), *map(str, files)], check=True, capture_output=True, encoding="utf-8"
    )
    assert said.stdout == "False\n"
    here = read_report(REPORT)
    assert [read_report(file).value("requests/total/total") for file in files] == [
        here.value("requests/total/total")
    ] * 4


@pytest.mark.parametrize("kind", TYPESET)
def test_what_cannot_be_written_is_told_as_if_it_were_here(tmp_path, kind):
    report, nowhere = read_report(REPORT), tmp_path / "none" / f"report.{kind}"
    with pytest.raises(Exception) as here:
        write(report, nowhere)
    with pytest.raises(type(here.value)) as there:
        write_report(report, nowhere)
    assert str(there.value) == str(here.value)
