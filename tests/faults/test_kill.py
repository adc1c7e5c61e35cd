"""kill -9 of the web processes and of the database under load: what was acknowledged stands, nothing is half done, and
what was not answered is done once when it is sent again.

``GONGKAI_KILLS`` says how often on each database (``make drills``: 20); on PostgreSQL database and server fall in turn.
"""

import os
import random
from collections import Counter

import pytest
from django.db import connections
from tests.faults.load import Filing, Load
from tests.faults.served import Installation, Postmaster
from tests.faults.whole import half_done
from tests.site.conftest import FIRST, NOW

from gongkai.core.ledger import events
from gongkai.store import queries

KILLS = int(os.environ.get("GONGKAI_KILLS", "1"))
DID = {
    "extend": events.ExtensionNotified,
    "submit_reply": events.Submitted,
    "review_section": events.Reviewed,
    "review_secrecy": events.Reviewed,
    "review_leader": events.Reviewed,
    "release_reply": events.Replied,
}
"""The event of an act; a draft has none."""


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request, tmp_path_factory):
    """A served county, and the database's own processes where it has some."""
    folder = tmp_path_factory.mktemp("fault")
    postmaster = Postmaster() if request.param == "postgresql" else None
    installation = Installation(folder, postmaster)
    installation.start()
    yield installation, postmaster
    installation.kill()
    installation.open()
    connections.close_all()
    if postmaster:
        postmaster.end()


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(installed):
    installation, postmaster = installed
    load, chance, resent = Load(installation.url), random.Random(5), 0
    for kill in range(KILLS):
        load.begin()
        load.wait(chance.randrange(6, 30))
        connections.close_all()
        fallen = postmaster if postmaster and kill % 2 == 0 else installation
        fallen.kill()
        load.end()
        fallen.start()
        installation.wait()
        resent += load.again()
        assert missing(installation, load) == []
        assert half_done(installation.ledgers, installation.county.rules) == []
    code, said = installation.run("ledger", "verify")
    assert code == 0, said
    kinds = Counter(type(act).__name__ for act, _ in load.acknowledged.values())
    print(
        f"{'postgresql' if postmaster else 'sqlite'}: {KILLS} kills; acknowledged: {kinds['Filing']} requests, "
        f"{kinds['Deed']} acts, {resent} of them when sent again; none lost, doubled or half done"
    )


def missing(installation, load):
    """What was acknowledged and does not stand, or stands without having been asked for, or more than once."""
    ids, ledgers = installation.county.ids, installation.ledgers
    asked, found = Counter(), []
    for act, answer in load.acknowledged.values():
        if isinstance(act, Filing):
            asked[ids[act.agency], answer["number"], events.Received] += 1
            if not followed(installation, ids[act.agency], answer):
                found.append(f"{answer['number']}: the code does not open it")
        elif act.act in DID:
            asked[ids[FIRST], act.number, DID[act.act]] += 1
    stands = Counter(
        (agency.id, entry.thing.number, type(entry.event))
        for agency in ledgers.agencies()
        for entry in ledgers.entries(agency)
        if entry.thing.kind == "request"
    )
    found += [f"lost: {each}" for each in asked - stands] + [f"not asked for: {each}" for each in stands - asked]
    return found


def followed(installation, agency, answer):
    """Whether the code opens what was filed."""
    county, today = installation.county, NOW.date()
    return queries.tracked(county.ledgers, agency, answer["number"], answer["code"], county.rules, today) is not None
