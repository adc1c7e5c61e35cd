"""Writing one report to the file that a command names."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.cli.report.files import Files, is_folder, present, unforeseen
from gongkai.cli.report.previous import same_agency
from gongkai.cli.terminal import Refused
from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report


def target(name: str, kind: str = "docx") -> Path:
    """The file to write. Raises ``Refused`` for an empty name and for a folder, ``Unwritable`` for a device
    or a pipe, before any work is done.

    ``kind`` is the suffix of the name that is proposed for a file in that folder.
    """
    if not name:
        raise Refused(message("terminal.empty-path"))
    from gongkai.documents.write import replaceable

    path = Path(name)
    if is_folder(path):
        raise Refused(message("terminal.output-is-folder", file=name, within=str(path / f"report.{kind}")))
    replaceable(path)
    return path


def save(
    report: Report,
    output: Path,
    history: Sequence[Report] = (),
    changes: Sequence[Change] = (),
    *,
    sources: Iterable[str],
) -> list[Message]:
    """Write the report; an existing file is replaced, as ``cp`` does, but never one that it was made from.

    Returns warnings (a missing font …). Raises ``Refused`` where nothing could be written.
    """
    from gongkai.documents.write import Unwritable, write

    for source in sources:
        if _same(output, source):
            raise Refused(message("terminal.output-is-source", file=str(output)))
    try:
        return write(report, output, history=history, repaired=changes)
    except Unwritable as error:
        raise Refused(error.message) from error
    except Exception as error:
        raise Refused(unforeseen(error, str(output))) from error


def _same(output: Path, source: str) -> bool:
    try:
        return output.samefile(source)
    except OSError:  # no such file yet, or none that can be: writing will say so
        return False


def other_years(files: Files, paths: Sequence[str], report: Report) -> list[Report]:
    """Reports of other years of the same agency, oldest first, for the charts of several years.

    Folders are searched for them; a file that was named and is none of them is named on stderr. Raises ``Refused`` for
    a path that leads nowhere.
    """
    present(paths)
    years: dict[int, Report] = {}
    for other in files.reports(paths):
        if not other.year or other.year == report.year or not same_agency(other, report):
            if other.source in paths:
                files.say(message("terminal.no-other-year", file=other.source))
        elif first := years.get(other.year):
            files.say(message("terminal.same-year", file=other.source, other=first.source))
        else:
            years[other.year] = other
    return [other for _, other in sorted(years.items())]
