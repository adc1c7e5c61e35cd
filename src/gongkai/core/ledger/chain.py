"""The hash chain of an agency: each entry's hash covers the one before, so a head proves everything up to it.

Changed, removed, inserted and swapped entries all break it, and the first that does not fit can be named. Whoever keeps
a head outside the system can prove the ledger up to it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry
from gongkai.core.ledger.wire import to_plain

GENESIS = "0" * 64
"""What the first entry of an agency follows."""


class Link(NamedTuple):
    """An entry as it is chained: its number, its text, and the hash it is said to have."""

    sequence: int
    text: str
    hash: str


def text_of(entry: Entry) -> str:
    """The canonical text of an entry: JSON with sorted keys and no blanks, what is hashed and exported."""
    plain = {
        "agency": entry.agency,
        "sequence": entry.sequence,
        "kind": entry.thing.kind,
        "number": entry.thing.number,
        "event": to_plain(entry.event),
        "recorded": entry.recorded.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    if entry.claimed_recorded is not None:
        plain["claimed_recorded"] = entry.claimed_recorded.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, text: str, algorithm: str = "sha256") -> str:
    """The hash of an entry behind the one whose hash is ``previous``. ``algorithm``: sha256, or sm3 (GB/T 32905)."""
    return hashlib.new(algorithm, f"{previous}\n{text}".encode()).hexdigest()


def head_of_heads(heads: Iterable[tuple[str, str]], algorithm: str = "sha256") -> str:
    """One hash over the heads of all agencies, given as ``(agency, head)``: what is kept outside the system."""
    lines = "\n".join(f"{agency} {head}" for agency, head in sorted(heads))
    return hashlib.new(algorithm, lines.encode()).hexdigest()


def first_break(links: Iterable[Link], algorithm: str = "sha256") -> int | None:
    """The number of the first entry of an agency that does not follow from those before, or ``None``.

    A number that is missing or stands twice is a break at the number that should be there.
    """
    previous = GENESIS
    for expected, each in enumerate(links, 1):
        if each.sequence != expected or link(previous, each.text, algorithm) != each.hash:
            return expected
        previous = each.hash
    return None
