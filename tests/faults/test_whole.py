"""The drills see what they look for: an act done by half, and whatever is taken from a whole one."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from tests.faults.whole import half_done
from tests.services.test_perform import RULES, Office

from gongkai.services.request.extend import Extend
from gongkai.store import models
from gongkai.store.ledgers import Ledgers
from gongkai.store.unit import Unit


@pytest.fixture
def office(ledgers):
    """One request extended, one replied to."""
    office = Office(ledgers)
    number = office.file()["number"]
    office.do("head", "extend", Extend(office.id, number, 1, 5, "查找档案"))
    office.replied()
    return office


def test_whatever_is_taken_from_a_whole_act_is_seen(office):
    assert half_done(office.ledgers, RULES) == []
    for model in (models.Outside, models.Code, models.Outgoing, models.Standing, models.Frozen, models.Serial):
        with transaction.atomic():
            model.objects.order_by("id").last().delete()
            assert half_done(office.ledgers, RULES), model
            transaction.set_rollback(True)
    assert half_done(office.ledgers, RULES) == []


class Fallen(Exception):
    """The machine fell here."""


def fall(office, after):
    """An act that falls after one of its steps."""
    done = getattr(Unit, after)

    def step(*told):
        done(*told)
        raise Fallen

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Fallen):
        patch.setattr(Unit, after, step)
        office.file()


def test_an_act_that_falls_anywhere_leaves_nothing(office):
    for after in ("serial", "keep", "append", "stand", "open_by_code", "send"):
        fall(office, after)
        assert half_done(office.ledgers, RULES) == []
    assert models.Standing.objects.count() == 2


def test_without_the_transaction_it_would_stand_by_half(office, monkeypatch):
    @contextmanager
    def unguarded(ledgers):
        yield Unit(ledgers.sealer, ledgers.algorithm, ledgers.files)

    monkeypatch.setattr(Ledgers, "unit", unguarded)
    monkeypatch.setattr(Unit, "_lock", lambda self, id: models.Agency.objects.get(id=id))
    fall(office, "append")
    assert half_done(office.ledgers, RULES)
