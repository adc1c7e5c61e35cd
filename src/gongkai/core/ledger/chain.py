"""The hash chain of an agency: each entry's hash covers the one before, so a head proves everything up to it.

Changed, removed, inserted and swapped entries all break it, and the first that does not fit can be named. Whoever keeps
a head outside the system can prove the ledger up to it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_plain
from gongkai.core.message import message

ALGORITHMS = ("sha256", "sm3")
"""The hashes that a chain can have; sm3 is GB/T 32905."""

GENESIS = "0" * 64
"""What the first entry of an agency follows."""


class Columns(NamedTuple):
    """What a table says of an entry beside its text, to find it. It carries no authority and must agree."""

    agency: str
    kind: str
    number: str
    recorded: datetime


class Link(NamedTuple):
    """An entry as it is chained: its number, its text, the hash it is said to have; and, in a table, its columns."""

    sequence: int
    text: str
    hash: str
    columns: Columns | None = None


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
    return canonical(plain)


def canonical(plain: object) -> str:
    """Plain values as JSON with sorted keys and no blanks."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str, algorithm: str) -> str:
    """The hash of a text. Raises ``Refused`` for a hash that is not of ``ALGORITHMS``, or that OpenSSL lacks here."""
    if algorithm not in ALGORITHMS:
        raise Refused(message("ledger.unknown-algorithm", found=algorithm, known=ALGORITHMS))
    try:
        new = hashlib.new(algorithm)
    except ValueError:
        raise Refused(message("ledger.no-algorithm", found=algorithm)) from None
    new.update(text.encode())
    return new.hexdigest()


def link(previous: str, text: str, algorithm: str = "sha256") -> str:
    """The hash of an entry behind the one whose hash is ``previous``."""
    return digest(f"{previous}\n{text}", algorithm)


def head_of_heads(heads: Iterable[tuple[str, str, str]], algorithm: str = "sha256") -> str:
    """One hash over the heads of all agencies, given as ``(agency, name, head)``: what is kept outside the system.

    It is the hash of their canonical JSON, sorted: ``[["ID","NAME","HEAD"],…]``.
    """
    return digest(canonical(sorted(map(list, heads))), algorithm)


def first_break(links: Iterable[Link], algorithm: str = "sha256") -> int | None:
    """The number of the first entry of an agency that does not follow from those before, or ``None``.

    A number that is missing or stands twice is a break at the number that should be there; so is an entry whose columns
    say something else than its text.
    """
    previous = GENESIS
    for expected, each in enumerate(links, 1):
        if each.sequence != expected or link(previous, each.text, algorithm) != each.hash or not _agrees(each):
            return expected
        previous = each.hash
    return None


def _agrees(each: Link) -> bool:
    """Whether the number and the columns of an entry are those of its text."""
    try:
        data = json.loads(each.text)
        if data["sequence"] != each.sequence:
            return False
        own = Columns(data["agency"], data["kind"], data["number"], datetime.fromisoformat(data["recorded"]))
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
    return each.columns in (None, own)
