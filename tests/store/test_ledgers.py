"""The ledgers in the database, on SQLite and PostgreSQL: append-only, chained, people apart and erasable."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import first_break
from gongkai.core.ledger.entry import Thing
from gongkai.services.ports import New, Outside
from gongkai.store import models
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


def test_recorded_never_decreases(ledgers):
    append(ledgers, New(THING, RECEIVED, NOW))
    with pytest.raises(ValueError, match="decreases"):
        append(ledgers, New(THING, events.Withdrawn(date(2024, 3, 5)), NOW - timedelta(seconds=1)))


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
    key = tmp_path / "keys" / "outside.key"
    assert key.stat().st_mode & 0o077 == 0
    assert key.parent.stat().st_mode & 0o077 == 0


def test_migrations_are_complete(ledgers):
    from django.core.management import call_command

    call_command("makemigrations", "gongkai", check=True, dry_run=True, verbosity=0)
