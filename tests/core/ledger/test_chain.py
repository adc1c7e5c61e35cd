"""The chain: any change up to a head that was kept is found, and found where it is."""

import json
import random
from datetime import UTC, datetime

import pytest
from tests.core.ledger.histories import CHANNELS, entries

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import GENESIS, Columns, Link, first_break, head_of_heads, link, text_of
from gongkai.core.ledger.refusal import Refused

TRIALS = 200


def chain(count=40, seed=1):
    chance = random.Random(seed)
    from datetime import date, timedelta

    days = [date(2024, 1, 1) + timedelta(days=chance.randint(0, 300)) for _ in range(count)]
    history = [[events.Received(day, "business", chance.choice(CHANNELS))] for day in days]
    links, previous = [], GENESIS
    for entry in entries(history):
        text = text_of(entry)
        previous = link(previous, text)
        links.append(Link(entry.sequence, text, previous))
    return links


def edited(links, at, chance):
    text = links[at].text.replace("2024", "2023", 1)
    links[at] = links[at]._replace(text=text)
    return links[at].sequence


def deleted(links, at, chance):
    return links.pop(at).sequence


def inserted(links, at, chance):
    copied = links[chance.randrange(len(links))]
    links.insert(at, copied)
    # A copy right before its original is in its place: then the original stands twice.
    return at + 1 if copied.sequence != at + 1 else at + 2


def swapped(links, at, chance):
    other = (at + 1 + chance.randrange(len(links) - 1)) % len(links)
    links[at], links[other] = links[other], links[at]
    return min(at, other) + 1


def rewritten(links, at, chance):
    """Everything from an entry on written anew, each hash right after the one before: only a kept head tells."""
    edited(links, at, chance)
    previous = links[at - 1].hash if at else GENESIS
    for place in range(at, len(links)):
        previous = link(previous, links[place].text)
        links[place] = links[place]._replace(hash=previous)
    return len(links)


def truncated(links, at, chance):
    del links[at:]
    return at


INSIDE = [edited, deleted, inserted, swapped]


def broken_at(links, head, check=True):
    """The first break, the end where the kept head does not fit, or ``None``; with the check off nothing is found."""
    if not check:
        return None
    if (found := first_break(links)) is not None:
        return found
    return None if links and links[-1].hash == head else len(links)


@pytest.mark.parametrize("tamper", [*INSIDE, rewritten, truncated], ids=lambda tamper: tamper.__name__)
@pytest.mark.parametrize("check", [True, False], ids=["on", "off"])
def test_tampering_is_found_where_it_is(tamper, check):
    sound = chain()
    head = sound[-1].hash
    assert broken_at(sound, head) is None
    chance = random.Random(tamper.__name__)
    found = 0
    for _ in range(TRIALS):
        links = list(sound)
        at = chance.randrange(len(links) - 1) if tamper in (deleted, swapped) else chance.randrange(len(links))
        place = tamper(links, at, chance)
        found += broken_at(links, head, check) == place
    assert found == (TRIALS if check else 0)


def test_the_last_entry_removed_is_found_by_the_head_alone():
    links = chain()
    head = links[-1].hash
    del links[-1]
    assert first_break(links) is None
    assert broken_at(links, head) == len(links)


def test_the_head_of_heads_depends_on_every_agency():
    heads = [("a", "甲", "1" * 64), ("b", "乙", "2" * 64)]
    assert head_of_heads(heads) == head_of_heads(reversed(heads))
    assert head_of_heads(heads) != head_of_heads([("a", "甲", "2" * 64), ("b", "乙", "1" * 64)])
    assert head_of_heads(heads) != head_of_heads([("a", "乙", "1" * 64), ("b", "甲", "2" * 64)])


@pytest.mark.parametrize(
    "changed",
    [{"agency": "b"}, {"kind": "item"}, {"number": "X"}, {"recorded": datetime(2001, 1, 1, tzinfo=UTC)}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_column_that_says_something_else_than_the_text_is_a_break(changed):
    links = []
    for each in chain(5):
        data = json.loads(each.text)
        recorded = datetime.fromisoformat(data["recorded"])
        links.append(each._replace(columns=Columns(data["agency"], data["kind"], data["number"], recorded)))
    assert first_break(links) is None
    links[2] = links[2]._replace(columns=links[2].columns._replace(**changed))
    assert first_break(links) == 3


@pytest.mark.parametrize("text", ["}{", "[]", '{"sequence":1}', '{"sequence":2}', "[" * 100_000])
def test_a_text_that_is_no_entry_is_a_break(text):
    assert first_break([Link(1, text, link(GENESIS, text))]) == 1


@pytest.mark.parametrize("name", ["md5", "SHA256", ""])
def test_no_other_hash_makes_a_chain(name):
    with pytest.raises(Refused, match="unknown-algorithm"):
        link(GENESIS, "x", name)


def test_a_machine_without_sm3_says_so(monkeypatch):
    def new(name):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr("hashlib.new", new)
    with pytest.raises(Refused, match="no-algorithm"):
        link(GENESIS, "x", "sm3")


def test_a_chain_of_sm3_is_another():
    assert len(link(GENESIS, "x", "sm3")) == 64
    assert link(GENESIS, "x", "sm3") != link(GENESIS, "x")
