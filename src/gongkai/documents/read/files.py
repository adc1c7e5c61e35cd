"""Whether a path can be read at all; what is wrong is said with the file's name."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.core.message import message
from gongkai.documents.read.source import Unreadable


@contextmanager
def readable(path: Path, limit: int, too_large: str) -> Iterator[str]:
    """Within it the file is read; gives what messages call it.

    Args:
        path: the file.
        limit: bytes that it may have.
        too_large: the message for one with more.

    Raises:
        Unreadable: no such file, a folder or no file at all, no permission, too large, or the system fails to read.
    """
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(message("read.is-folder", file=name))
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(message("read.not-a-file", file=name))
        if status.st_size > limit:
            raise Unreadable(message(too_large, file=name, limit=limit >> 20))
        yield name
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Unreadable(message("read.missing", file=name)) from error
    except PermissionError as error:
        raise Unreadable(message("read.no-permission", file=name)) from error
    except OSError as error:
        raise Unreadable(message("read.failed", file=name, reason=error.strerror or str(error))) from error
