"""A request's life: what may follow what, each refusal naming its rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from tests.core.ledger.histories import histories

from gongkai.core.ledger import events
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import replay

D = date(2024, 3, 4)
RECEIVED = events.Received(D, "natural_person", "online")


def on(day):
    return D + timedelta(days=day)


IMPOSSIBLE = {
    "ledger.no-events": [],
    "ledger.no-receipt": [events.Replied(D, "granted")],
    "ledger.received-twice": [RECEIVED, RECEIVED],
    "ledger.before-receipt": [RECEIVED, events.Replied(on(-1), "granted")],
    "ledger.out-of-order": [RECEIVED, events.IdentityShown(on(3)), events.Replied(on(2), "granted")],
    "ledger.not-of-a-request": [RECEIVED, events.DocumentMade(D, "rules")],
    "ledger.second-correction": [
        RECEIVED,
        events.CorrectionNoticeSent(on(1)),
        events.CorrectionReceived(on(2)),
        events.CorrectionNoticeSent(on(3)),
    ],
    "ledger.no-notice": [RECEIVED, events.CorrectionReceived(on(1))],
    "ledger.ref-twice": [RECEIVED] + [events.ConsultationSent(on(1), "third_party", "c")] * 2,
    "ledger.no-letter": [RECEIVED, events.ConsultationAnswered(on(1), "c")],
    "ledger.letter-twice": [RECEIVED, events.ConsultationSent(on(1), "third_party", "c")]
    + [events.ConsultationAnswered(on(2), "c")] * 2,
    "ledger.second-extension": [RECEIVED, events.ExtensionNotified(on(1), 5), events.ExtensionNotified(on(2), 5)],
    "ledger.no-days": [RECEIVED, events.ExtensionNotified(on(1), 0)],
    "ledger.no-period": [RECEIVED, events.CorrectionNoticeSent(on(1)), events.ExtensionNotified(on(2), 5)],
    "ledger.delay-backwards": [RECEIVED, events.DelayedUntil(on(2), on(1))],
    "ledger.closed": [RECEIVED, events.Replied(on(1), "granted"), events.ExtensionNotified(on(2), 5)],
    "ledger.not-ordered": [RECEIVED, events.Replied(on(1), "granted"), events.Replied(on(2), "granted", after="x")],
    "ledger.nothing-awaited": [RECEIVED, events.Lapsed(on(1), "other.unpaid")],
    "ledger.one-part": [RECEIVED, events.Split(on(1), ("a",))],
    "ledger.nothing-to-serve": [RECEIVED, events.Served(on(1), "post")],
    "ledger.no-case": [RECEIVED, events.LitigationDecided(on(1), "x", "upheld")],
    "ledger.decided-twice": [RECEIVED, events.ReconsiderationFiled(on(1), "x")]
    + [events.ReconsiderationDecided(on(2), "x", "upheld")] * 2,
}


@pytest.mark.parametrize("id", IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_its_rule(id):
    with pytest.raises(Refused) as refused:
        replay(IMPOSSIBLE[id])
    assert refused.value.message.id == id


def test_a_reply_ordered_by_a_decision_leaves_the_first_result_standing():
    request = replay(
        [
            RECEIVED,
            events.Replied(on(5), "refused.process"),
            events.ReconsiderationFiled(on(9), "x"),
            events.ReconsiderationDecided(on(40), "x", "corrected", anew=True),
            events.Replied(on(50), "granted", after="x"),
        ]
    )
    assert (request.closed_on, request.outcome, request.last_on) == (on(5), "refused.process", on(50))


def test_what_no_table_counts():
    assert not replay([events.Received(D, "other", "online", own_record=True)]).counts
    split = replay([RECEIVED, events.Split(on(2), ("甲1", "甲2"))])
    assert (split.counts, split.state, split.split_into) == (False, "closed", ("甲1", "甲2"))


@given(histories())
def test_a_refused_event_changes_nothing(history):
    request, again = replay(history), replay(history)
    with pytest.raises(Refused):
        request.apply(events.Received(request.last_on, "other", "fax"))
    assert request == again


@given(histories())
def test_every_prefix_of_a_history_is_a_history(history):
    for length in range(1, len(history) + 1):
        request = replay(history[:length])
        assert (request.state == "closed") == (request.closed_on is not None)
