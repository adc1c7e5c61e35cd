"""A file is written beside its place and put there whole; what is no file is never put away for it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from gongkai.core.message import message
from gongkai.documents.write.layout import Unwritable


def replaceable(path: Path) -> Path:
    """The file that a path names, where it is a link the one that it leads to; it need not be there yet.

    Raises ``Unwritable`` for whatever else stands there: a folder, a device, a pipe, a link that leads nowhere else.
    """
    file = Path(os.path.realpath(path))
    if os.path.lexists(file) and not file.is_file():
        raise Unwritable(message("writing.no-file", file=str(path)))
    return file


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a name to write to; what was written there takes the place of the file when the block ends well.

    Nothing is left of it else. Raises as ``replaceable`` does, before the block; ``OSError`` where it cannot be moved.
    """
    file = replaceable(path)
    draft = file.with_name(f".gongkai-{uuid4().hex}{file.suffix}")
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        with suppress(OSError):  # the draft was moved, or there is no folder that could hold it
            draft.unlink()
