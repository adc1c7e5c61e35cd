"""Last year's reports beside this year's: paired by agency and year − 1."""

from collections.abc import Sequence
from pathlib import Path

from gongkai.cli.report.files import Files
from gongkai.core.tables.report import Report


class Previous:
    """Where each agency's report of each year is. Only paths are kept: a report is read again when it is needed."""

    def __init__(self, files: Files, paths: Sequence[str]) -> None:
        self._files = files
        self._paths: dict[tuple[str, int], Path] = {}
        for report in files.reports(paths):
            if report.agency and report.year:
                self._paths.setdefault((_key(report.agency), report.year), Path(report.source))

    def of(self, report: Report) -> Report | None:
        """Last year's report of the same agency, if it was among the files."""
        if not report.agency or not report.year:
            return None
        path = self._paths.get((_key(report.agency), report.year - 1))
        return self._files.read(path) if path else None


def _key(agency: str) -> str:
    return "".join(agency.split())
