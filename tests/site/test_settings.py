"""Addresses of databases, and the clock of an installation: what is wrong is said, not raised."""

import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.cli.terminal import Refused
from gongkai.site import settings
from gongkai.site.now import now
from gongkai.site.settings import database


def test_an_address_and_its_options():
    found = database("postgresql://u%40x:p%2Fw@[::1]:5433/name?sslmode=verify-full&connect_timeout=3", Path())
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("::1", "5433", "name")
    assert (found["USER"], found["PASSWORD"]) == ("u@x", "p/w")
    assert found["OPTIONS"].items() >= {"sslmode": "verify-full", "connect_timeout": "3"}.items()
    assert database("postgresql://u@/name?host=/run/socket", Path())["HOST"] == "/run/socket"


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://u@h/x", "postgresql://[x/y", "postgresql://h:port/x", "postgresql://h"]
)
def test_what_is_no_address(url):
    with pytest.raises(Refused) as refused:
        database(url, Path())
    assert refused.value.message.id == "terminal.site.bad-database-url"


@pytest.mark.parametrize("text", ["gestern", "2024-01-01T00:00:00", "@/no/such/file", "0001-01-01T00:00:00+08:00"])
def test_a_clock_that_is_set_wrong(monkeypatch, text):
    monkeypatch.setenv("GONGKAI_NOW", text)
    with pytest.raises(Refused) as refused:
        now()
    assert refused.value.message.id == "terminal.site.bad-now"


def test_a_clock_read_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "now").write_text("2024-03-04T10:00:00+08:00\n", "utf-8")
    monkeypatch.setenv("GONGKAI_NOW", f"@{tmp_path / 'now'}")
    assert now() == datetime(2024, 3, 4, 2, tzinfo=UTC)


COOKIES = ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY")


@pytest.mark.parametrize(("base", "secure"), [("https://gk.example.org", True), ("http://127.0.0.1:8000", False)])
def test_cookies_are_for_this_site_and_no_script(monkeypatch, base, secure):
    """Without https a secure cookie would never come back: then, on one machine, it goes without."""
    monkeypatch.setenv("GONGKAI_BASE_URL", base)
    found = runpy.run_path(settings.__file__)
    assert [found[name] for name in COOKIES] == [secure, True, secure, True]
    assert found["SESSION_COOKIE_SAMESITE"] == found["CSRF_COOKIE_SAMESITE"] == "Lax"


def test_a_number_that_is_none(monkeypatch):
    monkeypatch.setenv("GONGKAI_IDLE_MINUTES", "lang")
    with pytest.raises(Refused) as refused:
        settings.number("GONGKAI_IDLE_MINUTES", 30)
    assert refused.value.message.id == "terminal.site.bad-number"
    monkeypatch.setenv("GONGKAI_IDLE_MINUTES", "5")
    assert settings.number("GONGKAI_IDLE_MINUTES", 30) == 5
