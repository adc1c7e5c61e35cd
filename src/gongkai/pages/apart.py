"""Files for pages that need the typesetter, each made in a process of its own: typst keeps fonts and pages that it met,
140 MB, while it lives.
"""

import pickle
import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.core.checks.finding import Change
from gongkai.core.message import Told, message
from gongkai.core.tables.report import Report
from gongkai.documents.letters import Letter, make_pdf
from gongkai.documents.write import write
from gongkai.pages.processes import Busy, Late, Processes, begin

TYPESET = ("docx", "pdf")
"""Formats of a report that need the typesetter: all of a PDF, and the charts of a DOCX."""
_OURS = Processes("gongkai.pages.apart", deadline=30, turn=10)
_VISITORS = Processes("gongkai.pages.apart", deadline=30, turn=10, most=1)
"""A report of a county takes two seconds, a letter one. Whatever visitors send keeps only visitors waiting."""
_MEMORY = 1 << 30
"""Bytes: three times what a report of a county takes."""


class Later(Told):
    """The file cannot be made now: it takes too long or too much memory, or too many others are made."""


def write_report(report: Report, path: Path, changes: Sequence[Change] = (), *, sent: bool = False) -> None:
    """Write a report in the format of its path; ``changes`` made it of what was published. ``sent``: by a visitor.

    Raises ``Later``, ``Unwritable`` and whatever else writing raises.
    """
    if path.suffix[1:] in TYPESET:
        _apart(_VISITORS if sent else _OURS, report, path, changes)
    else:
        write(report, path, repaired=changes)


def letter_pdf(letter: Letter, path: Path) -> None:
    """Write a letter as PDF to a file. Raises ``Later``."""
    _apart(_OURS, letter, path)


def _apart(processes: Processes, document: Letter | Report, path: Path, changes: Sequence[Change] = ()) -> None:
    try:
        ended = processes.run(str(path), pickle.dumps((document, tuple(changes))))
    except (Busy, Late) as error:
        raise Later(message("pages.file-busy" if isinstance(error, Busy) else "pages.file-late")) from error
    if ended.returncode < 0:  # by its system: it took too much memory
        raise Later(message("pages.file-late"))
    if ended.returncode:
        raise pickle.loads(ended.stdout) if ended.stdout else RuntimeError(ended.stderr.decode(errors="replace"))


def _main(path: Path) -> int:
    begin(_MEMORY)
    document, changes = pickle.load(sys.stdin.buffer)
    try:
        if isinstance(document, Letter):
            path.write_bytes(make_pdf(document).data)
        else:
            write(document, path, repaired=changes)
    except Exception as error:
        sys.stdout.buffer.write(pickle.dumps(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1])))
