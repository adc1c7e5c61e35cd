"""``gongkai ledger verify``: whether the chains are whole, in the database or in an exported file."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import Message, Told, message

if TYPE_CHECKING:
    from gongkai.services.oversight.export import Checked


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="help.ledger.file")
    parser.add_argument("--head", metavar="HASH", help="help.ledger.kept-head")
    parser.add_argument("--since", metavar="FILE", help="help.ledger.since")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 whole; 1 broken, the first entry that does not fit named; 2 the file cannot be read.

    With ``--since OLD`` all of an older export must still stand in its place; ``--head`` is then the head of that one.
    """
    head = args.head.strip().lower() if args.head is not None else None
    if head is not None and not re.fullmatch("[0-9a-f]{64}", head):
        raise Refused(message("terminal.ledger.no-head", found=args.head))
    if head and not args.file and not args.since:
        raise Refused(message("terminal.ledger.head-of-what"))
    try:
        older: Checked | None = None
        if args.since:
            older, head = _check(args.since, head, None), None
            if older.fault:
                return _faulty(args.since, older, terminal)
        if args.file:
            found = _check(args.file, head, older)
            if found.fault:
                return _faulty(args.file, found, terminal)
            entries = sum(map(len, found.hashes.values()))
            _tell(message("terminal.ledger.file-intact", file=args.file, entries=entries), {}, terminal)
            return 0
        return _database(older, terminal, installation)
    except Told as told:
        raise Refused(told.message) from told


def _database(older: "Checked | None", terminal: Terminal, installation: Installation) -> int:
    from gongkai.services.oversight.verify import verify

    broken = verify(installation.ledgers, older)
    for each in broken:
        facts: dict[str, object] = {"agency": each.agency and each.agency.name, "sequence": each.sequence}
        _tell(each.message, facts, terminal)
    if not broken:
        agencies = installation.ledgers.agencies()
        count = sum(1 for agency in agencies for _ in installation.ledgers.links(agency))
        _tell(message("ledger.intact", agencies=len(agencies), entries=count), {}, terminal)
    return 1 if broken else 0


def _check(path: str, head: str | None, older: "Checked | None") -> "Checked":
    from gongkai.services.oversight.export import check_export

    try:
        with Path(path).open("rb") as file:
            return check_export(file, head, older)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.cannot-open", file=path, reason=reason)) from error


def _faulty(path: str, checked: "Checked", terminal: Terminal) -> int:
    assert checked.fault
    line, said = checked.fault
    if terminal.format == "text":
        terminal.line(terminal.style(path, "head"))
    _tell(said, {"file": path, "line": line}, terminal)
    return 1


def _tell(said: Message, facts: dict[str, object], terminal: Terminal) -> None:
    if terminal.format == "jsonl":
        terminal.record({"intact": not facts, **facts, "message": terminal.render(said)})
    else:
        terminal.paragraph(terminal.render(said), kind="error" if facts else "good")
