"""How fast a report is read and checked, as a ratio to the least that any program must do.

    python bench/reading.py [ROUNDS]

One process, alternating, medians of ROUNDS (31), in CPU time, so that other programs on the machine do not count.
HTML: to parsing with selectolax (lexbor) and taking the text of every table cell. DOCX: to unzipping, parsing with
lxml and taking the text of every ``w:tc``; and to python-docx's ``row.cells``. Ours is everything from the bytes on
disk to cells and findings. The inputs are in ``bench/inputs``.
"""

import gc
import statistics
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.documents.read.report import read_report
from gongkai.rulebook.load.words import words

INPUTS = Path(__file__).parent / "inputs"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def ours(path: Path) -> None:
    """From the file to cells and findings."""
    run(Case(read_report(path), words=words()))


def bare_selectolax(path: Path) -> list[str]:
    """Parse the page and take its table cells."""
    from selectolax.lexbor import LexborHTMLParser

    return [node.text() for node in LexborHTMLParser(path.read_bytes()).css("td, th")]


def bare_lxml(path: Path) -> list[str]:
    """Unzip and parse the document and take its table cells."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return ["".join(cell.itertext(WORD + "t")) for cell in root.iter(WORD + "tc")]


def python_docx(path: Path) -> list[str]:
    """The same cells by the usual library."""
    import docx

    return [cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells]


def ratios(path: Path, references: list[Callable[[Path], object]], rounds: int) -> dict[str, float]:
    """For each reference: its median time over ours, so 0.5 means that ours takes twice as long."""
    runs: dict[str, list[float]] = {}
    for _ in range(rounds + 2):
        for run_ in (ours, *references):
            gc.collect()
            gc.disable()
            start = process_time()
            run_(path)
            taken = process_time() - start
            gc.enable()
            runs.setdefault(run_.__name__, []).append(taken)
    medians = {name: statistics.median(times[2:]) for name, times in runs.items()}
    mine = medians.pop("ours")
    print(f"{path.name}: ours {mine * 1000:.2f} ms")
    found = {}
    for name, median in medians.items():
        found[name] = median / mine
        print(f"  {name}: {median * 1000:.2f} ms, rate of ours = {median / mine:.2f} × its rate")
    return found


def main(rounds: int = 31) -> dict[tuple[str, str], float]:
    """All ratios by input and reference."""
    found = {}
    for name, references in (
        ("lean.html", [bare_selectolax]),
        ("portal.html", [bare_selectolax]),
        ("report.docx", [bare_lxml, python_docx]),
    ):
        for reference, ratio in ratios(INPUTS / name, references, rounds).items():
            found[name, reference] = ratio
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 31)
