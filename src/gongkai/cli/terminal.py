"""Where a command speaks: language, streams, width, colour."""

import os
import shutil
import sys
from typing import Any, Literal, TextIO

from gongkai.cli.columns import wrap
from gongkai.core.message import Message

Lang = Literal["zh", "en"]

WIDEST = 110
"""Columns of text on a very wide screen: longer lines are hard to read."""

_CODES = {
    "error": "1;31",
    "warning": "33",
    "notice": "36",
    "good": "32",
    "head": "1",
    "faint": "2",
}


_OWN_CODES = tuple(f"[{code}m" for code in ("0", *_CODES.values()))
_HIDDEN = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}
_HIDDEN |= {code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Characters that steer a terminal or turn the direction of writing: those of a file's name are shown, not sent."""


def plain(text: str) -> str:
    """The text with every steering character as an escape."""
    return text if text.isascii() and text.isprintable() else text.translate(_HIDDEN)


class Refused(Exception):
    """A command that cannot be carried out as it was given: exit 2. ``message`` says why and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message


class Terminal:
    """One command's way to its user. Findings and figures go to ``out``, what concerns files to ``err``."""

    def __init__(self, lang: Lang, format: Literal["text", "jsonl"]) -> None:
        self.lang: Lang = lang
        self.format = format
        self.out: TextIO = sys.stdout
        self.err: TextIO = sys.stderr
        self.width = min(shutil.get_terminal_size((80, 24)).columns or 80, WIDEST)
        self._coloured = coloured(self.out)
        # A character that the terminal cannot show must not end the run. JSON is always UTF-8; a file name that is not
        # text comes out as a JSON escape.
        encoding = "utf-8" if format == "jsonl" else self.out.encoding
        for stream, code in ((self.out, encoding), (self.err, self.err.encoding)):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(encoding=code, errors="backslashreplace")

    def words(self, id: str, /, **params: object) -> str:
        """A sentence of the terminal, in the language of the user."""
        return self.render(Message(f"terminal.{id}", params))

    def render(self, message: Message) -> str:
        """Any message in the language of the user. A ``reason`` in the words of the system is put into ours."""
        from gongkai.rulebook.load.messages import render

        if reason := message.params.get("reason"):
            message = Message(message.id, {**message.params, "reason": self._reason(str(reason))})
        return render(message, self.lang)

    def _reason(self, said: str) -> str:
        """What the system says of a failure, in the language of the user where we have words for it."""
        import errno

        from gongkai.rulebook.load.messages import catalogue

        names = (name for number, name in errno.errorcode.items() if os.strerror(number) == said)
        ids = (f"terminal.errno.{name}" for name in names)
        return next((catalogue()[id][self.lang] for id in ids if id in catalogue()), said)

    def style(self, text: str, kind: str) -> str:
        """The text in a colour, where the terminal has colours. Nothing is told by colour alone."""
        text = plain(text)
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self._coloured and text else text

    def line(self, text: str = "") -> None:
        """One line; nothing in it but our own colours steers the terminal."""
        first, *rest = text.split("\x1b")
        steers = _OWN_CODES if self._coloured else ()
        pieces = ("\x1b" + plain(piece) if piece.startswith(steers) else plain("\x1b" + piece) for piece in rest)
        self.out.write("".join((plain(first), *pieces, "\n")))

    def paragraph(self, text: str, indent: int = 0, kind: str | None = None) -> None:
        """A sentence, broken to the width of the terminal."""
        for line in wrap(text, self.width - indent):
            self.line(" " * indent + (self.style(line, kind) if kind else line))

    def record(self, value: dict[str, Any]) -> None:
        """One JSON object on a line of its own."""
        import json

        self.out.write(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")) + "\n")

    def flush(self) -> None:
        """Hand over what was written: after each file, so that a pipe sees it at once."""
        self.out.flush()

    def complain(self, text: str) -> None:
        """One line about a file, on stderr. What was found before it is shown before it."""
        self.out.flush()
        self.err.write(plain(" ".join(text.split())) + "\n")
        self.err.flush()


def coloured(stream: TextIO) -> bool:
    """Whether to write colours there: NO_COLOR forbids, FORCE_COLOR asks for them, else a terminal that is not dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb"))


def show_traceback(error: Exception) -> None:
    """Where an unforeseen error arose, on stderr, for those who ask for it by ``GONGKAI_DEBUG=1``."""
    if os.environ.get("GONGKAI_DEBUG"):
        import traceback

        traceback.print_exception(error)
