"""What can be said of a year from its record: the first part under its five heads, and the statement on fees.

Sentences state counts and nothing else; the fifth part, what went wrong and will be mended, only people can write.
Source: 国办公开办函〔2021〕30号 (five heads of part one; the fee is stated in part six).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.core.ledger.entry import Entry, amended
from gongkai.core.ledger.events import ItemCorrected, ItemPublished, ItemWithdrawn, WorkLogged
from gongkai.core.message import message
from gongkai.rulebook.load.messages import render

HEADS = ("disclosure", "requests", "management", "platform", "supervision")
"""主动公开、依申请公开、政府信息管理、平台建设、监督保障."""


def suggested(entries: Iterable[Entry], year: int, figures: Mapping[str, int | float], agency: str) -> dict[str, str]:
    """``opening``, ``part.1`` and ``part.6`` of a year's report from its record."""
    counts: Counter[str] = Counter()
    for entry in amended(entries):
        event = entry.event
        if event.on.year != year:
            continue
        if isinstance(event, ItemPublished | ItemCorrected | ItemWithdrawn):
            counts[event.name] += 1
        elif isinstance(event, WorkLogged):
            counts[event.kind] += 1
    facts = {
        "published": counts["item_published"],
        "corrected": counts["item_corrected"],
        "withdrawn": counts["item_withdrawn"],
        **{kind: counts[kind] for kind in ("leading_group", "meeting", "training", "inspection", "incident")},
        "platform_change": counts["platform_change"],
        "received": int(figures["requests/new/total"]),
        "carried": int(figures["requests/carried_in/total"]),
        "closed": int(figures["requests/total/total"]),
        "open": int(figures["requests/carried_out/total"]),
    }
    heads = [render(message(f"report.prose.{head}", **facts)) for head in HEADS]
    return {
        "opening": render(
            message("report.prose.opening", agency=agency, begin=date(year, 1, 1), end=date(year, 12, 31), year=year)
        ),
        "part.1": "\n".join(heads),
        "part.6": render(message("report.prose.fees")),
    }
