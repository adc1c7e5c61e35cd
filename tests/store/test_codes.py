"""Codes that people type are known by hashes that nobody can search for without the key of the installation."""

from tests.services.test_perform import RULES, START

from gongkai.store import queries
from gongkai.store.ledgers import Ledgers
from gongkai.store.people import recovery_hash
from gongkai.store.sealing import Sealer

CODE, NUMBER = "7K3MPQRSTU", "甲1"


def opened_with(ledgers, agency):
    return queries.agency_by_code(ledgers, NUMBER, CODE) == agency.id


def test_a_stolen_database_cannot_be_searched_for_query_codes(ledgers, tmp_path):
    with ledgers.unit() as unit:
        agency = unit.agency("云岭县民政局")
        unit.open_by_code(agency, NUMBER, CODE)
    (moved := tmp_path / "moved" / "keys").mkdir(parents=True)
    (moved / "outside.key").write_bytes((tmp_path / "keys" / "outside.key").read_bytes())
    assert opened_with(ledgers, agency)
    assert opened_with(Ledgers(Sealer(tmp_path / "moved")), agency), "the key travels with a backup"
    stolen = Ledgers(Sealer(tmp_path / "stolen"))
    assert not opened_with(stolen, agency)
    assert queries.tracked(stolen, agency.id, NUMBER, CODE, RULES, START.date()) is None


def test_nor_for_recovery_codes_and_none_stands_for_another_person(tmp_path):
    own, stolen = Sealer(tmp_path), Sealer(tmp_path / "stolen")
    hashes = [recovery_hash(sealer, person, "abcdefgh23") for sealer in (own, stolen) for person in ("zhou", "wu")]
    assert len({*hashes, own.code_hash("query code", "zhou", "abcdefgh23")}) == 5
