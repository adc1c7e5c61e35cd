"""The command line as a whole: which commands there are, and how each way of ending becomes an exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import TYPE_CHECKING, Any

from gongkai import __version__
from gongkai.cli import agency, law, ledger, person, platform, report
from gongkai.cli.arguments import Parser, language, own_words
from gongkai.cli.terminal import Lang, Refused, Terminal, show_traceback
from gongkai.core.message import Told
from gongkai.rulebook.load.fields import RulebookError

if TYPE_CHECKING:  # most commands need none of it
    from gongkai.cli.installation import Installation
    from gongkai.core.message import Message

INTERRUPTED = 130
"""Ctrl-C: 128 and the number of the signal, as shells count."""

PIPE_CLOSED = 141
"""The reader of our output went away (``| head``)."""


GROUPS: tuple[ModuleType, ...] = (report, law, ledger, agency, person)
"""The packages of commands: ``gongkai report …``, ``gongkai law …``, ``gongkai ledger …``, and so on."""

INSTALLED = frozenset(
    f"{package.__name__}.{name}"
    for package, names in ((report, ("fill",)), *((each, each.COMMANDS) for each in (ledger, agency, person, platform)))
    for name in names
)
"""Commands that work on an installation; the others need files and the rulebook alone."""


def run(
    argv: Sequence[str] | None = None,
    *,
    open: Callable[[], "Installation"],
    explain: Callable[[Exception], "Message | None"],
) -> int:
    """Carry out one command line and return its exit code. Whatever the user did, no traceback.

    ``open`` gives the installation, to the commands that need one; ``explain`` says what an error of it means.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    lang = language(words)
    try:
        try:
            with own_words(lang):
                args = _parser(lang, words).parse_args(words)
            terminal = Terminal(lang, args.format)
            code: int = args.run(args, terminal, open()) if args.installed else args.run(args, terminal)
            terminal.flush()
        except Refused as refused:
            terminal.complain(terminal.render(refused.message))
            return 2
        except Told as told:
            terminal.complain(terminal.render(told.message))
            return 2
        except RulebookError as broken:
            id = "rulebook-broken" if broken.key else "rulebook-broken-whole"
            terminal.complain(terminal.words(id, file=broken.file, key=broken.key, fault=broken.fault))
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
        if known := explain(error):
            terminal.complain(terminal.render(known))
        else:
            terminal.complain(terminal.words("failed", kind=type(error).__name__, reason=_reason(error)))
        return 2
    return code


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or "?"


def _abandon_output() -> None:
    """Python would try to write what is left once more at its end, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(lang: Lang, words: Sequence[str]) -> Parser:
    within = {
        f"gongkai {_name(group)} {command}": f"{_help(group, command)}.short"
        for group in GROUPS
        for command in group.COMMANDS
    }
    parser = Parser(lang, prog="gongkai", description="help.gongkai", within=within)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="help.version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title="help.commands", parser_class=Parser)
    for group in GROUPS:
        text = f"help.{_name(group)}"
        of = commands.add_parser(_name(group), lang=lang, description=text, help=text)
        if _name(group) in words:  # the others cost their parsers for nothing
            _commands(of, group, lang, words)
    _add(commands, platform, lang, words)
    return parser


def _commands(parser: Parser, group: ModuleType, lang: Lang, words: Sequence[str]) -> None:
    _add(
        parser.add_subparsers(metavar="COMMAND", required=True, title="help.commands", parser_class=Parser),
        group,
        lang,
        words,
    )


def _add(commands: Any, group: ModuleType, lang: Lang, words: Sequence[str]) -> None:
    """The commands of a package; a command's own parser only where its name stands on the line."""
    for name in group.COMMANDS:
        text = _help(group, name)
        one = commands.add_parser(name, lang=lang, description=text, epilog=f"{text}.exit", help=f"{text}.short")
        if name in words:
            command = import_module(f"{group.__name__}.{name}{'_' if iskeyword(name) else ''}")
            one.set_defaults(run=command.run, installed=f"{group.__name__}.{name}" in INSTALLED)
            one.add_argument("--format", choices=("text", "jsonl"), default="text", help="help.format")
            command.arguments(one)


def _name(group: ModuleType) -> str:
    return group.__name__.rpartition(".")[2]


def _help(group: ModuleType, command: str) -> str:
    """The message that says what a command does; those of reports and of the platform bear no group."""
    return f"help.{command}" if group in (report, platform) else f"help.{_name(group)}.{command}"
