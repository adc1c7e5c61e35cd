"""Places on the command line."""

import argparse


def region(text: str) -> str:
    """The code of a place, of 6, 9 or 12 digits (行政区划代码)."""
    from gongkai.rulebook.load.places import is_place

    if not is_place(text):
        raise argparse.ArgumentTypeError("no-region")
    return text
