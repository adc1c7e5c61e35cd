"""Writes a report as DOCX, PDF, HTML, XLSX or JSON: the suffix of the file chooses."""

import os
from collections.abc import Sequence
from json import dumps
from pathlib import Path
from shlex import quote

from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.documents.write.layout import Made, Unwritable, lay_out
from gongkai.documents.write.replacing import replaceable, replacing

SUFFIXES = (".docx", ".pdf", ".html", ".xlsx", ".json")
EXTRAS = {"docx": "office", "xlsxwriter": "office", "typst": "pdf", "manimgx_fonts_cjk": "pdf"}
"""Modules that an installation may lack, and the extra of this package that brings them."""

__all__ = ["SUFFIXES", "Unwritable", "replaceable", "replacing", "write"]


def write(
    report: Report, path: Path, *, history: Sequence[Report] = (), repaired: Sequence[Change] = ()
) -> list[Message]:
    """Write ``report`` to ``path``, whole or not at all, and return warnings (a font or a character that is missing).

    ``history``: reports of other years, for charts over several years. ``repaired``: the changes that made this
    report from the one that was read; JSON lists them, DOCX and XLSX say in a comment at each figure what stood
    there, HTML in its title. Raises ``Unwritable`` with a message that names the file: a suffix nobody writes, an
    extra that is not installed, a folder that is not there, a name under which no file stands but something else.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Unwritable(message("writing.unknown-suffix", file=str(path), known=" ".join(SUFFIXES)))
    replaceable(path)
    try:
        made = _make(report, str(path), suffix, history, repaired)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        raise Unwritable(
            message("writing.extra-missing", file=str(path), suffix=suffix, module=str(error.name), extra=extra)
        ) from None
    try:
        with replacing(path) as draft:
            draft.write_bytes(made.data)
    except OSError as error:
        raise Unwritable(_refusal(path, error)) from None
    return list(made.warnings)


def _refusal(path: Path, error: OSError) -> Message:
    """Why the file could not be written, and what to do."""
    folder = str(path.parent)
    if isinstance(error, FileNotFoundError) and not os.path.lexists(folder):
        return message("writing.no-folder", file=str(path), folder=folder, quoted=quote(folder))
    return message("writing.refused", file=str(path), reason=error.strerror or str(error))


def _make(report: Report, name: str, suffix: str, history: Sequence[Report], repaired: Sequence[Change]) -> Made:
    if suffix == ".json":
        from gongkai.documents.write.json import to_json

        text = dumps(to_json(report, changes=repaired), ensure_ascii=False, indent=1)
        return Made(f"{text}\n".encode())
    was = {change.cell: "" if change.before is None else str(change.before) for change in repaired}
    document = lay_out(report, history, was)
    if suffix == ".docx":
        from gongkai.documents.write.docx import make
    elif suffix == ".pdf":
        from gongkai.documents.write.pdf import make
    elif suffix == ".html":
        from gongkai.documents.write.html import make
    else:
        from gongkai.documents.write.xlsx import make
    return make(document, name)
