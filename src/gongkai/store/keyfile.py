"""The file of a key, made once: it stands there whole or not at all, whatever falls and whoever else makes it."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def key_in(file: Path, make: Callable[[], bytes]) -> bytes:
    """The key in a file, readable by its owner alone; where there is none it is made, and on the disk before it is
    used. Of two who make it at once, both get the same.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not file.exists():
        unfinished = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(make())
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(unfinished, file)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            unfinished.unlink()
        _settle(file.parent)
    return file.read_bytes()


def _settle(folder: Path) -> None:
    """A file's name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
