"""Files outside the database, in ``files/`` of the installation: sealed, each named by its hash and the key.

Whoever has the folder without the key learns not even whether it holds a file that he has.
"""

import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import InvalidToken

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.store.sealing import Sealer

FOLDER = "files"


class Files:
    """Keeps ``ports.Files``."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self.folder, self._sealer = folder / FOLDER, sealer

    def keep(self, data: bytes) -> str:
        """Keep a file: it stands there whole, and on the disk, or not at all."""
        hash = hashlib.sha256(data).hexdigest()
        path = self._path(hash)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(self._sealer.seal_bytes(data))
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
            _settle(path.parent)
        return hash

    def holds(self, hash: str) -> bool:
        """Whether a file of this hash was kept."""
        return self._path(hash).exists()

    def read(self, hash: str) -> bytes:
        """The bytes of a hash. Raises ``Refused`` where they are not there, or are others."""
        try:
            data = self._sealer.open_bytes(self._path(hash).read_bytes())
        except (OSError, InvalidToken) as error:
            raise Refused(message("attachment.lost")) from error
        if hashlib.sha256(data).hexdigest() != hash:
            raise Refused(message("attachment.lost"))
        return data

    def _path(self, hash: str) -> Path:
        name = self._sealer.name(hash)
        return self.folder / name[:2] / name


def _settle(folder: Path) -> None:
    """A name that is new in a folder is on the disk when the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
