"""From a path to a report."""

from pathlib import Path

from gongkai.core.tables.report import Report
from gongkai.documents.read.open import open_source
from gongkai.documents.read.recognise.report import recognise
from gongkai.rulebook.load.forms import forms


def read_report(path: Path) -> Report:
    """Read one published annual report (政府信息公开工作年度报告) of any known format.

    Raises ``Unreadable`` with a message that names the file, what is wrong and what to do: no such file, no text
    layer, no report in it …
    """
    return recognise(open_source(path), forms())
