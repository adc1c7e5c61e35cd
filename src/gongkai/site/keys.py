"""The key that signs sessions, in the installation's folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def session_key(folder: Path, *, make: bool = False) -> str:
    """The key of an installation; where it has none, one for this process alone, or with ``make`` one that stays."""
    file = folder / "keys" / "session.key"
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        key = secrets.token_urlsafe(48)
    if make:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.write(key)
    return key
