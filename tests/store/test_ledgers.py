"""The ledgers in the database, on SQLite and PostgreSQL: append-only, chained, people apart and erasable."""

import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import first_break, text_of
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.services.ports import New, Outside
from gongkai.store import models
from gongkai.store.rows import entry_row
from gongkai.store.sealing import commitment

THING = Thing("request", "甲1")
NOW = datetime(2024, 3, 4, 1, tzinfo=UTC)
RECEIVED = events.Received(date(2024, 3, 4), "natural_person", "online")


def append(ledgers, *new, name="云岭县民政局"):
    with ledgers.unit() as unit:
        agency = unit.agency(name)
        return agency, unit.append(agency, list(new))


def test_what_was_appended_comes_back(ledgers):
    later = NOW + timedelta(days=3, microseconds=7)
    agency, appended = append(
        ledgers,
        New(THING, RECEIVED, NOW),
        New(THING, events.Replied(date(2024, 3, 6), "granted"), later, NOW),
    )
    assert [entry.sequence for entry in appended] == [1, 2]
    assert list(ledgers.entries(agency)) == ledgers.history(agency, THING) == appended
    assert ledgers.last_recorded(agency) == later
    assert ledgers.agencies() == [agency]
    assert ledgers.agency("云岭县民政局") == agency
    assert ledgers.agency("别处") is None
    assert first_break(ledgers.links(agency)) is None


def test_a_day_is_known_by_its_end_in_china(ledgers):
    midnight = datetime(2024, 3, 4, 16, tzinfo=UTC)
    agency, _ = append(
        ledgers,
        New(THING, RECEIVED, midnight - timedelta(microseconds=1)),
        New(THING, events.Withdrawn(date(2024, 3, 5)), midnight),
    )
    assert len(list(ledgers.entries(agency, date(2024, 3, 4)))) == 1
    assert len(list(ledgers.entries(agency, date(2024, 3, 5)))) == 2


def test_the_database_refuses_to_change_or_delete_an_entry(ledgers):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    before = list(ledgers.links(agency))
    statements = [
        "UPDATE gongkai_entry SET text = 'x'",
        "UPDATE gongkai_entry SET recorded = recorded",
        "DELETE FROM gongkai_entry",
    ]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE gongkai_entry CASCADE")
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.Entry.objects.all().delete()
    assert list(ledgers.links(agency)) == before


def test_without_the_guard_the_database_would_take_it(ledgers):
    """The test above can fail: with the triggers gone the same statement goes through, and the chain tells."""
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    with connection.cursor() as cursor:
        table = " ON gongkai_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER entry_never_changes{table}")
        cursor.execute("UPDATE gongkai_entry SET text = replace(text, '2024', '2023')")
    assert first_break(ledgers.links(agency)) == 1


def overwritten(ledgers, *statements):
    """What an administrator can do with the triggers gone."""
    with connection.cursor() as cursor:
        for name, table in (("entry_never_changes", "gongkai_entry"), ("agency_never_changes", "gongkai_agency")):
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
        for statement in statements:
            cursor.execute(statement)


REPLACED = """INSERT OR REPLACE INTO gongkai_entry (id, sequence, kind, number, recorded, text, hash, agency_id)
    SELECT {id}, sequence, kind, number, recorded, replace(text, '2024', '2023'), hash, agency_id FROM gongkai_entry"""


@pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statement",
    [
        REPLACED.format(id="id"),
        REPLACED.format(id="id + 100"),
        "INSERT OR REPLACE INTO gongkai_agency (id, name, algorithm) SELECT id, 'x', algorithm FROM gongkai_agency",
        "INSERT OR REPLACE INTO gongkai_agency (id, name, algorithm) SELECT 'x', name, algorithm FROM gongkai_agency",
        "UPDATE OR REPLACE gongkai_agency SET name = '云岭县民政局'",
    ],
)
def test_nothing_is_replaced_on_sqlite(ledgers, recursive, statement):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    before = list(ledgers.links(agency))
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA recursive_triggers").fetchone() == (1,)
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
        cursor.execute("PRAGMA foreign_keys=OFF")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(ledgers.links(agency)) == before and ledgers.agencies() == [agency]


def test_the_database_refuses_to_change_or_delete_an_agency(ledgers):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    statements = [
        "UPDATE gongkai_agency SET name = 'x'",
        "UPDATE gongkai_agency SET id = 'x'",
        "UPDATE gongkai_agency SET algorithm = 'sm3'",
        "DELETE FROM gongkai_agency",
    ]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE gongkai_agency CASCADE")
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert ledgers.agencies() == [agency]


def named(called, kind="agency"):
    """An entry that calls the agency so, as another than ``Unit.append`` would write it: the name does not follow."""
    agency = models.Agency.objects.get(name="云岭县民政局")
    last = models.Entry.objects.filter(agency=agency).count()
    entry = Entry(agency.id, last + 1, Thing(kind, agency.id), events.AgencyNamed(date(2024, 3, 5), called), NOW)
    entry_row(entry, text_of(entry), "0" * 64).save()


def test_an_agency_is_called_as_the_newest_naming_of_its_ledger_says_and_not_otherwise(ledgers):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    other, _ = append(ledgers, New(THING, RECEIVED, NOW), name="云岭县水务局")
    of_it = f"WHERE id = '{agency.id}'"
    named("云岭县第一局")
    named("云岭县第二局")
    named("云岭县第三局", kind="request")
    changed = events.AccessChanged(date(2024, 3, 6), "wang", "ended")
    append(ledgers, New(Thing("agency", agency.id), changed, NOW))
    for change in (
        *(f"name = '{name}' {of_it}" for name in ("云岭县第一局", "云岭县第三局", "云岭县民政局", "x", other.name)),
        f"name = '云岭县第二局' WHERE id = '{other.id}'",
        *(f"name = '云岭县第二局', {column} {of_it}" for column in ("id = 'x'", "algorithm = 'sm3'")),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE gongkai_agency SET {change}")
    assert {*ledgers.agencies()} == {agency, other}
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE gongkai_agency SET name = '云岭县第二局' {of_it}")
    assert ledgers.agency("云岭县第二局").id == agency.id
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE gongkai_agency SET name = '云岭县民政局' {of_it}")


@pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)
@pytest.mark.parametrize("called", ["云岭县水务局", "云岭县第一局"])
@pytest.mark.parametrize("change", ["name = '{}'", "name = '{}', rowid = 2", "rowid = 2"])
def test_no_name_pushes_another_agency_out_on_sqlite(ledgers, called, change):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    other, _ = append(ledgers, New(THING, RECEIVED, NOW), name="云岭县水务局")
    named(called)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA recursive_triggers=OFF")
        with suppress(DatabaseError), transaction.atomic():
            cursor.execute(f"UPDATE OR REPLACE gongkai_agency SET {change.format(called)} WHERE id = '{agency.id}'")
    free = (called, change) == ("云岭县第一局", "name = '{}'")
    assert ledgers.agencies() == sorted(
        [agency._replace(name=called) if free else agency, other], key=attrgetter("name")
    )


def test_a_naming_that_was_appended_is_the_name_from_then_on(ledgers):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    append(ledgers, New(THING, RECEIVED, NOW), name="云岭县水务局")
    thing = Thing("agency", agency.id)

    def call(*names):
        with ledgers.unit() as unit:
            told = [New(thing, events.AgencyNamed(date(2024, 3, 5), name), NOW) for name in names]
            unit.append(unit.own(agency.id), told)
            return unit.own(agency.id).name

    assert call("云岭县民政局", "云岭县民生局") == "云岭县民生局"
    assert ledgers.agency("云岭县民生局").id == agency.id and ledgers.renamed() == {"云岭县民政局": "云岭县民生局"}
    with pytest.raises(Refused, match="name-taken"):
        call("云岭县水务局")
    assert len(ledgers.history(agency, thing)) == 2 and ledgers.agency("云岭县民生局").id == agency.id
    append(ledgers, New(THING, RECEIVED, NOW), name="云岭县民政局")
    assert ledgers.renamed() == {}


@pytest.mark.parametrize("change", ["recorded = '2001-01-01 00:00:00Z'", "number = 'X'", "kind = 'item'"])
def test_a_changed_column_breaks_the_chain_and_tells_nothing_else(ledgers, change):
    agency, appended = append(ledgers, New(THING, RECEIVED, NOW))
    overwritten(ledgers, f"UPDATE gongkai_entry SET {change}")
    assert first_break(ledgers.links(agency)) == 1
    assert list(ledgers.entries(agency)) == appended
    assert list(ledgers.entries(agency, date(2002, 1, 1))) == []
    assert ledgers.last_recorded(agency) == NOW


def test_recorded_never_decreases(ledgers):
    append(ledgers, New(THING, RECEIVED, NOW))
    overtaken = New(THING, events.Withdrawn(date(2024, 3, 5)), NOW - timedelta(seconds=1), NOW - timedelta(1))
    agency, (entry,) = append(ledgers, overtaken)
    assert (entry.recorded, entry.claimed_recorded) == (NOW, NOW - timedelta(1))
    assert first_break(ledgers.links(agency)) is None


def test_an_installation_keeps_the_hash_with_which_it_began(ledgers):
    ledgers.algorithm = "sm3"
    first, _ = append(ledgers, New(THING, RECEIVED, NOW))
    ledgers.algorithm = "sha256"
    again, _ = append(ledgers, New(Thing("request", "甲2"), RECEIVED, NOW))
    other, _ = append(ledgers, New(THING, RECEIVED, NOW), name="别处")
    assert first == again and {first.algorithm, other.algorithm} == {"sm3"}
    assert first_break(ledgers.links(first), "sm3") is None


def test_a_thing_is_kept_once(ledgers):
    with ledgers.unit() as unit:
        unit.keep(unit.agency("云岭县民政局"), THING, Outside("某人", "某事"))
    with pytest.raises(Refused, match="kept-already"), ledgers.unit() as unit:
        unit.keep(unit.agency("云岭县民政局"), THING, Outside("某人", "某事"))


def test_two_acts_at_once_follow_each_other(ledgers):
    """The second waits for the agency, sees all of the first, and its chain goes on."""
    append(ledgers, New(THING, RECEIVED, NOW))
    waiting = threading.Barrier(2)
    seen = []

    def act(number):
        try:
            waiting.wait(20)
            with ledgers.unit() as unit:
                agency = unit.agency("云岭县民政局")
                seen.append(len(unit.history(agency, THING)))
                unit.keep(agency, Thing("request", number), Outside(None, number))
                time.sleep(0.2)
                unit.append(agency, [New(THING, events.Withdrawn(date(2024, 3, 5)), NOW)])
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in ("甲2", "甲3")]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    agency = ledgers.agency("云岭县民政局")
    assert sorted(seen) == [1, 2]
    assert len(list(ledgers.entries(agency))) == 3 and first_break(ledgers.links(agency)) is None


@pytest.mark.parametrize("ledgers", ["sqlite"], indirect=True)
def test_a_history_is_found_by_its_index(ledgers):
    agency, _ = append(ledgers, New(THING, RECEIVED, NOW))
    rows = models.Entry.objects.filter(agency_id=agency.id, kind="request", number="甲1").order_by("sequence")
    plan = rows.explain()
    assert "entry_thing" in plan and "number=?" in plan and "TEMP B-TREE" not in plan


def test_an_act_commits_as_a_whole_or_not_at_all(ledgers):
    with pytest.raises(RuntimeError), ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
        unit.keep(agency, THING, Outside("某人", "某事"))
        unit.append(agency, [New(THING, RECEIVED, NOW)])
        raise RuntimeError
    assert ledgers.agencies() == []
    assert not models.Entry.objects.exists() and not models.Outside.objects.exists()


def test_people_stand_outside_encrypted_and_can_be_erased(ledgers):
    with ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
        commitments = unit.keep(agency, THING, Outside("张三丰", "低保名单"))
        unit.append(agency, [New(THING, RECEIVED, NOW)])
    assert ledgers.outside(agency, THING) == Outside("张三丰", "低保名单")
    sealed = bytes(models.Outside.objects.get().sealed)
    assert "张三丰".encode() not in sealed and "张三丰" not in "".join(link.text for link in ledgers.links(agency))
    assert commitments.name and commitments.name != commitment("", "张三丰")
    before = list(ledgers.links(agency))
    ledgers.erase(agency, THING)
    assert ledgers.outside(agency, THING) is None
    assert list(ledgers.links(agency)) == before


def test_the_key_is_its_owners_alone(ledgers, tmp_path):
    with ledgers.unit() as unit:
        unit.keep(unit.agency("云岭县民政局"), THING, Outside("张三丰", "低保名单"))
    key = tmp_path / "keys" / "outside.key"
    assert key.stat().st_mode & 0o077 == 0
    assert key.parent.stat().st_mode & 0o077 == 0


def test_migrations_are_complete(ledgers):
    from django.core.management import call_command

    call_command("makemigrations", "gongkai", check=True, dry_run=True, verbosity=0)
