"""Encrypts what stands outside the ledger, and makes the commitments by which the ledger can prove it.

The key lies in ``keys/outside.key`` of the installation's folder, readable by its owner alone. A backup without that
folder holds no name.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from gongkai.core.message import Message, message
from gongkai.services.ports import Commitments, Outside
from gongkai.store.keyfile import key_in


class WrongKey(Exception):
    """The key is none, is gone, or opens nothing of what was sealed. ``message`` is for who runs the system: this is no
    refusal (``Told``), which a page would tell to whoever filled in its form.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


class Sealer:
    """Seals and opens with the key of an installation, made where there is none."""

    def __init__(self, folder: Path, sealed: Callable[[], Iterable[bytes]] = tuple) -> None:
        """``sealed`` gives some of what was sealed before, by which the key is judged at its first use."""
        self.folder = folder
        self._file = folder / "keys" / "outside.key"
        self._sealed = sealed

    def judge(self) -> None:
        """Raises ``WrongKey`` for a key that is none or opens nothing of what was sealed, and where it is gone although
        something was. Makes none.
        """
        before = list(self._sealed())
        try:
            if self._file.exists():
                fernet = Fernet(self._file.read_bytes())
                if before and not any(_opens(fernet, each) for each in before):
                    raise ValueError("another key sealed this")
                return
        except (OSError, ValueError) as error:
            raise WrongKey(message("ledger.bad-key")) from error
        if before:
            raise WrongKey(message("ledger.no-key"))

    @cached_property
    def _fernet(self) -> Fernet:
        """Raises ``WrongKey``."""
        self.judge()
        return Fernet(key_in(self._file, Fernet.generate_key))

    def seal(self, outside: Outside) -> tuple[bytes, Commitments]:
        """The encrypted text, and salted hashes of its two parts. The salts are sealed with them."""
        texts = (outside.name, outside.subject)
        salts = [new_salt(), new_salt()]
        hashes = [commitment(salt, text) for salt, text in zip(salts, texts, strict=True)]
        return self.pack([*texts, *salts, dict(outside.details)]), Commitments(*hashes)

    def open(self, sealed: bytes) -> Outside:
        """What was sealed. Raises ``cryptography.fernet.InvalidToken`` for another key or changed bytes."""
        name, subject, _, _, *details = self.unpack(sealed)
        return Outside(name, subject, *details)

    def pack(self, plain: object) -> bytes:
        """Plain values of JSON, encrypted."""
        return self.seal_bytes(json.dumps(plain, ensure_ascii=False).encode())

    def unpack(self, sealed: bytes) -> Any:
        """What was packed. Raises as ``open`` does."""
        return json.loads(self.open_bytes(sealed))

    def seal_bytes(self, plain: bytes) -> bytes:
        """A file, encrypted."""
        return self._fernet.encrypt(plain)

    def open_bytes(self, sealed: bytes) -> bytes:
        """The file that was sealed. Raises as ``open`` does."""
        return self._fernet.decrypt(sealed)

    def opens(self, sealed: bytes) -> bool:
        """Whether it was sealed with this key and is whole."""
        return _opens(self._fernet, sealed)

    def name(self, hash: str) -> str:
        """A name for what has this hash, which tells nothing to whoever has no key."""
        assert self._fernet  # the key is there, and judged
        return hmac.digest(self._file.read_bytes(), hash.encode(), "sha256").hex()

    def code_hash(self, label: str, *parts: str) -> str:
        """A hash by which a code is known that somebody types, so short that a bare hash of it could be searched for
        in a stolen database. Its key is derived from that of the installation; ``label`` says for what it stands.
        """
        assert self._fernet  # as above
        key = hmac.digest(self._file.read_bytes(), label.encode(), "sha256")
        return hmac.digest(key, json.dumps(parts).encode(), "sha256").hex()


def _opens(fernet: Fernet, sealed: bytes) -> bool:
    try:
        fernet.decrypt(sealed)
    except InvalidToken:
        return False
    return True


def new_salt() -> str:
    """So much chance that nobody guesses a text from its hash."""
    return secrets.token_hex(16)


def commitment(salt: str, text: str | None) -> str | None:
    """The salted hash of a text; none of none."""
    return None if text is None else hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
