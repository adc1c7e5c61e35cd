"""``gongkai law workdays``: the day on which a number of working days after a date is full."""

import argparse

from gongkai.cli.dates import day
from gongkai.cli.installation import added_calendars
from gongkai.cli.places import region
from gongkai.cli.terminal import Terminal
from gongkai.core.calendar.days import UnknownDay


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--from", dest="start", type=day, required=True, metavar="DATE", help="help.law.from")
    parser.add_argument("--count", type=int, required=True, metavar="N", help="help.law.count")
    parser.add_argument("--region", type=region, metavar="CODE", help="help.law.region")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """The date alone; 1 where it cannot be counted."""
    from gongkai.rulebook.load.calendar import calendar

    if args.count < 0:
        terminal.complain(terminal.words("law.negative", found=args.count))
        return 2
    try:
        end = calendar(args.region, added_calendars()).after(args.start, args.count)
    except UnknownDay as unknown:
        terminal.complain(terminal.render(unknown.message))
        return 1
    if terminal.format == "jsonl":
        terminal.record({"from": args.start.isoformat(), "count": args.count, "date": end.isoformat()})
    else:
        terminal.line(end.isoformat())
    return 0
