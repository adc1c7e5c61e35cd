"""Every entry of every agency as lines of JSON, with one head over all: what proves the ledger outside the system."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from os import SEEK_END
from typing import Any, BinaryIO, NamedTuple

from gongkai.core.ledger.chain import ALGORITHMS, GENESIS, canonical, head_of_heads, link
from gongkai.core.ledger.events import AgencyNamed
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message
from gongkai.services.ports import Ledgers


def export(ledgers: Ledgers) -> Iterator[str]:
    """The lines of an export: ``{"entry": …, "hash": HEX}`` an entry, agency after agency by name; the last one
    ``{"head": HEX, …}`` with the head of each agency, its name and the kind of hash. Raises ``Refused`` where entries
    belong to no agency: they would be missing.
    """
    if orphans := ledgers.orphans():
        raise Refused(message("ledger.orphans", agency=orphans))
    heads: dict[str, str] = {}
    names: dict[str, str] = {}
    agencies = sorted(ledgers.agencies(), key=lambda agency: agency.name)
    for agency in agencies:
        for each in ledgers.links(agency):
            yield _line(each.text, each.hash)
            heads[agency.id] = each.hash
            names[agency.id] = agency.name
    yield _last(heads, names, agencies[0].algorithm if agencies else ledgers.algorithm)


def _line(text: str, hash: str) -> str:
    return f'{{"entry":{text},"hash":"{hash}"}}'


def _last(heads: Mapping[str, str], names: Mapping[str, str], algorithm: str) -> str:
    head = _head(heads, names, algorithm)
    return canonical({"head": head, "heads": heads, "agencies": names, "algorithm": algorithm})


def _head(heads: Mapping[str, str], names: Mapping[str, str], algorithm: str) -> str:
    return head_of_heads(((id, names[id], hash) for id, hash in heads.items()), algorithm)


class Fault(NamedTuple):
    """The first line of an export that does not fit, and why."""

    line: int
    message: Message


@dataclass
class Checked:
    """What an export was found to be: its first fault, where it has one; the hashes of its entries and the names, both
    by agency.
    """

    fault: Fault | None = None
    hashes: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def check_export(file: BinaryIO, head: str | None = None, since: Checked | None = None) -> Checked:
    """Hold an export against itself, byte by byte: it is what ``export`` writes, or has a fault.

    Args:
        file: the export; it is read from its beginning.
        head: the head that was kept elsewhere; without it only the file's own is held against its entries.
        since: an older export, each entry of which must still stand in its place, and each name unless an entry behind
            them says otherwise.

    Raises:
        Refused: the hash that the file names cannot be computed here.
    """
    last = _last_of(file)
    reading = _Reading(last, head, since or Checked())
    file.seek(0)
    number, fault = 0, None
    for number, line in enumerate(file, 1):
        if fault := reading.line(number, line):
            break
    if fault is None and not reading.closed:
        fault = Fault(number + 1, message("ledger.no-head", line=number + 1))
    return Checked(fault, reading.hashes, reading.names)


_STEP = 1 << 16


def _last_of(file: BinaryIO) -> dict[str, object]:
    """What the last line says, before anything is held against it; nothing where it is no object."""
    end = file.seek(0, SEEK_END)
    tail = b""
    while end and b"\n" not in tail[:-1]:
        start = max(0, end - _STEP)
        file.seek(start)
        tail, end = file.read(end - start) + tail, start
    try:
        last = json.loads(tail.rstrip(b"\n").rpartition(b"\n")[2])
    except (ValueError, RecursionError):
        return {}
    return last if isinstance(last, dict) else {}


class _Reading:
    """An export as far as it was read."""

    def __init__(self, last: Mapping[str, object], head: str | None, since: Checked) -> None:
        """``last`` is what the last line says: by which hash to compute, and how agencies are called in messages."""
        self.hashes: dict[str, list[str]] = {}
        self.names = {**since.names, **_texts(last.get("agencies"))}
        self.closed = False
        algorithm = last.get("algorithm")
        self._algorithm = algorithm if isinstance(algorithm, str) and algorithm in ALGORITHMS else ALGORITHMS[0]
        self._head = head
        self._since = since
        self._ends: dict[str, int] = {}
        """The line of the last entry of each agency."""
        self._named: dict[str, tuple[int, str]] = {}
        """The last entry of each agency that names it, and what it says."""

    def line(self, number: int, line: bytes) -> Fault | None:
        """Take the next line; what is wrong with it or with what lies before it."""
        if self.closed:
            return Fault(number, message("ledger.behind-the-head", line=number))
        try:
            data = json.loads(line.decode())
        except UnicodeDecodeError:
            return Fault(number, message("ledger.not-utf8", line=number))
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict) and "head" in data:
            self.closed = True
            return self._close(number, line, data)
        entry, said = (data.get("entry"), data.get("hash")) if isinstance(data, dict) else (None, None)
        agency, sequence = (entry.get("agency"), entry.get("sequence")) if isinstance(entry, dict) else (None, None)
        if not isinstance(agency, str) or type(sequence) is not int or not isinstance(said, str):
            return Fault(number, message("ledger.not-an-entry", line=number))
        try:
            text = canonical(entry)
        except RecursionError:
            return Fault(number, message("ledger.not-an-entry", line=number))
        fault = self._entry(number, line, text, agency, sequence, said)
        if fault is None and (called := _called(agency, entry)) is not None:
            self._named[agency] = (sequence, called)
        return fault

    def _entry(self, number: int, line: bytes, text: str, agency: str, sequence: int, said: str) -> Fault | None:
        if not _is(line, _line(text, said)):
            return Fault(number, message("ledger.not-as-written", line=number))
        own = self.hashes.get(agency, [])
        if not self.hashes and sequence == 1:
            self._algorithm = self._algorithm_of(text, said)
        moved = own and self._ends[agency] != number - 1
        previous = own[-1] if own else GENESIS
        if moved or sequence != len(own) + 1 or link(previous, text, self._algorithm) != said:
            place = {"line": number, "agency": self._name(agency), "sequence": len(own) + 1}
            return Fault(number, message("ledger.does-not-fit", **place))
        older = self._since.hashes.get(agency, ())
        if sequence <= len(older) and older[sequence - 1] != said:
            place = {"line": number, "agency": self._name(agency), "sequence": sequence}
            return Fault(number, message("ledger.other-past", **place))
        self.hashes.setdefault(agency, own).append(said)
        self._ends[agency] = number
        return None

    def _name(self, agency: str) -> str:
        return self.names.get(agency, agency)

    def _algorithm_of(self, text: str, said: str) -> str:
        """The hash of the first entry: that of the last line, unless it is seen to be another."""
        if link(GENESIS, text, self._algorithm) == said:
            return self._algorithm
        for other in ALGORITHMS:
            try:
                if link(GENESIS, text, other) == said:
                    return other
            except Refused:
                continue
        return self._algorithm

    def _close(self, number: int, line: bytes, data: dict[str, object]) -> Fault | None:
        """Judge the last line: it must be exactly what follows from the entries and the names."""
        heads = {agency: own[-1] for agency, own in self.hashes.items()}
        names, stated = _texts(data.get("agencies")), _texts(data.get("heads"))
        algorithm = data.get("algorithm")
        if not isinstance(algorithm, str) or not isinstance(data["head"], str):
            return Fault(number, message("ledger.not-as-written", line=number))
        if algorithm not in ALGORITHMS:
            return Fault(number, message("ledger.unknown-algorithm", found=algorithm, known=ALGORITHMS))
        if missing := self._missing(number, data, names, stated, heads):
            return missing
        if names.keys() != heads.keys():
            return Fault(number, message("ledger.not-as-written", line=number))
        computed = _head(heads, names, self._algorithm)
        if data["head"] != computed:
            return Fault(number, message("ledger.wrong-head", line=number, found=computed, expected=data["head"]))
        in_order = list(heads) == sorted(heads, key=names.__getitem__)
        if not in_order or not _is(line, _last(heads, names, self._algorithm)):
            return Fault(number, message("ledger.not-as-written", line=number))
        if self._head is not None and self._head != computed:
            return Fault(number, message("ledger.other-head", found=computed, expected=self._head))
        for agency, (sequence, called) in self._named.items():
            if names[agency] != called:
                told = {"found": names[agency], "expected": called, "sequence": sequence}
                return Fault(number, message("ledger.named-otherwise", **told))
        return self._past(number, names)

    def _past(self, number: int, names: dict[str, str]) -> Fault | None:
        """Where an entry or a name of the older export is missing."""
        if self.hashes and self._since.hashes and not self._since.hashes.keys() & self.hashes.keys():
            return Fault(number, message("ledger.other-installation"))
        for agency, older in self._since.hashes.items():
            if len(own := self.hashes.get(agency, [])) < len(older):
                place = self._ends.get(agency, number - 1) + 1
                said = {"agency": self._name(agency), "sequence": len(own) + 1}
                return Fault(place, message("ledger.past-missing", line=place, **said))
        for agency, before in self._since.names.items():
            said_in, _ = self._named.get(agency, (0, ""))
            if names[agency] != before and said_in <= len(self._since.hashes.get(agency, ())):
                return Fault(number, message("ledger.renamed", before=before, found=names[agency]))
        return None

    def _missing(
        self, number: int, data: dict[str, object], names: dict[str, str], stated: dict[str, str], heads: dict[str, str]
    ) -> Fault | None:
        """Where the last line is whole in itself but an agency's entries end before its head: that place."""
        if names.keys() != stated.keys() or _head(stated, names, self._algorithm) != data["head"]:
            return None
        for agency in sorted(stated, key=names.__getitem__):
            if heads.get(agency) != stated[agency]:
                place = self._ends.get(agency, number - 1) + 1
                sequence = len(self.hashes.get(agency, ())) + 1
                return Fault(place, message("ledger.end-missing", line=place, agency=names[agency], sequence=sequence))
        return None


def _called(agency: str, entry: Any) -> str | None:
    """What an entry says that its agency is called; ``None`` where it says nothing of that."""
    event = entry.get("event")
    if (entry.get("kind"), entry.get("number")) != ("agency", agency) or not isinstance(event, dict):
        return None
    called = event.get("called") if event.get("type") == AgencyNamed.name else None
    return called if isinstance(called, str) else None


def _is(line: bytes, text: str) -> bool:
    """Whether a line of the file is this text, byte by byte. What is no text at all is no line of ours."""
    return line == f"{text}\n".encode(errors="surrogatepass")


def _texts(value: object) -> dict[str, str]:
    """A mapping of text to text that can be written; empty for anything else."""
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        return {}
    try:
        canonical(value).encode()
    except UnicodeEncodeError:
        return {}
    return value
