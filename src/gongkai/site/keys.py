"""The key that signs sessions, in the installation's folder, readable by its owner alone."""

import secrets
from pathlib import Path

from gongkai.store.keyfile import key_in


def session_key(folder: Path, *, make: bool = False) -> str:
    """The key of an installation; where it has none, one for this process alone, or with ``make`` one that stays."""
    file = folder / "keys" / "session.key"
    if make:
        return key_in(file, _new).decode("ascii")
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return _new().decode("ascii")


def _new() -> bytes:
    return secrets.token_urlsafe(48).encode()
