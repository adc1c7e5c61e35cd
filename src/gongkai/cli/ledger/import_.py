"""``gongkai ledger import``: an existing register of requests into the ledger, whole or not at all."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.installation import Installation
from gongkai.cli.places import region
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import Message, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.services.request.import_register import Problem


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("register", metavar="FILE", help="help.ledger.register")
    parser.add_argument("--mapping", metavar="TOML", help="help.ledger.mapping")
    parser.add_argument("--agency", metavar="NAME", help="help.ledger.agency")
    parser.add_argument("--dry-run", action="store_true", help="help.ledger.dry-run")
    parser.add_argument("--region", type=region, metavar="CODE", help="help.law.region")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """0 imported (or would be); 1 refused, every bad line named on stderr; 2 the file cannot be read."""
    from gongkai.documents.read.source import Unreadable
    from gongkai.documents.register import read_mapping, read_register
    from gongkai.rulebook.load.calendar import calendar
    from gongkai.rulebook.load.law import law
    from gongkai.rulebook.load.outcomes import outcomes
    from gongkai.services.request.import_register import Problem, import_register

    try:
        mapping = read_mapping(Path(args.mapping)) if args.mapping else None
        register = read_register(Path(args.register), mapping, agency=args.agency)
    except Unreadable as unreadable:
        raise Refused(unreadable.message) from unreadable
    imported = import_register(
        register.lines,
        installation.ledgers,
        calendar=calendar(args.region, installation.calendars),
        values=law(args.region),
        outcomes=outcomes(),
        now=installation.now(),
        dry_run=args.dry_run or bool(register.problems),
    )
    if register.unread:
        terminal.complain(terminal.words("ledger.unread", file=args.register, names=register.unread))
    problems = [*(Problem(*each) for each in register.problems), *imported.problems]
    problems.sort(key=lambda problem: problem.place)
    for place, said in _lists_once(problems, terminal):
        terminal.complain(terminal.words("ledger.line", line=place, fault=terminal.render(said)))
    if problems:
        terminal.complain(terminal.words("ledger.nothing-imported", file=args.register, count=len(problems)))
        return 1
    facts = {"requests": imported.requests, "events": imported.events, "passed_over": imported.passed_over}
    if terminal.format == "jsonl":
        agencies = dict(imported.agencies)
        terminal.record(
            {"source": args.register, "dry_run": args.dry_run, **facts, "agencies": agencies, "made": imported.made}
        )
    else:
        terminal.paragraph(terminal.words("ledger.would-import" if args.dry_run else "ledger.imported", **facts))
        for name, count in imported.agencies.items():
            id = "ledger.of-new-agency" if name in imported.made else "ledger.of-agency"
            terminal.line(terminal.words(id, agency=name, count=count))
    return 0


def _lists_once(problems: "Iterable[Problem]", terminal: Terminal) -> "Iterator[tuple[int, Message]]":
    """A list of what is possible is told with the first line that needs it; later lines point to it."""
    told: set[object] = set()
    for place, said in problems:
        list_of = (said.id, known) if (known := said.params.get("known")) else None
        if list_of in told:
            said = message(said.id, **{**said.params, "known": terminal.words("ledger.as-above")})
        elif list_of:
            told.add(list_of)
        yield place, said
