"""``gongkai report write``: a document from one object of ``read``."""

import argparse
from pathlib import Path

from gongkai.cli.report.files import Files
from gongkai.cli.report.output import other_years, save
from gongkai.cli.terminal import Refused, Terminal
from gongkai.core.message import message
from gongkai.core.tables.report import Report

FORMATS = ("docx", "pdf", "html", "xlsx")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("path", metavar="READ.json", help="help.read-json")
    parser.add_argument("--to", required=True, choices=FORMATS, help="help.to")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="help.output-to")
    parser.add_argument("--history", action="append", default=[], metavar="FILE|FOLDER", help="help.history")


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """0 written, 2 where the object or the file is not usable."""
    output = Path(args.output)
    if output.suffix.lower() != f".{args.to}":
        raise Refused(message("terminal.suffix", file=args.output, to=args.to))
    report = _object(args.path)
    files = Files(terminal)
    warnings = save(report, output, other_years(files, args.history, report), sources=[args.path])
    if terminal.format == "jsonl":
        texts = [terminal.render(warning) for warning in warnings]
        terminal.record({"source": args.path, "output": args.output, "warnings": texts})
    else:
        terminal.line(terminal.style(terminal.words("written", file=args.output), "good"))
        for warning in warnings:
            terminal.complain(terminal.render(warning))
    return 2 if files.unreadable else 0


def _object(path: str) -> Report:
    """The report of a file that holds one JSON object, on one line or many."""
    import json
    from decimal import Decimal

    from gongkai.documents.write.json import Malformed, from_json

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(message("terminal.not-utf8", file=path)) from error
    except OSError as error:
        raise Refused(
            message("terminal.cannot-open", file=path, reason=error.strerror or type(error).__name__)
        ) from error
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        count = _objects(text)
        if count > 1:
            raise Refused(message("terminal.several-objects", file=path, count=count)) from error
        raise Refused(message("terminal.not-json", file=path, reason=str(error))) from error
    try:
        return from_json(data, path)
    except Malformed as error:
        raise Refused(error.message) from error


def _objects(text: str) -> int:
    """How many JSON lines these are; 0 if any line is not JSON."""
    import json

    lines = [line for line in text.splitlines() if line.strip()]
    try:
        for line in lines:
            json.loads(line)
    except (ValueError, RecursionError):
        return 0
    return len(lines)
