"""``gongkai backup``: an archive of the installation."""

import argparse
from pathlib import Path

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="help.ledger.output")
    parser.add_argument("--with-keys", action="store_true", help="help.backup.keys")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 written; 2 where it cannot be."""
    installation.ledgers.agencies()  # opens the database
    installation.backup(Path(args.output), args.with_keys)
    if terminal.format == "jsonl":
        terminal.record({"output": args.output, "keys": args.with_keys})
        return 0
    terminal.line(terminal.words("ledger.exported", file=args.output))
    terminal.paragraph(terminal.words("backup.with-keys" if args.with_keys else "backup.without-keys"))
    return 0
