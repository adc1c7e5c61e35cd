"""``gongkai report fill``: the figures of an agency's year, computed from its ledger."""

import argparse
from decimal import Decimal

from gongkai.cli.dates import day
from gongkai.cli.installation import Installation
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.ledger.entry import SHANGHAI
from gongkai.core.message import message
from gongkai.core.tables.fill import part_two_recorded
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Number

FIRST_YEAR = 2008
"""The Regulation is in force since 2008-05-01 (Decree 492, Art. 38): the first year with an annual report."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--agency", required=True, metavar="NAME", help="help.fill.agency")
    parser.add_argument("--year", type=int, required=True, metavar="YEAR", help="help.fill.year")
    parser.add_argument("--known-by", type=day, metavar="DATE", help="help.fill.known-by")
    parser.add_argument("--explain", metavar="CELL", help="help.fill.explain")


def run(args: argparse.Namespace, terminal: Terminal, installation: Installation) -> int:
    """One object ``agency year form cells``; with ``--explain`` the numbers of what one cell counts."""
    from gongkai.rulebook.load.forms import forms
    from gongkai.services.report.fill import fill_report

    last = installation.now().astimezone(SHANGHAI).year
    if not FIRST_YEAR <= args.year <= last:
        raise Refused(message("terminal.fill.no-year", year=args.year, last=last))
    filled = fill_report(installation.ledgers, args.agency, args.year, forms(), args.known_by)
    if installation.ledgers.agency(args.agency) is None:
        known = [agency.name for agency in installation.ledgers.agencies()]
        terminal.complain(terminal.words("fill.no-agency", agency=args.agency, known=known or "—"))
    elif not any(figure.of for figure in filled.figures.values()):
        id = "fill.nothing" if args.known_by is None else "fill.nothing-known"
        terminal.complain(terminal.words(id, agency=args.agency, year=args.year, day=args.known_by))
    elif args.explain is None and not part_two_recorded(filled.figures):
        terminal.complain(terminal.words("fill.no-part-two"))
    if args.explain is not None:
        figure = filled.figures.get(args.explain)
        if figure is None:
            near = _cells_near(args.explain, filled.form)
            raise Refused(message("terminal.fill.no-cell", cell_id=args.explain, form=filled.form.id, known=near))
        if terminal.format == "jsonl":
            terminal.record(
                {"cell": args.explain, "value": _plain(figure.value), "of": [of.number for of in figure.of]}
            )
            return 0
        terminal.line(f"{terminal.words('fill.cell', cell=args.explain)}  {figure.value}")
        for number, ref in figure.of:
            terminal.line(f"  {number}  {ref}".rstrip())
        return 0
    cells = {cell: _plain(figure.value) for cell, figure in filled.figures.items()}
    if terminal.format == "jsonl":
        terminal.record({"agency": filled.agency, "year": filled.year, "form": filled.form.id, "cells": cells})
        return 0
    from gongkai.cli.report.figures import draw
    from gongkai.core.tables.report import Cell, Report

    printed = {cell: Cell(figure.value, str(figure.value)) for cell, figure in filled.figures.items()}
    terminal.line(terminal.style(f"{filled.agency} · {filled.year} · {filled.form.id}", "head"))
    draw(Report("", filled.form, filled.agency, filled.year, "", "", (), printed), terminal)
    return 0


def _cells_near(wanted: str, form: Form) -> tuple[str, ...]:
    """The cells of the table and row that were meant, as far as they are known: tables, then rows, then columns."""
    pieces = wanted.split("/")
    for depth in range(min(len(pieces), 2), -1, -1):
        begin = pieces[:depth]
        if found := dict.fromkeys(
            "/".join(cell.split("/")[: depth + 1]) for cell in form.cell_ids if _within(cell, begin)
        ):
            return tuple(found)
    return ()


def _within(cell: str, begin: list[str]) -> bool:
    return cell.split("/")[: len(begin)] == begin


def _plain(value: Number) -> int | float:
    return float(value) if isinstance(value, Decimal) else value
