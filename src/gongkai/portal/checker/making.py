"""A corrected report as the bytes of a file."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.documents.write import Unwritable
from gongkai.pages.apart import Later, write_report

FORMATS = ("docx", "pdf", "xlsx", "html")


def make(folder: Path, report: Report, kind: str, changes: Sequence[Change]) -> bytes | Message:
    """The file in one of ``FORMATS``, or why it cannot be made; nothing of it stays in the folder. Raises ``Later``."""
    with TemporaryDirectory(dir=folder) as draft:
        path = Path(draft) / f"report.{kind}"
        try:
            write_report(report, path, changes, sent=True)
        except Unwritable as error:
            return Message(error.message.id, {**error.message.params, "file": path.name})
        except Later:
            raise
        except Exception as error:  # Characters that a format cannot hold, a fault of ours: told, as reading tells it.
            return message("checker.unwritable", kind=type(error).__name__)
        return path.read_bytes()
