"""``gongkai serve``: the portal and the desk at an address of this machine."""

import argparse
import os

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal

PORT = 8000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="help.serve.host")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or PORT), metavar="PORT", help="help.serve.port"
    )


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 when it is ended (Ctrl-C)."""
    installation.ledgers.agencies()  # makes the tables, or says why it cannot
    terminal.line(terminal.words("serve.at", url=f"http://{args.host}:{args.port}/"))
    terminal.flush()
    installation.serve(args.host, args.port)
    return 0
