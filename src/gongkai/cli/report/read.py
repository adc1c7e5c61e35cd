"""``gongkai report read``: what each report says, as figures and prose."""

import argparse

from gongkai.cli.columns import fill, shorten, width
from gongkai.cli.report.figures import draw, figures
from gongkai.cli.report.files import Files
from gongkai.cli.terminal import Terminal, plain
from gongkai.core.tables.report import Report, ReportPart
from gongkai.services.report.names import form_name, part_name


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="help.paths")
    parser.add_argument("--provenance", action="store_true", help="help.provenance")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """One object a report; 0, or 2 where a file gave none."""
    files = Files(terminal)
    for report in files.reports(args.paths):
        if terminal.format == "jsonl":
            from gongkai.documents.write.json import to_json

            terminal.record(to_json(report, args.provenance, terminal.lang))
        else:
            _show(report, args.provenance, terminal)
        terminal.flush()
    return 2 if files.unreadable else 0


def _show(report: Report, provenance: bool, terminal: Terminal) -> None:
    words = terminal.words
    unknown = words("unknown")
    terminal.paragraph(report.title or words("read.no-title"), kind="head")
    facts = {
        "file": report.source,
        "agency": report.agency or unknown,
        "year": str(report.year or unknown),
        "form": words("read.form-of", name=form_name(report.form, terminal.lang), source=report.form.source),
        "figures": str(figures(report)),
    }
    names = {fact: words(f"read.{fact}") for fact in facts}
    room = max(map(width, names.values())) + 2
    for fact, value in facts.items():
        terminal.line("  " + terminal.style(fill(names[fact], room), "faint") + plain(value))
    draw(report, terminal)
    _parts(report, terminal)
    if provenance:
        _places(report, terminal)
    if report.problems:
        terminal.line()
        terminal.line(terminal.style(words("read.problems"), "head"))
        for problem in report.problems:
            terminal.paragraph(terminal.render(problem), indent=2, kind="warning")
    terminal.line()


def _parts(report: Report, terminal: Terminal) -> None:
    terminal.line()
    terminal.line(terminal.style(terminal.words("read.parts"), "head"))
    for part in report.parts:
        size = _size(report, part, terminal)
        head = part.heading or part.title
        if terminal.lang != "zh":
            head = f"{part_name(report.form, part.number, terminal.lang)} · {head}"
        terminal.line(f"  {shorten(head, terminal.width - 4 - width(size))}  {terminal.style(size, 'faint')}")
        if part.text:
            terminal.line("    " + terminal.style(shorten(part.text, terminal.width - 4), "faint"))


def _size(report: Report, part: ReportPart, terminal: Terminal) -> str:
    """How much prose a part has, or that it holds a table and needs none."""
    count = len("".join(part.text.split()))
    tables = (table.id for table in report.form.tables if table.part == part.number)
    if not count and any(map(report.has_table, tables)):
        return terminal.words("read.table-only")
    return terminal.words("read.characters", count=count)


def _places(report: Report, terminal: Terminal) -> None:
    """Where each cell stood: its id, what was printed, and page, table, row, column as far as the format knows them."""
    terminal.line()
    terminal.line(terminal.style(terminal.words("read.places"), "head"))
    room = max((width(id) for id in report.cells), default=0) + 2
    for id, cell in report.cells.items():
        if cell.place:
            known = ((name, value) for name, value in cell.place._asdict().items() if value is not None)
            where = " · ".join(f"{terminal.words('place.' + name)} {value}" for name, value in known)
            terminal.line(f"  {fill(id, room)}{fill(cell.printed or '', 8)}{where}")
