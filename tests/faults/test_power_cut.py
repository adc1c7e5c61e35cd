"""The power is cut while requests are filed: of those acknowledged none is lost. Less care of the disk would lose some.

``GONGKAI_FILED`` says how many are acknowledged before (``make drills``: 300). It needs root, for mounting.
"""

import os
import signal
import subprocess
import sys

import pytest
from django.db import DatabaseError, connections
from tests.databases import _sqlite, _use
from tests.faults.disk import Disk
from tests.faults.whole import half_done
from tests.services.test_perform import RULES, START

from gongkai.store import queries
from gongkai.store.ledgers import Ledgers
from gongkai.store.sealing import Sealer

FILED = int(os.environ.get("GONGKAI_FILED", "30"))


@pytest.fixture
def disk(tmp_path):
    """Makes a disk with such options."""
    made = []

    def disk(options):
        folder = tmp_path / f"disk{len(made)}"
        folder.mkdir()
        made.append(Disk(folder, options))
        return made[-1]

    yield disk
    _use("", tmp_path)
    for each in made:
        each.end()


def filed_and_cut(disk, synchronous, count=FILED):
    """What a process had acknowledged when the power was cut, and the folder of the installation as it comes up."""
    data = disk.root / "data"
    data.mkdir(mode=0o700)
    (data / "gongkai.sqlite3").write_bytes(_sqlite().read_bytes())
    disk.settle()
    environment = {"GONGKAI_DATA": str(data), "GONGKAI_DATABASE_URL": "", "GONGKAI_NOW": START.isoformat()}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.filing", synchronous],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    acknowledged = [process.stdout.readline() for _ in range(count)]
    process.send_signal(signal.SIGSTOP)  # a copy takes a while, a power cut none
    left = disk.cut()
    process.kill()
    acknowledged += process.communicate()[0].splitlines()
    return [line.split() for line in acknowledged], left / "data"


def opened(data, acknowledged):
    """The numbers that their codes open."""
    _use("", data)
    ledgers = Ledgers(Sealer(data))
    try:
        return ledgers, [
            number
            for number, code in acknowledged
            if (agency := queries.agency_by_code(ledgers, number, code))
            and queries.tracked(ledgers, agency, number, code, RULES, START.date())
        ]
    except DatabaseError:
        return ledgers, []
    finally:
        connections.close_all()


def test_what_was_acknowledged_before_a_power_cut_is_there(disk):
    acknowledged, data = filed_and_cut(disk(""), "FULL")
    ledgers, found = opened(data, acknowledged)
    print(f"power cut: {len(acknowledged)} acknowledged, {len(found)} there")
    assert found == [number for number, _ in acknowledged] and len(found) >= FILED
    assert half_done(ledgers, RULES) == []


@pytest.mark.parametrize(("synchronous", "options"), [("OFF", ""), ("NORMAL", ""), ("FULL", "barrier=0")])
def test_with_less_care_it_would_be_lost(disk, synchronous, options):
    """The same drill sees a database that does not wait for the disk, and a disk that is not asked to flush.

    A checkpoint of the database, which does wait, may fall on the very last request; on one a few later it does not.
    """
    for count in (FILED, FILED + 5):
        acknowledged, data = filed_and_cut(disk(options), synchronous, count)
        _, found = opened(data, acknowledged)
        print(f"power cut, synchronous={synchronous} {options}: {len(acknowledged)} acknowledged, {len(found)} there")
        if len(found) < len(acknowledged):
            return
    raise AssertionError("nothing was lost")
