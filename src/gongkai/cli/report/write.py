"""``gongkai report write``: a document from one object of ``read``."""

import argparse

from gongkai.cli.report.files import Files
from gongkai.cli.report.output import other_years, save, target
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import message
from gongkai.services.report.reading import read_object

FORMATS = ("docx", "pdf", "html", "xlsx")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("path", metavar="READ.json", help="help.read-json")
    parser.add_argument("--to", choices=FORMATS, help="help.to")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="help.output-to")
    parser.add_argument("--history", action="append", default=[], metavar="FILE|FOLDER", help="help.history")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """0 written, 2 where the object or the file is not usable."""
    output = target(args.output, args.to or FORMATS[0])
    suffix = output.suffix.lower().removeprefix(".")
    if args.to and suffix != args.to:
        raise Refused(message("terminal.suffix", file=args.output, to=args.to))
    if suffix not in FORMATS:
        known = " ".join(f".{name}" for name in FORMATS)
        raise Refused(message("writing.unknown-suffix", file=args.output, known=known))
    from gongkai.documents.read.source import Unreadable

    try:
        report = read_object(args.path)
    except Unreadable as error:
        raise Refused(error.message) from error
    files = Files(terminal)
    warnings = save(report, output, other_years(files, args.history, report), sources=[args.path])
    if terminal.format == "jsonl":
        texts = [terminal.render(warning) for warning in warnings]
        terminal.record({"source": args.path, "output": args.output, "warnings": texts})
    else:
        terminal.line(terminal.style(terminal.words("written", file=args.output), "good"))
        for warning in warnings:
            terminal.complain(terminal.render(warning))
    return 0
