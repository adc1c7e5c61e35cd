"""Dates on the command line."""

import argparse
from datetime import date


def day(text: str) -> date:
    """A civil date, ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(text) from None
