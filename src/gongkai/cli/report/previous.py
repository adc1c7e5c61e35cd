"""Last year's reports beside this year's: paired by agency and year − 1."""

from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.report.files import Files, present
from gongkai.core.message import message
from gongkai.core.tables.report import Report


class Previous:
    """Where each agency's reports of each year are. Only paths are kept: a report is read again when it is needed.

    Raises ``Refused`` for a path that leads nowhere.
    """

    def __init__(self, files: Files, paths: Sequence[str]) -> None:
        present(paths)
        self._files = files
        self._paths: dict[tuple[str, int], list[Path]] = {}
        for report in files.reports(paths):
            if report.agency and report.year:
                self._paths.setdefault((_key(report.agency), report.year), []).append(Path(report.source))

    def of(self, report: Report) -> Report | None:
        """Last year's report of the same agency, if it was among the files; the first of several, which is said."""
        if not report.agency or not report.year:
            return None
        first, *others = self._paths.get((_key(report.agency), report.year - 1), [None])
        for other in others:
            self._files.say(message("terminal.same-year", file=str(other), other=str(first)))
        return self._files.read(first) if first else None


def same_agency(one: Report, other: Report) -> bool:
    """Whether two reports name the same agency, blanks in its name apart."""
    return bool(one.agency and other.agency) and _key(one.agency or "") == _key(other.agency or "")


def _key(agency: str) -> str:
    return "".join(agency.split())
