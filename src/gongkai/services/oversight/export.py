"""Every entry of every agency as lines of JSON, with one head over all: what proves the ledger outside the system."""

import json
from collections.abc import Iterable, Iterator

from gongkai.core.ledger.chain import GENESIS, head_of_heads, link
from gongkai.core.message import Message, message
from gongkai.services.ports import Ledgers


def export(ledgers: Ledgers) -> Iterator[str]:
    """The lines of an export: ``{"entry": …, "hash": HEX}`` an entry, agency after agency; the last one
    ``{"head": HEX, …}`` with the head of each agency, its name and the kind of hash.
    """
    heads: dict[str, str] = {}
    names: dict[str, str] = {}
    for agency in ledgers.agencies():
        for each in ledgers.links(agency):
            yield f'{{"entry":{each.text},"hash":"{each.hash}"}}'
            heads[agency.id] = each.hash
            names[agency.id] = agency.name
    head = head_of_heads(heads.items(), ledgers.algorithm)
    last = {"head": head, "heads": heads, "agencies": names, "algorithm": ledgers.algorithm}
    yield json.dumps(last, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def first_broken_line(lines: Iterable[str], algorithm: str, head: str | None = None) -> tuple[int, Message] | None:
    """The first line of an export that does not fit, and why; ``None`` where all fit.

    Args:
        lines: the lines of the file.
        algorithm: the hash of the chains.
        head: the head that was kept elsewhere; without it only the file's own is held against its entries.
    """
    reached: dict[str, tuple[str, int]] = {}
    number, closed = 0, False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if closed:
            return number, message("ledger.behind-the-head", line=number)
        try:
            data = json.loads(line)
            if "head" in data:
                closed = True
                if fault := _wrong_head(data, reached, algorithm, head):
                    return number, fault
                continue
            entry, said = data["entry"], data["hash"]
            agency, sequence = entry["agency"], entry["sequence"]
        except (ValueError, KeyError, TypeError):
            return number, message("ledger.not-an-entry", line=number)
        previous, last = reached.get(agency, (GENESIS, 0))
        text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if sequence != last + 1 or link(previous, text, algorithm) != said:
            return number, message("ledger.does-not-fit", line=number, agency=agency, sequence=last + 1)
        reached[agency] = said, sequence
    if not closed:
        return number + 1, message("ledger.no-head", line=number + 1)
    return None


def _wrong_head(
    data: dict[str, object], reached: dict[str, tuple[str, int]], algorithm: str, head: str | None
) -> Message | None:
    computed = head_of_heads(((agency, hash) for agency, (hash, _) in reached.items()), algorithm)
    wanted = head or data["head"]
    if computed != wanted or data["head"] != wanted:
        return message("ledger.other-head", found=computed, expected=wanted)
    return None
