"""Dates on the command line."""

import argparse
from datetime import date


def day(text: str) -> date:
    """A civil date as people write it: 2024-03-04, 2024/3/4, 2024年3月4日."""
    from gongkai.documents.register.dates import NoDate, read_date

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return read_date(text)
    except NoDate:
        raise argparse.ArgumentTypeError("no-day") from None
