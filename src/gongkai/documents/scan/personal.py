"""Numbers of persons in a text: identity cards (GB 11643-1999) and mobile telephones.

What is found is a hint for whoever reads, never a refusal: some numbers are published lawfully.
"""

import re
import unicodedata
from datetime import date
from typing import Literal, NamedTuple

Kind = Literal["resident_id", "phone"]
"""居民身份证号码、手机号码."""

_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


class Find(NamedTuple):
    """A number, ``excerpt`` masked."""

    kind: Kind
    excerpt: str


def personal(text: str) -> tuple[Find, ...]:
    """What looks like the number of a person, each once in its order; digits may be of full width."""
    plain = unicodedata.normalize("NFKC", text)
    found = [
        (each.start(), Find("resident_id", f"{each[0][:6]}********{each[0][-4:]}"))
        for each in _RESIDENT_ID.finditer(plain)
        if is_resident_id(each[0])
    ]
    found += [(each.start(), Find("phone", f"{each[1]}****{each[3]}")) for each in _PHONE.finditer(plain)]
    return tuple(dict.fromkeys(find for _, find in sorted(found)))


def is_resident_id(number: str) -> bool:
    """Eighteen signs with a birthday that there was, and the check digit of ISO 7064 (MOD 11-2) over all before it."""
    if not _RESIDENT_ID.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_DIGITS[total % 11] == number[-1].upper()
