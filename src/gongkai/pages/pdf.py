"""PDFs for pages, each set in a process of its own: typst keeps fonts and pages that it met, 140 MB, while it lives."""

import pickle
import subprocess
import sys
from pathlib import Path

from gongkai.core.tables.report import Report
from gongkai.documents.letters import Letter, make_pdf
from gongkai.documents.write import write


def set_apart(document: Letter | Report, path: Path) -> None:
    """Write a letter or a report as PDF to a file."""
    line = [sys.executable, "-m", "gongkai.pages.pdf", str(path)]
    subprocess.run(line, input=pickle.dumps(document), check=True, stdout=subprocess.DEVNULL)


def _set(document: Letter | Report, path: Path) -> None:
    if isinstance(document, Letter):
        path.write_bytes(make_pdf(document).data)
    else:
        write(document, path)


if __name__ == "__main__":
    _set(pickle.load(sys.stdin.buffer), Path(sys.argv[1]))
