"""Everything out and verified: whatever was changed in an export or in the database is found where it is."""

import io
import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import canonical, head_of_heads, link
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.services.oversight.export import Checked, check_export, export
from gongkai.services.oversight.verify import verify
from gongkai.services.ports import New

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
FIRST, SECOND = "云岭县民政局", "云岭县水务局"


def append(ledgers, name, count, start=1):
    new = [
        New(Thing("request", f"甲{number}"), events.Received(date(2024, number % 9 + 1, 11), "business", "online"), NOW)
        for number in range(start, start + count)
    ]
    with ledgers.unit() as unit:
        unit.append(unit.agency(name), new)


def exported(ledgers):
    append(ledgers, FIRST, 30)
    append(ledgers, SECOND, 5)
    return list(export(ledgers))


def checked(lines, **options):
    return check_export(io.BytesIO("".join(f"{line}\n" for line in lines).encode(errors="surrogatepass")), **options)


def fault(lines, **options):
    found = checked(lines, **options).fault
    return found and (found.line, found.message.id)


def with_last(lines, **changes):
    return [*lines[:-1], canonical({**json.loads(lines[-1]), **changes})]


def test_an_export_verifies_and_any_tampering_is_located(ledgers):
    lines = exported(ledgers)
    head = json.loads(lines[-1])["head"]
    assert fault(lines, head=head) is None
    chance = random.Random(5)
    ends = [at for at in range(35) if at == 34 or json.loads(lines[at + 1])["entry"]["sequence"] == 1]
    for _ in range(40):
        at = chance.randrange(len(lines) - 1)
        edited = [*lines[:at], lines[at].replace("2024", "2023"), *lines[at + 1 :]]
        assert fault(edited, head=head) == (at + 1, "ledger.does-not-fit")
        deleted = [*lines[:at], *lines[at + 1 :]]
        assert fault(deleted) == (at + 1, "ledger.end-missing" if at in ends else "ledger.does-not-fit")
        noise = [*lines[:at], "}{", *lines[at + 1 :]]
        assert fault(noise) == (at + 1, "ledger.not-an-entry")
    assert fault(lines[:-1]) == (36, "ledger.no-head")
    assert fault([]) == (1, "ledger.no-head")
    assert fault([*lines, lines[0]]) == (37, "ledger.behind-the-head")
    assert fault([*lines, ""]) == (37, "ledger.behind-the-head")
    assert fault(lines, head="0" * 64) == (36, "ledger.other-head")
    assert fault([*lines[5:], *lines[:5]]) is not None


def test_the_end_of_an_agency_is_missed_by_its_name(ledgers):
    lines = exported(ledgers)
    first = sorted([FIRST, SECOND])[0]
    count = {FIRST: 30, SECOND: 5}[first]
    found = checked([*lines[: count - 2], *lines[count:]]).fault
    assert (found.line, found.message.params["agency"], found.message.params["sequence"]) == (
        count - 1,
        first,
        count - 1,
    )
    assert fault(lines[-1:]) == (1, "ledger.end-missing")


def test_only_what_export_writes_is_an_export(ledgers):
    lines = exported(ledgers)
    third = json.loads(lines[2])
    doubled = '{"entry":{"agency":"forged"},' + lines[2][1:]
    variants = [
        *(lines[2][:-1] + ',"note":"伪造"}', doubled, json.dumps(third), lines[2] + " ", lines[2] + "\r"),
        lines[2].replace('"hash":"', '"hash":"\\u0030', 1),
    ]
    for variant in variants:
        assert fault([*lines[:2], variant, *lines[3:]])[0] == 3
    assert fault([*lines[:3], "", *lines[3:]]) == (4, "ledger.not-an-entry")
    assert check_export(io.BytesIO("\r\n".join([*lines, ""]).encode())).fault.line == 1
    assert check_export(io.BytesIO("\n".join(lines).encode())).fault.line == len(lines)
    last = json.loads(lines[-1])
    assert fault([*lines[:-1], json.dumps(last, ensure_ascii=False)]) == (36, "ledger.not-as-written")
    assert fault([*lines[:-1], json.dumps({**last, "heads": []})])[0] == 36


def test_the_last_line_is_what_follows_from_the_entries_and_the_names(ledgers):
    lines = exported(ledgers)
    last = json.loads(lines[-1])
    (one, other), names = last["agencies"], last["agencies"]
    swapped = {one: names[other], other: names[one]}
    assert fault(with_last(lines, agencies=swapped)) == (36, "ledger.wrong-head")
    # Who computes the head anew is told by the one that was kept.
    forged = head_of_heads([(id, swapped[id], last["heads"][id]) for id in swapped])
    anew = with_last(lines, agencies=swapped, head=forged)
    assert fault(anew, head=last["head"])[0] == 36
    for changes in (
        {"heads": {}},
        {"heads": 5},
        {"agencies": {}},
        {"agencies": {one: [], other: "x"}},
        {"agencies": {one: "\ud800", other: "x"}},
        {"head": None},
        {"head": "x"},
        {"algorithm": "sm3"},
        {"algorithm": "md5"},
        {"algorithm": []},
        {"more": 1},
    ):
        assert fault(with_last(lines, **changes))[0] == 36, changes


@pytest.mark.parametrize(
    "line",
    [
        *('{"entry":{"agency":[],"sequence":1},"hash":"x"}', '{"entry":{"agency":"a","sequence":true},"hash":"x"}'),
        *('{"entry":{"agency":"a","sequence":1,"z":"\\ud800"},"hash":"x"}', '{"entry":[],"hash":"x"}'),
        *("[" * 100_000, '{"a":' * 900 + "1" + "}" * 900, '"head"', "5", "null", "", "9" * 5000, '{"head":"x"}'),
        '{"entry":{"agency":"a","sequence":1,"z":' + "[" * 960 + "]" * 960 + '},"hash":"x"}',
        '{"entry":{"agency":"a","sequence":1},"hash":"\\ud800"}',
        '{"head":' + "[" * 900 + "]" * 900 + "}",
    ],
    ids=lambda line: line[:12],
)
def test_a_hostile_line_is_named_and_nothing_breaks(ledgers, line):
    lines = exported(ledgers)
    assert fault([*lines[:2], line, *lines[3:]])[0] == 3
    assert fault([*lines[:-1], line])[0] == 36


def test_bytes_that_are_no_text_are_named(ledgers):
    whole = "".join(f"{line}\n" for line in exported(ledgers)).encode().split(b"\n")
    whole[3] = whole[3].replace(b"online", b"onl\xffne")
    found = check_export(io.BytesIO(b"\n".join(whole))).fault
    assert (found.line, found.message.id) == (4, "ledger.not-utf8")


def rewritten(lines, at):
    """A line changed and all behind it of its agency computed anew, the last line too."""
    lines, last = list(lines), json.loads(lines[-1])
    agency = json.loads(lines[at])["entry"]["agency"]
    previous = json.loads(lines[at - 1])["hash"]
    for place in range(at, len(lines) - 1):
        entry = json.loads(lines[place])["entry"]
        if entry["agency"] == agency:
            entry["event"]["channel"] = "in_person"
            previous = link(previous, canonical(entry))
            lines[place] = f'{{"entry":{canonical(entry)},"hash":"{previous}"}}'
    last["heads"][agency] = previous
    head = head_of_heads([(id, last["agencies"][id], hash) for id, hash in last["heads"].items()])
    return with_last(lines, heads=last["heads"], head=head)


def test_what_was_exported_before_must_be_the_beginning_of_what_is_now(ledgers):
    older = exported(ledgers)
    head = json.loads(older[-1])["head"]
    since = checked(older, head=head)
    append(ledgers, FIRST, 10, 31)
    append(ledgers, "云岭县文旅局", 2)
    newer = list(export(ledgers))
    assert fault(newer, head=head)[1] == "ledger.other-head"  # another one, and that alone says nothing
    assert fault(newer, since=since) is None
    assert verify(ledgers, since) == []
    at = next(at for at, line in enumerate(newer) if json.loads(line)["entry"]["number"] == "甲4")
    assert fault(rewritten(newer, at)) is None
    assert fault(rewritten(newer, at), since=since) == (at + 1, "ledger.other-past")
    gone = replace(since, hashes={**since.hashes, "elsewhere": ["0" * 64]}, names={**since.names, "elsewhere": "某局"})
    assert fault(newer, since=gone)[1] == "ledger.past-missing"
    assert [(each.agency.name, each.message.id) for each in verify(ledgers, gone)] == [("某局", "ledger.agency-gone")]
    first = ledgers.agency(FIRST)
    own = since.hashes[first.id]
    changed = replace(since, hashes={**since.hashes, first.id: [*own[:6], "0" * 64, *own[7:]]})
    assert [(each.agency, each.sequence) for each in verify(ledgers, changed)] == [(first, 7)]
    assert fault(older, since=checked(newer))[1] == "ledger.past-missing"


def test_an_export_of_another_installation_is_no_tampering(ledgers):
    lines = exported(ledgers)
    other = Checked(hashes={"elsewhere": ["0" * 64]}, names={"elsewhere": "某局"})
    assert fault(lines, since=other) == (36, "ledger.other-installation")
    assert [each.message.id for each in verify(ledgers, other)] == ["ledger.other-installation"]


def behind_the_back(*statements):
    """Whoever owns the database can take the triggers and the foreign keys off."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in ("entry_never_changes", "entry_never_goes", "agency_never_changes", "agency_never_goes"):
            table = f" ON gongkai_{trigger.partition('_')[0]}" if postgresql else ""
            cursor.execute(f"DROP TRIGGER {trigger}{table}")
        cursor.execute("SET session_replication_role = replica" if postgresql else "PRAGMA foreign_keys = OFF")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = origin" if postgresql else "PRAGMA foreign_keys = ON")


def test_names_that_were_swapped_are_told_by_an_older_export(ledgers):
    since = checked(exported(ledgers))
    behind_the_back(
        "UPDATE gongkai_agency SET name = 'x' WHERE name = '云岭县民政局'",
        "UPDATE gongkai_agency SET name = '云岭县民政局' WHERE name = '云岭县水务局'",
        "UPDATE gongkai_agency SET name = '云岭县水务局' WHERE name = 'x'",
    )
    assert [each.message.id for each in verify(ledgers, since)] == ["ledger.renamed"] * 2
    assert fault(list(export(ledgers)), since=since) == (36, "ledger.renamed")


def call(ledgers, name, called):
    with ledgers.unit() as unit:
        agency = unit.agency(name)
        unit.append(agency, [New(Thing("agency", agency.id), events.AgencyNamed(NOW.date(), called), NOW)])


def test_an_entry_that_names_the_agency_explains_another_name_and_nothing_else_does(ledgers):
    since = checked(exported(ledgers))
    call(ledgers, FIRST, "云岭县民生局")
    newer = list(export(ledgers))
    assert verify(ledgers, since) == [] and fault(newer, since=since) is None
    later = checked(newer)
    append(ledgers, SECOND, 1, 6)
    call(ledgers, "云岭县民生局", "云岭县民政和民生局")
    assert verify(ledgers, since) == verify(ledgers, later) == []
    newest = list(export(ledgers))
    assert fault(newest, since=since) is fault(newest, since=later) is None
    behind_the_back(
        "UPDATE gongkai_agency SET name = '云岭县民生局' WHERE name = '云岭县民政和民生局'",
        "UPDATE gongkai_agency SET name = '云岭县电信局' WHERE name = '云岭县水务局'",
    )
    told = [(each.agency.name, each.message.id) for each in verify(ledgers, later)]
    assert sorted(told) == [("云岭县民生局", "ledger.named-otherwise"), ("云岭县电信局", "ledger.renamed")]
    assert [each.message.id for each in verify(ledgers)] == ["ledger.named-otherwise"]
    assert fault(list(export(ledgers))) == (len(newest), "ledger.named-otherwise")
    assert verify(ledgers)[0].message.params["expected"] == "云岭县民政和民生局"


def test_a_name_that_was_known_already_explains_nothing(ledgers):
    append(ledgers, FIRST, 3)
    call(ledgers, FIRST, "云岭县民生局")
    since = checked(list(export(ledgers)))
    assert since.fault is None
    other = replace(since, names=dict.fromkeys(since.names, "别的局"))
    assert [each.message.id for each in verify(ledgers, other)] == ["ledger.renamed"]
    assert fault(list(export(ledgers)), since=other)[1] == "ledger.renamed"


def test_what_blinds_a_reader_does_not_blind_the_check(ledgers):
    exported(ledgers)
    name = "SELECT id FROM gongkai_agency WHERE name = '云岭县水务局'"
    behind_the_back(f"UPDATE gongkai_agency SET algorithm = 'md5' WHERE id = ({name})")
    assert [(each.agency.name, each.message.id) for each in verify(ledgers)] == [(SECOND, "ledger.other-algorithm")]


def test_bytes_that_are_no_text_are_located_in_sqlite(ledgers):
    exported(ledgers)
    if connection.vendor == "postgresql":
        return  # it takes no such bytes
    behind_the_back("UPDATE gongkai_entry SET text = CAST(x'ff7b' AS text) WHERE number = '甲7'")
    assert [(each.agency.name, each.sequence) for each in verify(ledgers)] == [(FIRST, 7)]
    with pytest.raises(Refused, match="unreadable-entry"):
        list(ledgers.entries(ledgers.agency(FIRST)))


def test_an_emptied_ledger_is_no_other_installation(ledgers):
    since = checked(exported(ledgers))
    behind_the_back("DELETE FROM gongkai_entry", "DELETE FROM gongkai_agency")
    assert [each.message.id for each in verify(ledgers, since)] == ["ledger.agency-gone"] * 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM gongkai_agency WHERE name = '云岭县水务局'",
        "UPDATE gongkai_entry SET agency_id = 'gone' WHERE agency_id ="
        " (SELECT id FROM gongkai_agency WHERE name = '云岭县水务局')",
    ],
)
def test_entries_without_their_agency_are_found(ledgers, statement):
    exported(ledgers)
    assert verify(ledgers) == []
    behind_the_back(statement)
    assert [each.message.id for each in verify(ledgers)] == ["ledger.orphans"]
    with pytest.raises(Refused, match="orphans"):  # an export would leave them out
        list(export(ledgers))


def test_a_broken_chain_in_the_database_is_named(ledgers):
    exported(ledgers)
    with connection.cursor() as cursor:
        table = " ON gongkai_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER entry_never_changes{table}")
        cursor.execute("UPDATE gongkai_entry SET text = replace(text, '甲7', '甲8') WHERE number = '甲7'")
    (found,) = verify(ledgers)
    assert found.agency.name == FIRST
    assert found.sequence == 7


def test_sm3_from_the_beginning_whatever_is_set_later(ledgers):
    ledgers.algorithm = "sm3"
    exported(ledgers)
    ledgers.algorithm = "sha256"
    append(ledgers, FIRST, 1, 31)
    lines = list(export(ledgers))
    assert json.loads(lines[-1])["algorithm"] == "sm3"
    assert fault(lines) is None
    assert verify(ledgers) == []
    assert fault(with_last(lines, algorithm="sha256")) == (37, "ledger.not-as-written")
