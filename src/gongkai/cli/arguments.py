"""argparse in two languages: help texts are message ids, and its own words are translated when they are shown.

Nothing is looked up before it is shown, so a command that runs pays nothing for its help.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from gongkai.cli.columns import fill, width, wrap
from gongkai.cli.terminal import Lang, Terminal

# What argparse says, and the message that says it in the user's language.
_OWN_WORDS = {
    "usage: ": "usage",
    "the following arguments are required: %s": "required",
    "expected one argument": "expected-one",
    "expected at least one argument": "expected-at-least-one",
    "ignored explicit argument %r": "ignored-explicit",
    "invalid choice: %(value)r (choose from %(choices)s)": "invalid-choice",
    "invalid %(type)s value: %(value)r": "invalid-value",
    "argument %(argument_name)s: %(message)s": "argument",
}

LIKE = 0.7
"""How like a command a word must be (of 1) to be taken for it."""


def language(argv: Sequence[str]) -> Lang:
    """The language asked for anywhere on the line: Chinese unless it is English. Help and errors need it early."""
    for place, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang=en" or (word == "--lang" and argv[place + 1 : place + 2] == ["en"]):
            return "en"
    return "zh"


@contextmanager
def own_words(lang: Lang) -> Iterator[None]:
    """Within it, argparse speaks the user's language: parsers are made and lines parsed in there.

    argparse asks gettext for its words under the name ``_``; there is no other way to give it some. Without
    this it would also look for gettext's files at every start.
    """

    def translate(text: str) -> str:
        return Terminal(lang, "text").words(f"argparse.{_OWN_WORDS[text]}") if text in _OWN_WORDS else text

    names = vars(argparse)
    gettext = names["_"]
    names["_"] = translate
    try:
        yield
    finally:
        names["_"] = gettext


class Parser(argparse.ArgumentParser):
    """An argument parser whose titles, ``description``, ``epilog`` and ``help`` are ids of terminal messages.

    ``within`` are command lines that lie deeper, with their help, for the end of this one's. ``parse_args`` ends by
    ``SystemExit``: 0 after help or version, 2 after a fault, which is said on stderr.
    """

    def __init__(self, lang: Lang, within: Mapping[str, str] | None = None, **options: Any) -> None:
        self.lang: Lang = lang
        self._within = within or {}
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=self._formatter, **options)
        self._positionals.title = "help.positionals"
        self._optionals.title = "help.options"
        self.add_argument("-h", "--help", action="help", help="help.help")
        self.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="help.lang")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the line and where help is; exit 2."""
        fault = self._say("usage-error", command=self.prog, fault=message)
        self.exit(2, f"{fault}\n{self._say('usage-hint', command=self.prog)}\n")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does it, but what a command does not know is its own fault, and its own help the way out."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(self._say("unrecognized", words=" ".join(rest)))
        return found, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is no choice; for a command that there is not, name the one that was likely meant."""
        if action.nargs != argparse.PARSER or value in (action.choices or ()):
            super()._check_value(action, value)
            return
        commands = {name: f"{self.prog} {name}" for name in action.choices or ()}
        commands |= {line.split()[-1]: line for line in self._within}
        if likely := _likely(value, commands):
            self.error(self._say("no-command.likely", word=value, likely=likely))
        between = "、" if self.lang == "zh" else ", "
        self.error(self._say("no-command", word=value, commands=between.join(self._within or commands.values())))

    def _get_value(self, action: argparse.Action, text: str) -> Any:
        """A value as its type has it. What a type of ours refuses, it refuses by the name of a message."""
        try:
            return super()._get_value(action, text)
        except argparse.ArgumentError as error:
            if not error.message.startswith("no-"):
                raise
            raise argparse.ArgumentError(action, self._say(f"argparse.{error.message}", found=text)) from None

    def format_help(self) -> str:
        """The help, and what lies deeper."""
        room = max(map(width, self._within), default=0) + 2
        lines = [f"  {fill(line, room)}{self._say(id)}\n" for line, id in self._within.items()]
        if lines:
            lines.insert(0, f"\n{self._say('help.section', title=self._say('help.within'))}\n")
        return super().format_help() + "".join(lines)

    def _say(self, id: str, **params: object) -> str:
        return Terminal(self.lang, "text").words(id, **params)

    def _formatter(self, prog: str) -> argparse.HelpFormatter:
        return _Formatter(prog, self._say)


def _likely(word: str, commands: Mapping[str, str]) -> str | None:
    """The command line whose name looks like the word."""
    from difflib import get_close_matches

    return next((commands[name] for name in get_close_matches(word.lower(), commands, 1, LIKE)), None)


class _Formatter(argparse.HelpFormatter):
    """Help in the user's language, its lines broken for characters of two columns."""

    def __init__(self, prog: str, say: Callable[..., str]) -> None:
        super().__init__(prog)
        self._say = say
        self._titles: list[str] = []

    def start_section(self, heading: str | None) -> None:
        self._titles += [self._say(heading)] if heading else []
        super().start_section(heading and self._say(heading))

    def format_help(self) -> str:
        text = super().format_help()
        for title in self._titles:  # argparse puts its own colon behind a title
            text = text.replace(f"\n{title}:\n", f"\n{self._say('help.section', title=title)}\n")
        return text

    def add_text(self, text: str | None) -> None:
        # The version comes this way too, and is no id.
        super().add_text(self._say(text) if text and text.startswith("help.") else text)

    def _expand_help(self, action: argparse.Action) -> str:
        return self._say(action.help or "")

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width))
