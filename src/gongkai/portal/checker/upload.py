"""Taking files in: a file that is too large, or one too many, is dropped while it comes and fills no disk."""

from collections.abc import Iterator

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

FIELD = "reports"
FILES = 20
"""So many files at once: a county's bureaus, or the years of one of them."""
BYTES = 20 * 2**20
"""Of one file. Published reports have 10 kB to 5 MB; with photographs some have more."""


class TooMany(Exception):
    """More than ``FILES`` files came."""


class Broken(Exception):
    """What came is no form with files, or ended in the midst."""


class _Limits(FileUploadHandler):
    """Stands before the handlers that keep files, and notes in which order they came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[str, bool]] = []
        """Of each file its name and whether it was small enough."""
        self._bytes = 0

    def new_file(self, *args: object, **options: object) -> None:
        super().new_file(*args, **options)
        self._bytes = 0
        if self.field_name == FIELD:
            self.came.append((str(self.file_name), True))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._bytes += len(raw_data)
        if self.field_name != FIELD or len(self.came) > FILES:
            raise SkipFile
        if self._bytes > BYTES:
            self.came[-1] = (self.came[-1][0], False)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one keep the file."""


class Taken:
    """The files of one form, in the order in which they came. Raises ``TooMany`` and ``Broken``."""

    def __init__(self, request: HttpRequest) -> None:
        limits = _Limits()
        request.upload_handlers.insert(0, limits)
        try:
            self._files = request.FILES.getlist(FIELD)
        except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, OSError) as error:
            raise (TooMany if len(limits.came) > FILES else Broken) from error
        self._came = limits.came

    def files(self) -> Iterator[tuple[str, UploadedFile | None]]:
        """Each file with its name; ``None`` for one that was too large."""
        if len(self._came) > FILES:
            raise TooMany
        kept = iter(self._files)
        for name, small in self._came:
            yield name, next(kept) if small else None
