"""The command line as a whole: which commands there are, and how each way of ending becomes an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongkai import __version__
from gongkai.cli import report
from gongkai.cli.arguments import Parser, language, own_words
from gongkai.cli.terminal import Lang, Refused, Terminal, show_traceback

INTERRUPTED = 130
"""Ctrl-C: 128 and the number of the signal, as shells count."""

PIPE_CLOSED = 141
"""The reader of our output went away (``| head``)."""


def run(argv: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit code. Whatever the user did, no traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language(words)
    try:
        try:
            with own_words(lang):
                args = _parser(lang, words).parse_args(words)
            terminal = Terminal(lang, args.format)
            code: int = args.run(args, terminal)
            terminal.flush()
        except Refused as refused:
            terminal.complain(terminal.render(refused.message))
            return 2
        except SystemExit as end:
            sys.stdout.flush()
            return int(end.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED
    except Exception as error:  # a full disk under our output, a broken installation
        _abandon_output()
        show_traceback(error)
        terminal = Terminal(lang, "text")
        terminal.complain(terminal.words("failed", kind=type(error).__name__, reason=_reason(error)))
        return 2
    return code


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "?"


def _abandon_output() -> None:
    """Python would try to write what is left once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(lang: Lang, words: Sequence[str]) -> Parser:
    within = {f"gongkai report {name}": f"help.{name}.short" for name in report.COMMANDS}
    parser = Parser(lang, prog="gongkai", description="help.gongkai", within=within)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="help.version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="help.commands", parser_class=Parser)
    group = commands.add_parser("report", lang=lang, description="help.report", help="help.report")
    reports = group.add_subparsers(metavar="COMMAND", required=True, title="help.commands", parser_class=Parser)
    for name in report.COMMANDS:
        text = f"help.{name}"
        one = reports.add_parser(name, lang=lang, description=text, epilog=f"{text}.exit", help=f"{text}.short")
        if name in words:  # the others cost their imports for nothing
            command = import_module(f"{report.__name__}.{name}")
            one.set_defaults(run=command.run)
            one.add_argument("--format", choices=("text", "jsonl"), default="text", help="help.format")
            command.arguments(one)
    return parser
