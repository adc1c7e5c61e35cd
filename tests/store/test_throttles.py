"""How often something may be tried, on both databases: no guess more, whoever tries at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from gongkai.rulebook.load.messages import render
from gongkai.store import models
from gongkai.store.throttles import SIGN_IN_LOGIN, TRACK_ADDRESS, Limit, Throttled, address, give_back, take

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
TEN = Limit("ten", 10, timedelta(hours=1))
LOGIN = [(TEN, "王某")]


def spent(tries=LOGIN, at=NOW):
    """How many tries there were before the next is refused."""
    for count in range(100):
        try:
            take(tries, at)
        except Throttled as told:
            return count, told
    raise AssertionError("never refused")


@pytest.mark.parametrize(
    ("remote", "subject"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:5678", "192.0.2.1"),
        ("nobody", "nobody"),
    ],
)
def test_whoever_comes_another_way_is_the_same(remote, subject):
    assert address(remote) == subject


def test_so_many_at_once_and_one_more_after_its_share_of_the_time(ledgers):
    count, told = spent()
    assert count == 10 and told.wait == timedelta(minutes=6)
    assert "6 分钟" in render(told.message) and "6 min" in render(told.message, "en")
    assert spent(at=NOW + timedelta(minutes=5, seconds=59))[0] == 0
    assert spent(at=NOW + timedelta(minutes=6))[0] == 1
    assert spent(at=NOW + timedelta(hours=3))[0] == 10


def test_each_subject_and_each_limit_by_itself(ledgers):
    spent()
    assert spent([(TEN, "李某")])[0] == 10
    assert spent([(TEN._replace(name="other"), "王某")])[0] == 10
    assert spent([(TEN, "赵某"), (TEN, "王某")])[0] == 0
    assert spent([(TEN, "赵某")])[0] == 10  # what was refused counted for nobody


def test_what_succeeds_gives_its_try_back(ledgers):
    for _ in range(30):
        take(LOGIN, NOW)
        give_back(LOGIN)
    assert spent()[0] == 10


def test_many_at_once_are_no_more_than_one_after_the_other(ledgers):
    from django.db import connections

    passed = []

    def attempt():
        try:
            for _ in range(5):
                take(LOGIN, NOW)
                passed.append(1)
        except Throttled:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(passed) == 10


def test_nothing_is_kept_of_whom_is_free_again_nor_of_who_it_was(ledgers):
    take([(TEN, "192.0.2.7")], NOW)
    assert "192.0.2.7" not in str(models.Throttle.objects.values())
    take(LOGIN, NOW + timedelta(hours=2))
    assert models.Throttle.objects.count() == 1


def test_a_household_of_ipv6_is_one(ledgers):
    assert address("2001:db8::1") == address("2001:db8::ffff:1") != address("2001:db8:0:1::1")
    assert address("192.0.2.7") == "192.0.2.7" != address("192.0.2.8")


def test_no_code_is_guessed():
    """An applicant's code is one of 32**10; of a million one-time codes three are right at any moment."""
    assert TRACK_ADDRESS.times * (timedelta(days=365) / TRACK_ADDRESS.within) / 32**10 < 1e-9
    assert SIGN_IN_LOGIN.times * (timedelta(days=1) / SIGN_IN_LOGIN.within) * 3 / 10**6 < 1e-3
