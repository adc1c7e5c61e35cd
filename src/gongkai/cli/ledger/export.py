"""``gongkai ledger export``: every entry of every agency as JSON lines, closed by one head over all."""

import argparse
from pathlib import Path

from gongkai.cli.installation import Installation, data_folder
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import message


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="help.ledger.output")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 written; the head is said, to be kept elsewhere. 2 where the file cannot be written: nothing is left of it."""
    import json

    from gongkai.documents.write import replaceable, replacing
    from gongkai.services.oversight.export import export

    target = replaceable(Path(args.output))
    if target.is_relative_to(data_folder().resolve()):
        raise Refused(message("terminal.ledger.into-installation", file=args.output))
    line = ""
    try:
        with replacing(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
            for line in export(installation.ledgers):
                stream.write(line + "\n")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(message("terminal.ledger.cannot-write", file=args.output, reason=reason)) from error
    head = json.loads(line)["head"]
    if terminal.format == "jsonl":
        terminal.record({"output": args.output, "head": head})
    else:
        terminal.line(terminal.words("ledger.exported", file=args.output))
        terminal.line(terminal.words("ledger.head", head=head))
    return 0
