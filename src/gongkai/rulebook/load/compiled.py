"""Keeps what was made of rulebook files between runs, so that a command does not parse them each time it starts.

TOML is read by a parser in Python: some 80 ms for forms, words and messages, half of a small check. What was made of
the files is kept in the user's cache folder under a name that changes with every file, the program's version and
Python's; it may be deleted at any time.
"""

import contextlib
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar, cast

from gongkai import __version__

Made = TypeVar("Made")


def compiled(name: str, files: Iterable[Path], make: Callable[[], Made]) -> Made:
    """What ``make()`` gives for ``files``: from the cache where they are unchanged, else made and kept.

    A cache that cannot be written, or that others could write, is passed over: then it is made each time.
    """
    folder = _folder()
    if folder is None:
        return make()
    kept = folder / f"{name}-{_stamp(files)}.pickle"
    with contextlib.suppress(OSError, ValueError, EOFError, AttributeError, ImportError, pickle.UnpicklingError):
        return cast(Made, pickle.loads(kept.read_bytes()))
    made = make()
    import tempfile  # only here: a start that finds its cache must not pay for it

    with contextlib.suppress(OSError):
        for old in folder.glob(f"{name}-*.pickle"):
            old.unlink(missing_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
        Path(temporary).replace(kept)
    return made


def _folder() -> Path | None:
    """The user's own cache folder; ``None`` where somebody else may write into it, since a pickle is trusted."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(base) if base else Path.home() / ".cache") / "gongkai"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = folder.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None
    return folder


def _stamp(files: Iterable[Path]) -> str:
    facts = [__version__, sys.implementation.cache_tag or ""]
    for file in sorted(files):
        status = file.stat()
        facts.append(f"{file.name}:{status.st_size}:{status.st_mtime_ns}")
    return f"{_fnv('|'.join(facts)):016x}"


def _fnv(text: str) -> int:
    """FNV-1a: names a cache file without the cost of importing hashlib; nothing is secured by it."""
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value
