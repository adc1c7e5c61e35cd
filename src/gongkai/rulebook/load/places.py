"""The codes of places (行政区划代码): six digits to the county, nine to the township, twelve to the village."""

import re

_CODE = re.compile(r"\d{6}|\d{9}|\d{12}", re.ASCII)


def is_place(text: str) -> bool:
    """Whether a text has the form of a code; whether the place exists is not known here."""
    return bool(_CODE.fullmatch(text))


def upwards(code: str) -> list[str]:
    """A place and those above it, nearest first: 440305001, 440305, 440300, 440000."""
    cuts = [code[:length].ljust(max(6, length), "0") for length in (12, 9, 6, 4, 2) if len(code) >= length]
    return list(dict.fromkeys(cuts))
