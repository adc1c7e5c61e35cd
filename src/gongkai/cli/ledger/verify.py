"""``gongkai ledger verify``: whether the chains are whole, in the database or in an exported file."""

import argparse
from pathlib import Path

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import Message, message


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="help.ledger.file")
    parser.add_argument("--head", metavar="HASH", help="help.ledger.kept-head")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 whole; 1 broken, the first entry that does not fit named; 2 the file cannot be read."""
    if args.file:
        return _file(args.file, args.head, terminal, installation.ledgers.algorithm)
    if args.head:
        raise Refused(message("terminal.ledger.head-of-what"))
    from gongkai.services.oversight.verify import verify

    broken = verify(installation.ledgers)
    for each in broken:
        said = message("ledger.broken", agency=each.agency.name, sequence=each.sequence)
        _tell(said, {"agency": each.agency.name, "sequence": each.sequence}, terminal)
    if not broken:
        agencies = installation.ledgers.agencies()
        count = sum(1 for agency in agencies for _ in installation.ledgers.links(agency))
        _tell(message("ledger.intact", agencies=len(agencies), entries=count), {}, terminal)
    return 1 if broken else 0


def _file(path: str, head: str | None, terminal: Terminal, algorithm: str) -> int:
    from gongkai.services.oversight.export import first_broken_line

    try:
        with Path(path).open(encoding="utf-8") as lines:
            broken = first_broken_line(lines, algorithm, head)
    except UnicodeDecodeError as error:
        raise Refused(message("terminal.not-utf8", file=path)) from error
    except OSError as error:
        raise Refused(
            message("terminal.cannot-open", file=path, reason=error.strerror or type(error).__name__)
        ) from error
    if broken:
        line, said = broken
        _tell(said, {"line": line}, terminal)
        return 1
    _tell(message("terminal.ledger.file-intact", file=path), {}, terminal)
    return 0


def _tell(said: Message, facts: dict[str, object], terminal: Terminal) -> None:
    if terminal.format == "jsonl":
        terminal.record({"intact": not facts, **facts, "message": terminal.render(said)})
    else:
        terminal.paragraph(terminal.render(said), kind="error" if facts else "good")
