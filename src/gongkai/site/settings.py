"""Django's settings, from the environment. ``GONGKAI_DATA`` is the folder that holds all of an installation."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.cli.installation import data_folder

DATA = data_folder()
DATABASE_URL = os.environ.get("GONGKAI_DATABASE_URL", "")
CHAIN_HASH = os.environ.get("GONGKAI_CHAIN_HASH") or "sha256"


def database(url: str, folder: Path) -> dict[str, object]:
    """PostgreSQL where an address is given (``postgresql://user@host/name?host=SOCKET``), else SQLite in the
    installation's folder.

    SQLite with write-ahead log and full synchronisation: what was acknowledged survives a power cut. A writer takes its
    lock when it begins, so that two acts at once wait for each other instead of failing.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "gongkai.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"GONGKAI_DATABASE_URL: postgresql://… expected, not {parts.scheme}://…")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
    }


DATABASES = {"default": database(DATABASE_URL, DATA)}
INSTALLED_APPS = ["gongkai.store.apps.StoreConfig"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
