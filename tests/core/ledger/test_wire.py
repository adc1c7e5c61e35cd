"""Events as plain values: back and forth without loss, every fault named."""

import json
from dataclasses import MISSING, fields
from datetime import date
from typing import Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.ledger.events import EVENTS, Amended, Event, own_fields
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event, to_plain

TEXT = st.text(min_size=1, max_size=8)


def _of(hint):
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(TEXT, max_size=3).map(tuple)
    if get_args(hint):
        return st.none() | _of(get_args(hint)[0])
    if hint is Event:
        return EVERY.filter(lambda event: not isinstance(event, Amended))
    return {date: st.dates(), bool: st.booleans(), int: st.integers(0, 10**6), str: TEXT}[hint]


def _event(kind):
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _of(hints[name]) for name in ("on", *own_fields(kind))})


EVERY = st.deferred(lambda: st.sampled_from(list(EVENTS.values())).flatmap(_event))


@given(EVERY)
def test_every_event_comes_back_as_it_was(event):
    assert to_event(json.loads(json.dumps(to_plain(event)))) == event


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_every_event_says_what_it_is(kind):
    assert kind.__doc__ and kind.name and all(field.default is MISSING for field in fields(kind)[:1])


FAULTS = [
    (3, "ledger.not-an-event"),
    ({"on": "2024-01-01"}, "ledger.no-type"),
    ({"type": "repliied", "on": "2024-01-01"}, "ledger.unknown-event"),
    ({"type": "replied", "on": "2024-01-01", "v": 3}, "ledger.unknown-version"),
    ({"type": "replied", "on": "2024-01-01", "v": "1"}, "ledger.unknown-version"),
    ({"type": "replied", "on": "2024-01-01", "result": "granted"}, "ledger.unknown-field"),
    ({"type": "replied"}, "ledger.missing-field"),
    ({"type": "consultation_sent", "on": "2024-01-01", "ref": "c"}, "ledger.missing-field"),
    ({"type": "consultation_sent", "on": "2024-01-01", "ref": "c", "with": "nobody"}, "ledger.not-a-choice"),
    ({"type": "replied", "on": "2024-02-30"}, "ledger.no-such-date"),
    ({"type": "replied", "on": "2024-2-3"}, "ledger.no-such-date"),
    ({"type": "replied", "on": "2024-W10-1"}, "ledger.no-such-date"),
    ({"type": "replied", "on": 20240203}, "ledger.no-such-date"),
    ({"type": "extension_notified", "on": "2024-01-01", "working_days": "5"}, "ledger.wrong-kind"),
    ({"type": "extension_notified", "on": "2024-01-01", "working_days": True}, "ledger.wrong-kind"),
    ({"type": "litigation_filed", "on": "2024-01-01", "ref": "", "after_reconsideration": True}, "ledger.wrong-kind"),
    ({"type": "litigation_filed", "on": "2024-01-01", "ref": "x", "after_reconsideration": 1}, "ledger.wrong-kind"),
    ({"type": "split", "on": "2024-01-01", "parts": "甲"}, "ledger.wrong-kind"),
]


@pytest.mark.parametrize(("plain", "id"), FAULTS)
def test_a_fault_is_named(plain, id):
    with pytest.raises(Refused) as refused:
        to_event(plain)
    assert refused.value.message.id == id


def test_an_organ_is_any_other_organ():
    plain = {"type": "consultation_sent", "on": "2024-01-01", "ref": "c", "with": "organ"}
    assert to_plain(to_event(plain))["with"] == "other_organ"
