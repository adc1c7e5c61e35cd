"""Addresses of databases, and the clock of an installation: what is wrong is said, not raised."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.cli.terminal import Refused
from gongkai.site.now import now
from gongkai.site.settings import database


def test_an_address_and_its_options():
    found = database("postgresql://u%40x:p%2Fw@[::1]:5433/name?sslmode=verify-full&connect_timeout=3", Path())
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("::1", "5433", "name")
    assert (found["USER"], found["PASSWORD"]) == ("u@x", "p/w")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "connect_timeout": "3"}
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
