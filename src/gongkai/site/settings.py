"""Django's settings, from the environment. ``GONGKAI_DATA`` is the folder that holds all of an installation."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF

from gongkai.cli.installation import data_folder
from gongkai.cli.terminal import Refused
from gongkai.core.message import message
from gongkai.site.keys import session_key

DATA = data_folder()
DATABASE_URL = os.environ.get("GONGKAI_DATABASE_URL", "")
SMTP_URL = os.environ.get("GONGKAI_SMTP_URL", "")
CHAIN_HASH = os.environ.get("GONGKAI_CHAIN_HASH") or "sha256"


def database(url: str, folder: Path) -> dict[str, object]:
    """PostgreSQL where an address is given (``postgresql://user@host/name?host=SOCKET``, other options as libpq
    names them: ``sslmode=verify-full``), else SQLite in the installation's folder.

    SQLite with write-ahead log and full synchronisation: what was acknowledged survives a power cut. A writer takes its
    lock when it begins, so that two acts at once wait for each other instead of failing. A thread of the server keeps
    its connection: to open one takes longer than to answer most pages.
    """
    kept = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if not url:
        return {
            **kept,
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
        **kept,
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or host,
        "PORT": port,
        "OPTIONS": {**PREPARED, **options},
    }


PREPARED = {"server_side_binding": True, "prepare_threshold": 3}
"""PostgreSQL plans a statement once and not for every page, which takes it longer than to answer."""


def number(name: str, default: int) -> int:
    """A whole number of the environment, 0 or more. Raises ``Refused``."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise Refused(message("terminal.site.bad-number", name=name, found=text))
    return int(text)


DATABASES = {"default": database(DATABASE_URL, DATA)}
INSTALLED_APPS = [
    "gongkai.store.apps.StoreConfig",
    "gongkai.pages.apps.PagesConfig",
    "gongkai.portal.apps.PortalConfig",
    "gongkai.desk.apps.DeskConfig",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]

# The web.

SECRET_KEY = session_key(DATA)
ROOT_URLCONF = "gongkai.site.urls"
WSGI_APPLICATION = "gongkai.site.wsgi.application"
BASE_URL = os.environ.get("GONGKAI_BASE_URL", "")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *filter(None, [urlsplit(BASE_URL).hostname])]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
_SECURE = BASE_URL.startswith("https:")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "gongkai.site.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE = 60 * number("GONGKAI_IDLE_MINUTES", 30)
PROXIES = number("GONGKAI_PROXIES", 0)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("login", "name"), "max_similarity": 0.5}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.site.middleware.preferences",
    "gongkai.site.middleware.addressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongkai.site.middleware.installed",
    "gongkai.site.middleware.told",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 << 20
"""The longest text that a form takes comes through: a character of it is sent as at most twelve bytes."""
CSRF_FAILURE_VIEW = "gongkai.site.errors.forged"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"where": {"()": "gongkai.site.errors.Where"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "where"}},
    "loggers": {"django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
TEMPLATES = [
    {
        "BACKEND": "gongkai.site.templates.Templates",
        "DIRS": [Path(__file__).parents[1] / part / "templates" for part in ("pages", "portal", "desk")],
        "OPTIONS": {
            "environment": "gongkai.site.templates.environment",
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
