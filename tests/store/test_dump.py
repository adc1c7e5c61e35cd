"""Every table out and back, from either engine into either: the same rows, of one moment, whole or not at all."""

import io
import threading
from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection, connections
from tests.databases import vacant
from tests.faults.whole import half_done
from tests.services.publishing import Office
from tests.services.test_perform import RULES, START

from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN
from gongkai.services.request.receive import FileRequest
from gongkai.store import models
from gongkai.store.dump import Unfit, dump, loading

ENGINES = ("sqlite", "postgresql")


@pytest.fixture
def lived(ledgers):
    """An office with a request and an item, published and withdrawn."""
    office = Office(ledgers)
    file(office)
    number = office.published(title="“引号”\n第二行 \\ \u2028 𠮷")
    office.withdraw(number)
    office.published()
    return office


def file(office):
    command = FileRequest(office.id, "natural_person", "申请人甲", "低保名单")
    return perform(office.ledgers, CITIZEN, "file_request", command, rules=RULES, now=START)


def dumped():
    """The manifest and the lines of each table."""
    tables = {}
    manifest = dump(lambda table, lines: tables.update({table: b"".join(lines)}))
    return manifest, tables


def loaded(manifest, tables):
    with loading(manifest, lambda table: io.BytesIO(tables[table])):
        pass


def rows():
    """Everything in the tables, as Django reads it."""
    from django.apps import apps

    return {
        model._meta.db_table: sorted(str(list(map(_plain, row))) for row in model.objects.values_list())
        for model in apps.get_models()
        if model._meta.db_table != "django_session"
    }


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.parametrize("into", ENGINES)
def test_what_cannot_be_loaded_leaves_the_database_empty(lived, tmp_path, into):
    manifest, tables = dumped()
    entries = manifest["tables"]["gongkai_entry"]
    item = tables["gongkai_item"]
    with vacant(into, tmp_path / "vacant"):
        for told in ({**entries, "rows": 99}, {**entries, "columns": ["id"]}, None, {}):
            broken = {**manifest, "tables": {**manifest["tables"], "gongkai_entry": told}}
            with pytest.raises(Unfit, match="damaged"):
                loaded(broken, tables)
            assert connection.introspection.table_names() == []
        with pytest.raises(Unfit, match="damaged"):
            loaded({**manifest, "migrations": {}}, tables)
        assert connection.introspection.table_names() == []
        for changed in (
            {"gongkai_item": item.replace(b"\n", b"!\n")},
            {"gongkai_item": item.replace(b'"2026-', b'"2O26-')},
            {"gongkai_item": item.splitlines(keepends=True)[0] * 2},
            {"gongkai_item": item.replace(lived.id.encode(), b"nobody")},
            {"gongkai_standing": b""},
        ):
            with pytest.raises(Unfit, match="damaged"):
                loaded(manifest, tables | changed)
            assert connection.introspection.table_names() == []
        with pytest.raises(OSError), loading(manifest, lambda table: io.BytesIO(tables[table])):
            raise OSError
        assert connection.introspection.table_names() == []
        loaded(manifest, tables)
        assert models.Item.objects.count() == 2


@pytest.mark.parametrize("into", ENGINES)
def test_what_comes_back_is_what_was_there(lived, tmp_path, into):
    before, (manifest, tables) = rows(), dumped()
    assert manifest["tables"]["gongkai_item"]["rows"] == 2 and "django_session" not in tables
    with vacant(into, tmp_path / "vacant"):
        loaded(manifest, tables)
        assert rows() == before
        call_command("migrate", verbosity=0)
        assert half_done(lived.ledgers, RULES) == []
        # New rows get new ids, and the ledger is as closed as before.
        assert file(lived)["number"] == "2026-0002"
        with pytest.raises(Exception, match="append-only"):
            models.Entry.objects.update(number="x")
        with pytest.raises(Unfit, match="not-empty"):
            loaded(manifest, tables)


def dumped_while_filing(office):
    """A request is filed between each table and the next."""
    tables = {}

    def elsewhere():
        file(office)
        connections.close_all()

    def write(table, lines):
        tables[table] = b"".join(lines)
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

    return dump(write), tables


def test_a_dump_under_load_is_of_one_moment(lived, tmp_path):
    manifest, tables = dumped_while_filing(lived)
    assert models.Standing.objects.count() == 1 + len(tables)
    with vacant(connection.vendor, tmp_path / "vacant"):
        loaded(manifest, tables)
        assert models.Standing.objects.count() == 1
        assert half_done(lived.ledgers, RULES) == []


def test_without_the_guard_a_dump_would_be_of_many_moments(lived, tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.store.dump._one_moment", nullcontext)
    manifest, tables = dumped_while_filing(lived)
    with vacant(connection.vendor, tmp_path / "vacant"):
        loaded(manifest, tables)
        assert half_done(lived.ledgers, RULES)


@pytest.mark.parametrize("vendor", ENGINES)
def test_what_an_older_version_wrote_is_brought_up_to_date(tmp_path, vendor):
    with vacant(vendor, tmp_path / "old"):
        call_command("migrate", "gongkai", "0004", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO gongkai_agency VALUES ('a', '云岭县民政局', 'sha256')")
            columns = "agency_id, kind, number, version, sealed"
            cursor.execute(f"INSERT INTO gongkai_draft ({columns}) VALUES ('a', 'item', '1', 1, %s)", [b"x"])
        manifest, tables = dumped()
    assert "writers" not in manifest["tables"]["gongkai_draft"]["columns"]
    with vacant(vendor, tmp_path / "new"):
        loaded(manifest, tables)
        call_command("migrate", verbosity=0)
        assert models.Draft.objects.get(agency__name="云岭县民政局").writers == []


def test_what_a_newer_version_dumped_is_refused(lived, tmp_path):
    manifest, tables = dumped()
    with vacant(connection.vendor, tmp_path / "vacant"):
        later = {**manifest, "migrations": {**manifest["migrations"], "gongkai": "9999_later"}}
        with pytest.raises(Unfit, match="newer"):
            loaded(later, tables)
        assert connection.introspection.table_names() == []
