"""Django's settings, from the environment. ``GONGKAI_DATA`` is the folder that holds all of an installation."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from gongkai.cli.installation import data_folder
from gongkai.cli.terminal import Refused
from gongkai.core.message import message

DATA = data_folder()
DATABASE_URL = os.environ.get("GONGKAI_DATABASE_URL", "")
CHAIN_HASH = os.environ.get("GONGKAI_CHAIN_HASH") or "sha256"


def database(url: str, folder: Path) -> dict[str, object]:
    """PostgreSQL where an address is given (``postgresql://user@host/name?host=SOCKET``, other options as libpq
    names them: ``sslmode=verify-full``), else SQLite in the installation's folder.

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
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
            },
        }
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError as error:
        raise Refused(message("terminal.site.bad-database-url")) from error
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise Refused(message("terminal.site.bad-database-url"))
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or host,
        "PORT": port,
        "OPTIONS": options,
    }


DATABASES = {"default": database(DATABASE_URL, DATA)}
INSTALLED_APPS = ["gongkai.store.apps.StoreConfig"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
