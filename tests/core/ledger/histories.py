"""Random histories of requests: whatever the ledger and the clock accept, in any order and at any distance."""

from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from gongkai.core.law.clock import reckon
from gongkai.core.ledger import events
from gongkai.core.ledger.entry import SHANGHAI, Entry, Thing
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import replay
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.outcomes import outcomes

OUTCOMES = outcomes().rows
KINDS = ["natural_person", "business", "research", "public_welfare", "legal_service", "other"]
CHANNELS = ["in_person", "post_signed", "post_ordinary", "online", "fax", "email"]
FIRST, LAST = date(2019, 6, 1), date(2026, 6, 30)


def reckoned(history, **options):
    """The reckoning of a history by the law and the calendar that ship."""
    return reckon(history, calendar=calendar(), values=law(), provisional=True, **options)


def _moves(draw, on, place):
    """Any event that might come next, sound or not."""
    ref = f"c{draw(st.integers(1, 3))}"
    case = f"案{draw(st.integers(1, 2))}"
    return draw(
        st.sampled_from(
            [
                events.IdentityShown(on),
                events.CorrectionNoticeSent(on),
                events.CorrectionReceived(on),
                events.ConsultationSent(on, draw(st.sampled_from(["third_party", "joint_organ", "other_organ"])), ref),
                events.ConsultationReceived(on, ref),
                events.ConsultationAnswered(on, ref),
                events.ExtensionNotified(on, draw(st.integers(1, 20))),
                events.DelayedUntil(on, on + timedelta(days=draw(st.integers(0, 60)))),
                events.FeeNoticeReceived(on),
                events.FeePaid(on),
                events.Lapsed(on, draw(st.sampled_from(["other.no_correction", "other.unpaid"]))),
                events.Withdrawn(on),
                events.Replied(on, draw(st.sampled_from(OUTCOMES))),
                events.Served(on, "post", on),
                events.ServiceFailed(on),
                events.ReconsiderationFiled(on, case),
                events.ReconsiderationDecided(on, case, draw(st.sampled_from(["upheld", "corrected", "other"]))),
                events.LitigationFiled(on, case, draw(st.booleans())),
                events.LitigationDecided(on, case, draw(st.sampled_from(["upheld", "corrected", "other"]))),
            ]
        )
    )


@st.composite
def histories(draw, first=FIRST, last=LAST):
    """The events of one request, the receipt first; every prefix of it is a sound history too."""
    on = draw(st.dates(first, last))
    history = [events.Received(on, draw(st.sampled_from(KINDS)), draw(st.sampled_from(CHANNELS)))]
    for place in range(draw(st.integers(0, 14))):
        on += timedelta(days=draw(st.sampled_from([0, 1, 2, 5, 9, 15, 30, 90, 250])))
        if on > last:
            break
        move = _moves(draw, on, place)
        try:
            replay([*history, move])
            reckoned([*history, move])
        except Refused:
            continue
        history.append(move)
    return history


def entries(histories, agency="a", delay=0):
    """The ledger of an agency with these requests, each event recorded ``delay`` days after it happened."""
    told = [(event, f"第{number}号") for number, history in enumerate(histories, 1) for event in history]
    told.sort(key=lambda pair: pair[0].on)
    return [
        Entry(agency, sequence, Thing("request", number), event, instant(event.on + timedelta(days=delay)))
        for sequence, (event, number) in enumerate(told, 1)
    ]


def instant(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=SHANGHAI)
