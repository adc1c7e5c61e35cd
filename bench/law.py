"""How fast the law engine is: one explained deadline, many deadlines, one agency-year.

    python bench/law.py [CASES]

One deadline with its reckoning, in milliseconds (bound: 0.5). Many deadlines, 20 working days after 1,000,000 dates of
2019 to 2026 in no order, make-up days included, as a ratio to numpy's ``busday_offset`` on an array of the same dates
with the same holidays (it knows no make-up days), alternating, medians of 7 (bound: 1.5). The filled form of a year
from an agency's events, CASES (100,000) requests, in seconds (bound: 3), and again for a tenth of them: the time of the
whole over that of the tenth says how it grows (10 is linear).
"""

import gc
import random
import statistics
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time

from gongkai.core.law.clock import reckon
from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.tables.fill import fill, read
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.forms import form
from gongkai.rulebook.load.law import law

DATES, ROUNDS = 1_000_000, 7


def timed(run: Callable[[], object]) -> float:
    """Seconds of processor time, without the collector, whose share depends on all that lives in the process."""
    gc.collect()
    gc.disable()
    start = process_time()
    run()
    taken = process_time() - start
    gc.enable()
    return taken


def one_deadline() -> float:
    """Milliseconds for a history with a correction, a consultation and an extension."""
    on = date(2025, 3, 3)
    history = [
        events.Received(on, "business", "online"),
        events.CorrectionNoticeSent(on + timedelta(days=3)),
        events.CorrectionReceived(on + timedelta(days=9)),
        events.ConsultationSent(on + timedelta(days=11), "third_party", "c"),
        events.ConsultationReceived(on + timedelta(days=13), "c"),
        events.ConsultationAnswered(on + timedelta(days=20), "c"),
        events.ExtensionNotified(on + timedelta(days=25), 10),
    ]
    days, values = calendar(), law()
    many = 25
    times = [timed(lambda: [reckon(history, calendar=days, values=values) for _ in range(many)]) for _ in range(20)]
    return statistics.median(times) / many * 1000


def many_deadlines(count: int = DATES, rounds: int = ROUNDS) -> float:
    """Our rate over numpy's."""
    import numpy

    days = calendar()
    chance = random.Random(1)
    first = date(2019, 1, 1)
    dates = [first + timedelta(days=chance.randrange(365 * 7)) for _ in range(count)]
    array = numpy.array(dates, dtype="datetime64[D]")
    off = [day for day, special in days.special.items() if not special.working]
    business = numpy.busdaycalendar(holidays=off)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: days.many(dates, 20)))
        theirs.append(timed(lambda: numpy.busday_offset(array, 20, roll="backward", busdaycal=business)))
    return statistics.median(theirs) / statistics.median(ours)


def agency_year(cases: int) -> float:
    """Seconds from entries to the filled form."""
    chance = random.Random(2)
    form_2021 = form("annual-2021")
    outcomes = [cell.split("/")[1] for cell in form_2021.identities_of("column-total")[0].plus]
    kinds = [column.id for column in form_2021.by_table["requests"].blocks[0].columns if column.id != "total"]
    entries: list[Entry] = []
    recorded = datetime(2025, 6, 1, tzinfo=UTC)
    for number in range(cases):
        on = date(2024, 7, 1) + timedelta(days=chance.randrange(540))
        thing = Thing("request", f"第{number}号")
        received = events.Received(on, chance.choice(kinds), "online")  # type: ignore[arg-type]
        replied = events.Replied(on + timedelta(days=chance.randrange(40)), chance.choice(outcomes))
        for event in (received, replied):
            entries.append(Entry("a", len(entries) + 1, thing, event, recorded))
    return timed(lambda: fill(form_2021, 2025, read(entries)))


def main(cases: int = 100_000) -> dict[str, float]:
    """All figures by name."""
    start = perf_counter()
    found = {"one deadline (ms)": one_deadline(), "many deadlines (× numpy)": many_deadlines()}
    whole, tenth = agency_year(cases), agency_year(cases // 10)
    found |= {f"agency-year, {cases} cases (s)": whole, "whole over a tenth": whole / tenth}
    for name, figure in found.items():
        print(f"{name}: {figure:.3f}")
    print(f"{perf_counter() - start:.0f} s")
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
