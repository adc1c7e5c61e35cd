"""Where requests stand: the most urgent first, as things were on a day, and what may be done next."""

from datetime import UTC, date, datetime

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.message import Message
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.services.ports import New
from gongkai.services.request.cases import case, cases

D = date.fromisoformat
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
NAME = "云岭县民政局"
BY = {"calendar": calendar(), "values": law()}

HISTORIES = {
    "甲1": [events.Received(D("2025-03-03"), "business", "online"), events.Replied(D("2025-03-20"), "granted")],
    "甲2": [events.Received(D("2025-03-10"), "business", "online")],
    "甲3": [events.Received(D("2025-03-05"), "business", "online")],
    "甲4": [events.Received(D("2025-03-04"), "business", "online"), events.CorrectionNoticeSent(D("2025-03-06"))],
}


def kept(ledgers, histories):
    new = [New(Thing("request", number), event, NOW) for number, told in histories.items() for event in told]
    with ledgers.unit() as unit:
        agency = unit.agency(NAME)
        unit.append(agency, new)
    return agency


def listed(ledgers, agency, on):
    return [
        (each.number, each.reckoning.due_on, each.reckoning.state, each.risk.level)
        for each in cases(ledgers, agency, D(on), **BY)
    ]


def test_the_most_urgent_first(ledgers):
    agency = kept(ledgers, HISTORIES)
    assert listed(ledgers, agency, "2025-04-03") == [
        ("甲3", D("2025-04-02"), "handling", "overdue"),
        ("甲2", D("2025-04-08"), "handling", "urgent"),
        ("甲4", None, "awaiting_correction", "waiting"),
        ("甲1", D("2025-03-31"), "closed", "closed"),
    ]


def test_a_day_in_the_past_is_seen_as_it_was(ledgers):
    agency = kept(ledgers, HISTORIES)
    assert listed(ledgers, agency, "2025-03-05") == [
        ("甲1", D("2025-03-31"), "handling", "normal"),
        ("甲4", D("2025-04-01"), "handling", "normal"),
        ("甲3", D("2025-04-02"), "handling", "normal"),
    ]
    assert cases(ledgers, agency, D("2025-03-01"), **BY) == []
    assert case(ledgers, agency, "甲1", D("2025-03-01"), **BY) is None
    assert case(ledgers, agency, "甲9", D("2025-04-01"), **BY) is None


def test_one_request_with_what_may_be_done_next(ledgers):
    agency = kept(ledgers, HISTORIES)
    standing, acts = case(ledgers, agency, "甲4", D("2025-03-10"), **BY)
    assert [step.message.id for step in standing.reckoning.steps] == ["clock.received", "clock.correction_notice_sent"]
    possible = {act.name for act in acts if act.refusal is None}
    assert "correction_received" in possible and not possible & {"correction_notice_sent", "extension_notified"}


def test_what_does_not_hold_stands_first_and_stops_nothing(ledgers):
    broken = [*HISTORIES["甲2"], events.ExtensionNotified(D("2025-06-03"), 5)]
    agency = kept(ledgers, {**HISTORIES, "甲5": broken})
    first, *others = cases(ledgers, agency, D("2025-07-01"), **BY)
    assert first.number == "甲5" and isinstance(first.reckoning, Message) and len(others) == 4
    standing, acts = case(ledgers, agency, "甲5", D("2025-07-01"), **BY)
    assert standing == first and acts == []
