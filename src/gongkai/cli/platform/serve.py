"""``gongkai serve``: the portal and the desk at an address of this machine."""

import argparse
import os
import socket

from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Terminal

PORT = 8000


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="help.serve.host")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or 0), metavar="PORT", help="help.serve.port"
    )


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 when it is ended (Ctrl-C)."""
    installation.ledgers.agencies()  # makes the tables, or says why it cannot
    port = args.port or _free(args.host)

    def ready(path: str) -> None:
        terminal.line(terminal.words("serve.at", url=f"http://{args.host}:{port}{path}"))
        terminal.flush()

    installation.serve(args.host, port, terminal.lang, ready)
    return 0


def _free(host: str) -> int:
    """The usual port, or the next that nothing listens at."""
    return next(port for port in range(PORT, 1 << 16) if not listens(host, port))


def listens(host: str, port: int) -> bool:
    """Whether something answers at an address."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
