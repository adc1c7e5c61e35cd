"""``gongkai ledger cases``: the requests of an agency and where each stands, or one of them with its reckoning."""

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.cli.columns import fill, width
from gongkai.cli.dates import day
from gongkai.cli.installation import Installation, found_agency
from gongkai.cli.law.reckoning import dates, iso, overdue, show, steps
from gongkai.cli.places import region
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.ledger.entry import SHANGHAI
from gongkai.core.message import Message, message

if TYPE_CHECKING:
    from gongkai.core.law.acts import Act
    from gongkai.services.ports import Agency, Ledgers
    from gongkai.services.request.cases import Standing


LIKE = 0.7
"""How like a number must be (of 1) to be offered for one that is not there."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--agency", required=True, metavar="NAME", help="help.fill.agency")
    parser.add_argument("--number", metavar="NUMBER", help="help.ledger.number")
    parser.add_argument("--open", action="store_true", help="help.ledger.open")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="help.ledger.as-of")
    parser.add_argument("--region", type=region, metavar="CODE", help="help.law.region")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """A line a request, the most urgent first; with ``--number`` one with its steps and the acts that may follow."""
    from gongkai.rulebook.load.calendar import calendar
    from gongkai.rulebook.load.law import law
    from gongkai.services.request.cases import case, cases

    ledgers = installation.ledgers
    agency = found_agency(ledgers, args.agency)
    today: date = args.as_of or installation.now().astimezone(SHANGHAI).date()
    days, values = calendar(args.region, installation.calendars), law(args.region)
    if args.number is not None:
        found = case(ledgers, agency, args.number, today, calendar=days, values=values)
        if found is None:
            raise Refused(_not_found(ledgers, agency, args.number, today))
        _one(*found, today, terminal)
        return 0
    every = cases(ledgers, agency, today, calendar=days, values=values)
    standings = [each for each in every if not args.open or _is_open(each)]
    if terminal.format == "jsonl":
        for each in standings:
            terminal.record(_object(each, terminal))
    else:
        _list(agency, standings, today, terminal)
    return 0


def _not_found(ledgers: "Ledgers", agency: "Agency", number: str, today: date) -> Message:
    from difflib import get_close_matches

    from gongkai.core.ledger.entry import Thing

    if ledgers.history(agency, Thing("request", number)):
        return message("terminal.ledger.not-yet", number=number, day=today)
    numbers = {entry.thing.number for entry in ledgers.entries(agency) if entry.thing.kind == "request"}
    known = get_close_matches(number, numbers, 5, LIKE) or sorted(each for each in numbers if number in each)[:5]
    return message("terminal.ledger.no-number", agency=agency.name, number=number, known=known or "—")


def _is_open(standing: "Standing") -> bool:
    return isinstance(standing.reckoning, Message) or standing.reckoning.state != "closed"


def _object(standing: "Standing", terminal: Terminal) -> dict[str, Any]:
    found, risk = standing.reckoning, standing.risk
    if isinstance(found, Message):
        return {"number": standing.number, "error": terminal.render(found)}
    request = found.request
    return {
        "number": standing.number,
        "received_on": iso(request.received.on),
        **dates(found, provisional=True),
        "closed_on": iso(request.closed_on),
        "outcome": request.outcome,
        "level": risk and risk.level,
        "days_left": risk and risk.days_left,
    }


def _one(standing: "Standing", acts: "list[Act]", today: date, terminal: Terminal) -> None:
    found = standing.reckoning
    if terminal.format == "jsonl":
        told = [
            {"act": act.name, "until": iso(act.until), "refusal": act.refusal and terminal.render(act.refusal)}
            for act in acts
        ]
        more = {} if isinstance(found, Message) else {"steps": steps(found, terminal), "acts": told}
        terminal.record({**_object(standing, terminal), **more})
        return
    terminal.line(terminal.style(standing.number, "head"))
    if isinstance(found, Message):
        terminal.paragraph(terminal.render(found), indent=2, kind="error")
        return
    show(found, terminal)
    terminal.line()
    terminal.line(terminal.words("ledger.acts"))
    for act in acts:
        if act.refusal is None:
            id = "act" if act.until is None else "act-late" if act.until < today else "act-until"
            terminal.line("  " + terminal.words(f"ledger.{id}", event=act.name, until=act.until))


def _list(agency: "Agency", standings: "list[Standing]", today: date, terminal: Terminal) -> None:
    terminal.line(terminal.style(f"{agency.name} · {today}", "head"))
    if not standings:
        terminal.line(terminal.words("ledger.no-cases"))
        return
    widest = max(width(each.number) for each in standings)
    for each in standings:
        found = each.reckoning
        if isinstance(found, Message):
            terminal.line(fill(each.number, widest) + "  " + terminal.style(terminal.render(found), "error"))
            continue
        due = found.due_on or found.provisional_on
        shown = f"{due or '—'}{'*' if found.provisional_on else ''}"
        told = terminal.render(message(f"state.{found.state}"))
        if found.request.closed_on is not None:
            told += f"  {found.request.closed_on}" + ("  " + overdue(found, terminal) if found.overdue else "")
        elif each.risk is not None:
            told += "  " + _level(each, terminal)
        line = f"{fill(each.number, widest)}  {found.request.received.on}  {fill(shown, 11)}  {told}"
        terminal.line(terminal.style(line, "error") if found.overdue else line)
    terminal.line(terminal.words("ledger.cases", count=len(standings)))
    if any(not isinstance(each.reckoning, Message) and each.reckoning.provisional_on for each in standings):
        terminal.line(terminal.words("ledger.provisional"))


def _level(standing: "Standing", terminal: Terminal) -> str:
    assert standing.risk
    days = standing.risk.days_left
    if standing.risk.level == "overdue" and not days:  # rest days only have gone by
        return terminal.words("law.overdue")
    return terminal.words(f"ledger.level.{standing.risk.level}", days=abs(days) if days is not None else 0)
