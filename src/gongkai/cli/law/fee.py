"""``gongkai law fee``: the information processing fee (信息处理费) of a month's requests, or of a request's pages."""

import argparse
from dataclasses import asdict
from datetime import date

from gongkai.cli.dates import day
from gongkai.cli.terminal import Terminal
from gongkai.core.message import Told


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--by", choices=("item", "page"), required=True, help="help.law.by")
    parser.add_argument("--count", type=int, required=True, metavar="N", help="help.law.units")
    parser.add_argument("--on", type=day, default=date.max, metavar="DATE", help="help.law.on")
    parser.add_argument("--explain", action="store_true", help="help.law.explain")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """The fee in whole yuan and nothing else, or with its steps."""
    from gongkai.core.law.fees import by_item, by_page
    from gongkai.rulebook.load.law import law

    try:
        fee = (by_item if args.by == "item" else by_page)(args.count, law(), args.on)
    except Told as refused:
        terminal.complain(terminal.render(refused.message))
        return 2
    if terminal.format == "jsonl":
        steps = [asdict(step) for step in fee.steps]
        terminal.record({"by": args.by, "count": args.count, "amount": fee.amount, "steps": steps})
        return 0
    terminal.line(str(fee.amount))
    for said in fee.messages if args.explain else ():
        terminal.line(f"  {terminal.render(said)}")
    return 0
