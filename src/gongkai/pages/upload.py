"""Taking files in: a file that is too large, or one too many, is dropped while it comes and fills no disk.

A view that takes files must be exempt from Django's own check of the form, which would read it before the limits stand,
and protect what comes after ``Taken``.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError


class Limits(NamedTuple):
    """Under which field files come, how many at once, and how many bytes each may have."""

    field: str
    files: int
    bytes: int


class TooMany(Exception):
    """More files came than are taken at once."""


class Broken(Exception):
    """What came is no form with files, or ended in the midst."""


class _Guard(FileUploadHandler):
    """Stands before the handlers that keep files, and notes in which order they came."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        self.came: list[tuple[str, bool]] = []
        """Of each file its name and whether it was small enough."""
        self._bytes = 0

    def new_file(self, *args: object, **options: object) -> None:
        super().new_file(*args, **options)
        self._bytes = 0
        if self.field_name == self._limits.field:
            self.came.append((str(self.file_name), True))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._bytes += len(raw_data)
        if self.field_name != self._limits.field or len(self.came) > self._limits.files:
            raise SkipFile
        if self._bytes > self._limits.bytes:
            self.came[-1] = (self.came[-1][0], False)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""


class Taken:
    """The files of one form, in the order in which they came. Raises ``TooMany`` and ``Broken``."""

    def __init__(self, request: HttpRequest, limits: Limits) -> None:
        guard = _Guard(limits)
        request.upload_handlers.insert(0, guard)
        try:
            self._files = request.FILES.getlist(limits.field)
        except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, OSError) as error:
            raise (TooMany if len(guard.came) > limits.files else Broken) from error
        self._came, self._most = guard.came, limits.files

    def files(self) -> Iterator[tuple[str, UploadedFile | None]]:
        """Each file with its name; ``None`` for one that was too large."""
        if len(self._came) > self._most:
            raise TooMany
        kept = iter(self._files)
        for name, small in self._came:
            yield name, next(kept) if small else None
