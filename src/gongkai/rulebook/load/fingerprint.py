"""One hash over the law as data: with it a published figure can be made again by the rules that held then."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cn"


@cache
def fingerprint() -> str:
    """The SHA-256 of every file below ``rulebook/cn``, by its path, sorted."""
    whole = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*.toml")):
        whole.update(f"{file.relative_to(FOLDER).as_posix()}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()
