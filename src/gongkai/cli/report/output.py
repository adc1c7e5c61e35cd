"""Writing one report to the file that a command names."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from gongkai.cli.report.files import Files, unexpected
from gongkai.cli.terminal import Refused
from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report


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
        if output.exists() and output.samefile(source):
            raise Refused(message("terminal.output-is-source", file=str(output)))
    try:
        return write(report, output, history=history, repaired=changes)
    except Unwritable as error:
        raise Refused(error.message) from error
    except Exception as error:
        raise Refused(unexpected(error, str(output))) from error


def other_years(files: Files, paths: Sequence[str], report: Report) -> list[Report]:
    """Reports of other years of the same agency, oldest first, for the charts of several years."""
    years = {
        other.year: other
        for other in files.reports(paths)
        if other.year and other.year != report.year and other.agency == report.agency
    }
    return [other for _, other in sorted(years.items())]
