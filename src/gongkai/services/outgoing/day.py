"""The civil day on which an act is done."""

from datetime import date, datetime

from gongkai.core.ledger.entry import SHANGHAI


def today(now: datetime) -> date:
    """The civil day in China."""
    return now.astimezone(SHANGHAI).date()
